import { dropFaultyParts, type Branding } from '../domain/branding.ts';
import { buildBrandStyle, PAGE_STYLE, toHashSource } from './page-style.ts';

const STYLE_SOURCE = toHashSource(PAGE_STYLE);

/** What a page says. All of it is our own text or escaped. */
export interface PageContent {
  readonly title: string;
  /** What stands between backticks is shown as code, between double brackets as the operator's name. */
  readonly paragraphs: readonly string[];
  /** HTML behind the paragraphs, escaped by whoever made it. */
  readonly html?: string;
  /** What the reader can pass on, by its label: a request id, a problem code. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** How a page looks, and what it may do. */
export interface PageOptions {
  readonly branding?: Branding | undefined;
  /** It has a form for this gateway. */
  readonly hasForm?: boolean;
}

/**
 * Headers of a page: nothing may run, frame it, submit from it or learn where the browser came from. The two things that the operator
 * can add are let through by what they are: his colour by its hash, his logo since it stands in the page.
 *
 * With `no-referrer` browsers would send `Origin: null` along with a form, and we could not see that it comes from our own page; other
 * origins learn nothing with `same-origin` either.
 * @see Fetch Standard, "append a request Origin header"
 */
export function buildPageHeaders({ branding, hasForm = false }: PageOptions): Readonly<Record<string, string>> {
  const { logo, brandStyle } = readLook(branding);
  const directives = [
    "default-src 'none'",
    ...(logo === undefined ? [] : ['img-src data:']),
    `style-src ${[STYLE_SOURCE, ...(brandStyle === undefined ? [] : [toHashSource(brandStyle)])].join(' ')}`,
    "base-uri 'none'",
    `form-action ${hasForm ? "'self'" : "'none'"}`,
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': directives.join('; '),
    'referrer-policy': hasForm ? 'same-origin' : 'no-referrer',
  };
}

/** Headers of every plain page and redirect. */
export const PAGE_HEADERS = buildPageHeaders({});

export function renderPage({ title, paragraphs, html = '', facts = {} }: PageContent, branding?: Branding): string {
  const { name, brandStyle } = readLook(branding);
  const told = paragraphs.map((text) => `<p>${nameApp(markCode(escapeHtml(text)), name)}</p>`);
  const passedOn = Object.entries(facts).map(
    ([label, value]) => `<p class="fact">${escapeHtml(label)}: <code>${escapeHtml(value)}</code></p>`,
  );
  const styles = [PAGE_STYLE, ...(brandStyle === undefined ? [] : [brandStyle])];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
${styles.map((style) => `<style>${style}</style>`).join('\n')}
</head>
<body>
<main>
${[...renderBrand(branding), `<h1>${escapeHtml(title)}</h1>`, ...told, ...(html === '' ? [] : [html]), ...passedOn].join('\n')}
</main>
</body>
</html>
`;
}

/** Text of ours as HTML, with the operator's name where it belongs. */
export function renderText(text: string, branding: Branding | undefined): string {
  return nameApp(escapeHtml(text), readLook(branding).name);
}

/** @param items - HTML */
export function renderList(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

/** Who asks, above the heading. The name stands beside the logo for the eye and in it for who has the page read out. */
function renderBrand(branding: Branding | undefined): string[] {
  const { name, logo } = readLook(branding);
  if (name === undefined && logo === undefined) return [];
  const picture = logo === undefined ? '' : `<img src="${escapeHtml(logo)}" alt="${escapeHtml(name ?? '')}">`;
  const hidden = logo === undefined ? '' : ' aria-hidden="true"';
  const written = name === undefined ? '' : `<bdi${hidden}>${escapeHtml(name)}</bdi>`;
  return [`<p class="by">${picture}${written}</p>`];
}

/** Only what is sound gets onto a page, whatever is stored. */
function readLook(branding: Branding = {}): Pick<Branding, 'name' | 'logo'> & { readonly brandStyle?: string } {
  const sound = dropFaultyParts(branding);
  const brandStyle = buildBrandStyle(sound);
  return { ...sound, ...(brandStyle === undefined ? {} : { brandStyle }) };
}

/** Isolated, so that a name written from right to left cannot turn the text around it. */
function nameApp(html: string, name: string | undefined): string {
  const shown = name === undefined ? undefined : `<bdi>${escapeHtml(name)}</bdi>`;
  return html.replace(/\[\[([^[\]]+)\]\]/g, (_whole, otherwise: string) => shown ?? otherwise);
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
