import type { Page } from 'playwright-core';
import type { Site } from './start-site.ts';

/** Whether an address is the simulator's consent page. */
export function isConsentPage(site: Site, url: URL): boolean {
  return url.origin === site.simulator && url.pathname === '/oauth2/authorize';
}

/** Waits for the consent page, chooses an account and presses a button. */
export async function decideAtDiscord(
  page: Page,
  site: Site,
  username: string,
  button: 'Authorize' | 'Cancel' = 'Authorize',
): Promise<void> {
  await page.waitForURL((url) => isConsentPage(site, url));
  await page.getByLabel(`@${username}`).check();
  await page.getByRole('button', { name: button }).click();
}

/**
 * Authorizes at an open consent page without following the redirect back.
 * @returns where Discord would send the browser: our callback with a code that nobody has used
 */
export async function takeCallbackUrl(page: Page, userId: string): Promise<string> {
  const { origin, pathname, searchParams } = new URL(page.url());
  const form = new URLSearchParams([...searchParams, ['user_id', userId], ['decision', 'authorize']]);
  const response = await fetch(`${origin}${pathname}`, { method: 'POST', body: form, redirect: 'manual' });
  return response.headers.get('location') ?? '';
}

/** How many codes and refresh tokens Discord was sent so far. */
export async function countTokenRequests(site: Site): Promise<number> {
  return (await site.control.listRequests({ method: 'POST', path: '/api/oauth2/token' })).count;
}
