import type { Page } from 'playwright-core';
import { runInPage } from './in-page.ts';

/**
 * Puts the place from which Tab goes on to the beginning of what can be reached: a page may have put the focus on its heading, and a
 * person who comes to it anew begins at its top.
 */
const TO_THE_TOP = `(() => {
  const top = document.querySelector('dialog:modal') ?? document.body;
  const before = top.getAttribute('tabindex');
  top.setAttribute('tabindex', '-1');
  top.focus({ preventScroll: true });
  if (before === null) top.removeAttribute('tabindex');
  scrollTo(0, 0);
})()`;

/** Regions that scroll and parts of a date field are stops too, and none of those that are listed. */
const OTHER_STOPS = 40;

/** Walks through a page with Tab: everything must be reached and the focus be seen all the time (WCAG 2.2, 2.1.1, 2.4.7). */
export async function findKeyboardFaults(page: Page): Promise<string[]> {
  const { all } = await runInPage(page, 'read-tab-stops');
  await page.evaluate(TO_THE_TOP);
  const reached = new Set<string>();
  const faults: string[] = [];
  for (let presses = 0; presses < 2 * all.length + OTHER_STOPS; presses += 1) {
    await page.keyboard.press('Tab');
    const { focused } = await runInPage(page, 'read-tab-stops');
    if (focused === null) break;
    if (!focused.isSeen) faults.push(`one does not see that ${focused.name} has the focus`);
    reached.add(focused.name);
  }
  const missed = all.filter((name) => !reached.has(name));
  return [...faults, ...missed.map((name) => `Tab does not reach ${name}`)];
}
