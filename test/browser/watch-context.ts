import type { BrowserContext, CDPSession, ConsoleMessage, Page } from 'playwright-core';

/** What goes on in a browser context besides what one sees. */
export interface Watch {
  /** What went wrong since the last call, in any page: console errors, DevTools issues, requests to foreign origins. */
  takeFaults(): Promise<string[]>;
  /** DevTools session of a page. */
  devTools(page: Page): Promise<CDPSession>;
}

/**
 * Watches all pages of a context from their first request on.
 * @param context - one in which no page has been opened yet
 * @param origins - the only ones that may be asked for anything
 */
export function watchContext(context: BrowserContext, origins: readonly string[]): Watch {
  let faults: string[] = [];
  const errors: ConsoleMessage[] = [];
  const refusedPages = new Set<string>();
  const sessions = new Map<Page, Promise<CDPSession>>();

  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message);
  });
  context.on('weberror', (error) => faults.push(`script error: ${error.error().message}`));
  context.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (!origins.includes(origin)) faults.push(`request to ${origin}`);
  });
  context.on('response', (response) => {
    if (response.status() < 400) return;
    const isTold = response.request().isNavigationRequest() || response.request().resourceType() === 'fetch';
    if (isTold) refusedPages.add(response.url());
  });
  context.on('page', (page) => {
    sessions.set(
      page,
      startIssues(context, page, (issue) => faults.push(issue)),
    );
  });

  return {
    takeFaults: async () => {
      await Promise.all(sessions.values());
      const printed = errors.splice(0).filter((message) => !isStatusOfPage(message, refusedPages));
      const taken = [...faults, ...printed.map((message) => `console: ${message.text()} (${message.location().url})`)];
      faults = [];
      return taken;
    },
    devTools: async (page) => {
      const session = sessions.get(page);
      if (session === undefined) throw new Error('the page was opened before the watch began');
      return session;
    },
  };
}

/** Chromium prints the status of every refusal: for a page that says 404, or that shows what was refused, that is right. */
function isStatusOfPage(message: ConsoleMessage, refusedPages: ReadonlySet<string>): boolean {
  return message.text().startsWith('Failed to load resource') && refusedPages.has(message.location().url);
}

/** Fields of the portal are sent as JSON and found by their labels: nothing needs their names, and nothing is to be filled in by itself. */
const AUTOFILL_HINT = 'FormEmptyIdAndNameAttributesForInputError';

/** Chromium's own list of issues: CSP violations, refused cookies, quirks mode, labels without a field. Needs no script. */
async function startIssues(context: BrowserContext, page: Page, onIssue: (issue: string) => void): Promise<CDPSession> {
  const session = await context.newCDPSession(page);
  session.on('Audits.issueAdded', ({ issue }) => {
    if (issue.details.genericIssueDetails?.errorType === AUTOFILL_HINT) return;
    onIssue(`DevTools issue ${issue.code}: ${JSON.stringify(issue.details).slice(0, 300)}`);
  });
  await session.send('Audits.enable');
  return session;
}
