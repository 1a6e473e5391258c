import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe-core finds on a page as it stands: every rule of WCAG 2.2 A and AA, and its best practices. The browser runs it for us, so
 * that the page's own policy neither hinders it nor is loosened for it.
 */
export async function findAxeFaults(page: Page): Promise<string[]> {
  await page.evaluate(`${AXE}\n;undefined`);
  const results = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${help} (${failureSummary ?? ''})`),
  );
}
