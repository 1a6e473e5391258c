import { createHash } from 'node:crypto';
import type { Answer } from '../answer.ts';

const STYLE = `
:root { color-scheme: light dark; --back: #f2f3f5; --card: #ffffff; --text: #1e1f22; --soft: #4e5058; --line: #80848e;
  --act: #4752c4; --warn: #8a4b00; --ring: #0b57d0; }
@media (prefers-color-scheme: dark) {
  :root { --back: #1e1f22; --card: #2b2d31; --text: #f2f3f5; --soft: #c4c9ce; --line: #80848e; --act: #4752c4; --warn: #ffc766; --ring: #ffc766; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 1rem auto; padding: 1.5rem; background: var(--card); border-radius: .75rem; }
.banner { max-width: 32rem; margin: 0 auto; padding: .5rem 1rem; border: 2px dashed var(--warn); border-radius: .5rem;
  color: var(--warn); text-align: center; font-weight: 600; }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
code { overflow-wrap: anywhere; }
fieldset { margin: 1.25rem 0 0; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
fieldset label { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; padding: .25rem 0; overflow-wrap: anywhere; }
label.above { display: block; margin: 1.25rem 0 .25rem; font-weight: 600; }
select { width: 100%; min-height: 2.75rem; padding: 0 .5rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: .375rem; }
input.text { width: 100%; min-height: 2.75rem; padding: 0 .5rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--line); border-radius: .375rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
nav a { padding: .625rem 0; }
nav a[aria-current] { font-weight: 600; text-decoration: none; color: inherit; }
.notice { margin: 1rem 0; padding: .75rem 1rem; border-left: 4px solid var(--act); background: var(--back); }
.warn { border-color: var(--warn); }
.notice label.above { margin-top: 0; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; }
button { flex: 1 1 8rem; min-height: 2.75rem; font: inherit; font-weight: 600; border-radius: .375rem; cursor: pointer;
  border: 1px solid var(--line); background: transparent; color: inherit; }
button.act { background: var(--act); border-color: var(--act); color: #fff; }
:focus-visible { outline: 3px solid var(--ring); outline-offset: 2px; }
.soft { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
`;

/** No script at all. Form targets are left open: Chromium would otherwise block the redirect to the application. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes text harmless in HTML text and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

/** A name as HTML that cannot turn the text around it (right-to-left overrides stay inside). */
export function escapeName(name: string): string {
  return `<bdi>${escapeHtml(name)}</bdi>`;
}

/**
 * One page of the simulator, labelled so that nobody takes it for Discord.
 * @param title - plain text
 * @param content - HTML, already escaped
 */
export function buildPageAnswer(status: number, title: string, content: string): Answer {
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Discord simulator</title>
<style>${STYLE}</style>
</head>
<body>
<header><p class="banner">Discord simulator: a stand-in for tests, not Discord. Nothing here is a real account.</p></header>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cache-control': 'no-store',
      // Not no-referrer: with it browsers send `Origin: null` on the form's post, which is refused.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    },
    body,
  };
}

/** A refusal that stays here, since there is nowhere safe to send it. */
export function buildErrorPageAnswer(status: number, title: string, detail: string): Answer {
  return buildPageAnswer(
    status,
    title,
    `<p>${escapeHtml(detail)}</p><p class="soft">Discord would show an error of its own here and not return to the application.</p>`,
  );
}
