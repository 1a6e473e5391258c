import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** What a script of `in-page/` gives, by the script's name. */
interface InPageResults {
  readonly 'find-structure-faults': string[];
  readonly 'find-contrast-faults': string[];
  readonly 'find-size-faults': string[];
  readonly 'read-tab-stops': {
    readonly all: string[];
    readonly focused: { readonly name: string; readonly isSeen: boolean } | null;
  };
}

/**
 * Runs a script of `in-page/` in a page. The scripts are sent as they stand in their files: what a transpiler adds to a function
 * is not there in the page. Works under any CSP and with JavaScript off, since it is DevTools that runs them.
 */
export function runInPage<Name extends keyof InPageResults>(page: Page, name: Name): Promise<InPageResults[Name]> {
  return page.evaluate<InPageResults[Name]>(readFileSync(new URL(`in-page/${name}.js`, import.meta.url), 'utf8'));
}
