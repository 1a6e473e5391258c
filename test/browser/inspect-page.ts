import path from 'node:path';
import type { Page } from 'playwright-core';
import { findAxeFaults } from './find-axe-faults.ts';
import { findKeyboardFaults } from './find-keyboard-faults.ts';
import { findNameFaults } from './find-name-faults.ts';
import { runInPage } from './in-page.ts';
import type { Watch } from './watch-context.ts';

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

/** The narrowest phones still sold. */
const SMALL_PHONE = { width: 360, height: 740 };

/** What was found on one page, by what was looked for. An empty list is as it should be. */
export type Inspection = Readonly<Record<string, readonly string[]>>;

/**
 * Looks at a page as it stands, at desktop and phone width, in light and dark. Leaves it at desktop width in light.
 * @param watch - of the page's context; its faults so far belong to this page
 */
export async function inspectPage(page: Page, watch: Watch): Promise<Inspection> {
  const contrast: string[] = [];
  const axe: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    // Colours that are on their way from one scheme to the other are not those that anybody reads.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const faults = await runInPage(page, 'find-contrast-faults');
    contrast.push(...faults.map((fault) => `${colorScheme}: ${fault}`));
    axe.push(...(await findAxeFaults(page)).map((fault) => `${colorScheme}: ${fault}`));
  }
  const structure = await runInPage(page, 'find-structure-faults');
  const names = await findNameFaults(await watch.devTools(page));
  await page.setViewportSize(SMALL_PHONE);
  const sizes = await runInPage(page, 'find-size-faults');
  await page.setViewportSize(DESKTOP);
  const keyboard = await findKeyboardFaults(page);
  return {
    'has language, title, one h1 and landmarks': structure,
    'names every control for a screen reader': names,
    'has contrast of 4.5 : 1 in light and dark': contrast,
    'has nothing that axe-core finds': axe,
    'fits 360 px, with targets large enough to tap': sizes,
    'is reachable by Tab, with the focus visible': keyboard,
    'has no console error, CSP violation or foreign request': await watch.takeFaults(),
  };
}

/** Saves what a page looks like at desktop and phone width, as `NAME-1280.png` and so on. */
export async function takeScreenshots(page: Page, directory: string, name: string, isDarkToo: boolean): Promise<void> {
  for (const viewport of [PHONE, DESKTOP]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of isDarkToo ? (['dark', 'light'] as const) : (['light'] as const)) {
      await page.emulateMedia({ colorScheme });
      // A header that stays in sight would otherwise stand in the middle of the picture.
      await page.evaluate('scrollTo(0, 0)');
      const suffix = colorScheme === 'dark' ? '-dark' : '';
      await page.screenshot({ path: path.join(directory, `${name}-${viewport.width}${suffix}.png`), fullPage: true });
    }
  }
}
