import { createHash } from 'node:crypto';
import type { Failure } from '../problems/failure.ts';
import { PROBLEM_TEXTS } from '../problems/problem-texts.ts';

/** One style for all pages: readable on a phone, in light and dark, without script, font or picture from anywhere. */
const STYLE = `
:root { color-scheme: light dark; --ink: #1c1d22; --soft: #55575f; --paper: #f6f6f8; --card: #fff; --line: #d9dae0; --mark: #4752c4; }
@media (prefers-color-scheme: dark) { :root { --ink: #f0f0f3; --soft: #b4b6bf; --paper: #17181c; --card: #202127; --line: #3a3c45; --mark: #a9b2ff; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif; }
main { width: 100%; max-width: 34rem; padding: clamp(1.25rem, 6vw, 2rem); overflow-wrap: anywhere; background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--mark); border-radius: .75rem; }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance; }
p { margin: 0 0 1rem; }
p:last-child { margin-bottom: 0; }
code { font: .9em ui-monospace, monospace; }
a { color: var(--mark); }
ul { margin: 0; padding-left: 1.25rem; }
dl { margin: 0 0 1rem; }
dt { margin-top: 1rem; color: var(--soft); font-size: .875rem; }
dd { margin: 0; }
label { display: flex; gap: .75rem; align-items: baseline; min-height: 1.75rem; }
input[type=checkbox] { flex: none; width: 1.125rem; height: 1.125rem; accent-color: var(--mark); }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin-top: 1.5rem; }
.buttons form { display: contents; }
button, .button { display: inline-flex; align-items: center; min-height: 2.75rem; padding: .25rem 1.25rem; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem; }
button.act { color: var(--card); background: var(--mark); border-color: var(--mark); }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
.fact { margin: 1.5rem 0 0; color: var(--soft); font-size: .875rem; }
.fact + .fact { margin-top: .25rem; }
.fact code { display: inline-block; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

function buildPageHeaders(formAction: "'none'" | "'self'", referrerPolicy: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action ${formAction}; frame-ancestors 'none'`,
    'referrer-policy': referrerPolicy,
  };
}

/** Headers of every page and redirect: nothing may run, frame it, submit from it or learn where the browser came from. */
export const PAGE_HEADERS = buildPageHeaders("'none'", 'no-referrer');

/**
 * Headers of a page with a form for this gateway. With `no-referrer` browsers would send `Origin: null` along with the form,
 * and we could not see that it comes from our own page; other origins learn nothing with `same-origin` either.
 * @see Fetch Standard, "append a request Origin header"
 */
export const FORM_PAGE_HEADERS = buildPageHeaders("'self'", 'same-origin');

/** What a page says. All of it is our own text or escaped. */
export interface PageContent {
  readonly title: string;
  /** What stands between backticks is shown as code. */
  readonly paragraphs: readonly string[];
  /** HTML behind the paragraphs, escaped by whoever made it. */
  readonly html?: string;
  /** What the reader can pass on, by its label: a request id, a problem code. */
  readonly facts?: Readonly<Record<string, string>>;
}

export function renderPage({ title, paragraphs, html = '', facts = {} }: PageContent): string {
  const told = paragraphs.map((text) => `<p>${markCode(escapeHtml(text))}</p>`);
  const passedOn = Object.entries(facts).map(
    ([label, value]) => `<p class="fact">${escapeHtml(label)}: <code>${escapeHtml(value)}</code></p>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${[...told, ...(html === '' ? [] : [html]), ...passedOn].join('\n')}
</main>
</body>
</html>
`;
}

/** Failures whose own words are written for the end user; for all others he learns only that it is not his fault. */
const TOLD_TO_USERS = new Set<Failure['reason']>([
  'connect_link_invalid',
  'connect_link_used',
  'connect_link_exhausted',
  'connect_not_recognized',
  'callback_malformed',
  'user_link_invalid',
  'form_not_recognized',
]);

const REFERENCE = 'Reference for support';

/** On which page something failed: on the way to a connection, or on that of one's own connection. */
export type FailedPage = 'connecting' | 'own_connection';

export function renderFailurePage(failure: Failure, requestId: string, on: FailedPage = 'connecting'): string {
  const text = PROBLEM_TEXTS[failure.reason];
  if (TOLD_TO_USERS.has(failure.reason)) {
    return renderPage({ title: text.title, paragraphs: [text.advice], facts: { [REFERENCE]: requestId } });
  }
  if (on === 'own_connection') {
    const advice =
      'This is not your fault. Please wait a minute and open the page again from the app; it then shows how things stand.';
    return renderPage({
      title: 'This page does not work right now',
      paragraphs: [advice],
      facts: { [REFERENCE]: requestId },
    });
  }
  const paragraphs =
    text.status === 503
      ? ['This is not your fault, and nothing was connected. Please wait a minute and reload this page.']
      : ['Nothing was connected. Go back to the app that sent you here and start connecting again.'];
  return renderPage({ title: 'Connecting does not work right now', paragraphs, facts: { [REFERENCE]: requestId } });
}

function markCode(html: string): string {
  return html.replace(/`([^`]+)`/g, '<code>$1</code>');
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
