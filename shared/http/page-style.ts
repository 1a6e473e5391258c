import { createHash } from 'node:crypto';
import { computeBrandColors } from '../domain/brand-colors.ts';
import type { Branding } from '../domain/branding.ts';

const LIGHT = { paper: '#f6f6f8', card: '#ffffff' };
const DARK = { paper: '#17181c', card: '#202127' };

/** One style for all pages: readable on a phone, in light and dark, without script, font or picture from elsewhere. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c1d22; --soft: #55575f; --paper: ${LIGHT.paper}; --card: ${LIGHT.card}; --line: #d9dae0; --mark: #4752c4; --on-mark: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #f0f0f3; --soft: #b4b6bf; --paper: ${DARK.paper}; --card: ${DARK.card}; --line: #3a3c45; --mark: #a9b2ff; --on-mark: #202127; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif; }
main { width: 100%; max-width: 34rem; padding: clamp(1.25rem, 6vw, 2rem); overflow-wrap: anywhere; background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--mark); border-radius: .75rem; }
.by { display: flex; gap: .75rem; align-items: center; margin: 0 0 1.25rem; font-weight: 600; }
.by img { flex: none; width: auto; height: auto; max-width: 10rem; max-height: 3rem; }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance; }
p { margin: 0 0 1rem; }
p:last-child { margin-bottom: 0; }
code { font: .9em ui-monospace, monospace; }
a { color: var(--mark); }
ul { margin: 0; padding-left: 1.25rem; }
.after { margin-top: 1rem; }
dl { margin: 0 0 1rem; }
dt { margin-top: 1rem; color: var(--soft); font-size: .875rem; }
dd { margin: 0; }
label { display: flex; gap: .75rem; align-items: baseline; min-height: 1.75rem; }
input[type=checkbox] { flex: none; width: 1.125rem; height: 1.125rem; accent-color: var(--mark); }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin-top: 1.5rem; }
.buttons form { display: contents; }
button, .button { display: inline-flex; align-items: center; min-height: 2.75rem; padding: .25rem 1.25rem; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem; }
.act { color: var(--on-mark); background: var(--mark); border-color: var(--mark); }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
.fact { margin: 1.5rem 0 0; color: var(--soft); font-size: .875rem; }
.fact + .fact { margin-top: .25rem; }
.fact code { display: inline-block; }
`;

/** A second style for the operator's colour, made readable in light and in dark. @returns nothing when he has none */
export function buildBrandStyle({ color }: Branding): string | undefined {
  if (color === undefined) return undefined;
  const [light, dark] = [LIGHT, DARK].map(({ paper, card }) => {
    const { mark, ink } = computeBrandColors(color, [paper, card]);
    return `:root { --mark: ${mark}; --on-mark: ${ink}; }`;
  });
  return `${light ?? ''} @media (prefers-color-scheme: dark) { ${dark ?? ''} }`;
}

/** How a policy names a style that stands in the page. @see CSP Level 3, "hash-source" */
export function toHashSource(style: string): string {
  return `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
}
