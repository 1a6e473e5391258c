import type { Page } from 'playwright-core';
import { runInPage } from './in-page.ts';

/** Walks through a page with Tab: everything must be reached and the focus be seen all the time (WCAG 2.2, 2.1.1, 2.4.7). */
export async function findKeyboardFaults(page: Page): Promise<string[]> {
  const { all } = await runInPage(page, 'read-tab-stops');
  const reached = new Set<string>();
  const faults: string[] = [];
  for (let presses = 0; presses < all.length; presses += 1) {
    await page.keyboard.press('Tab');
    const { focused } = await runInPage(page, 'read-tab-stops');
    if (focused === null) break;
    if (!focused.isSeen) faults.push(`one does not see that ${focused.name} has the focus`);
    reached.add(focused.name);
  }
  const missed = all.filter((name) => !reached.has(name));
  return [...faults, ...missed.map((name) => `Tab does not reach ${name}`)];
}
