import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FAILURE_WORDS } from '../../../shared/http/end-user-words.ts';
import { buildFailurePage, type FailedPage } from '../../../shared/http/failure-page.ts';
import { escapeHtml, PAGE_HEADERS, renderPage } from '../../../shared/http/page.ts';
import { renderProblemPage } from '../../../shared/http/problem-page.ts';
import type { Failure } from '../../../shared/problems/failure.ts';
import { PROBLEM_TEXTS } from '../../../shared/problems/problem-texts.ts';

const CODES = Object.keys(PROBLEM_TEXTS);
const renderFailurePage = (failure: Failure, requestId: string, on?: FailedPage) =>
  renderPage(buildFailurePage(failure, requestId, on));

const HOSTILE = `</p><script>alert(1)</script><img src=x onerror='a' alt="b">&amp;`;

/** Everything that a page can be made of. */
const pages = [
  renderPage({ title: HOSTILE, paragraphs: [HOSTILE, 'plain'], facts: { [HOSTILE]: HOSTILE } }),
  renderPage({ title: 'Title', paragraphs: [] }),
  // Only the reason is looked at; the facts of each failure never get onto a page.
  ...CODES.map((reason) => renderFailurePage({ reason } as Failure, 'REQUESTID=')),
  ...CODES.map((code) => renderProblemPage(code) ?? ''),
];

describe('escapeHtml', () => {
  it('escapes every character that could leave text or attribute', () => {
    expect(escapeHtml(`<a href="x" id='y'>&lt;</a>`)).toBe(
      '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;lt;&lt;/a&gt;',
    );
  });
});

describe('every page', () => {
  it.each([
    ['is a whole HTML document in English', /^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/],
    ['fits a phone', /<meta name="viewport" content="width=device-width, initial-scale=1">/],
    ['has a title', /<title>[^<]+<\/title>/],
    ['has its content in main', /<main>\n<h1>[^<]+<\/h1>[\s\S]*<\/main>/],
    ['is not indexed', /<meta name="robots" content="noindex">/],
    ['follows the reader’s light or dark', /color-scheme: light dark/],
  ])('%s', (_, pattern) => {
    for (const page of pages) expect(page).toMatch(pattern);
  });

  it('has one h1, which says what the title says, and no other heading before it', () => {
    for (const page of pages) {
      expect(page.match(/<h[1-6]/g)).toEqual(['<h1']);
      expect(/<h1>(.*)<\/h1>/.exec(page)?.[1]).toBe(/<title>(.*)<\/title>/.exec(page)?.[1]);
    }
  });

  it('loads, runs and submits nothing', () => {
    for (const page of pages) {
      expect(page).not.toMatch(/<(script|img|link|iframe|form|object|base|a)\b/);
      expect(page).not.toMatch(/\son[a-z]+=["'][^&]|style=|https?:\/\/|url\(/);
    }
  });

  it('balances its elements', () => {
    for (const page of pages) {
      for (const element of ['html', 'head', 'title', 'style', 'body', 'main', 'h1', 'p', 'code']) {
        const open = page.match(new RegExp(`<${element}[ >]`, 'g'))?.length ?? 0;
        expect([element, page.match(new RegExp(`</${element}>`, 'g'))?.length ?? 0]).toEqual([element, open]);
      }
    }
  });

  it('carries one style, which is the one that the policy lets through', () => {
    const policy = PAGE_HEADERS['content-security-policy'] ?? '';
    for (const page of pages) {
      const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
      expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    }
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/unsafe|script-src/);
  });

  it('has enough contrast for small text, in light and in dark (WCAG 2.2, 1.4.3)', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(pages[0] ?? '')?.[1] ?? '';
    const schemes = [...style.matchAll(/:root \{([^}]*)\}/g)].map(([, body]) =>
      Object.fromEntries(
        [...(body ?? '').matchAll(/--([a-z]+): (#[0-9a-f]{3,6})/g)].map(([, name, hex]) => [name, hex]),
      ),
    );

    expect(schemes).toHaveLength(2);
    for (const { ink = '', soft = '', mark = '', paper = '', card = '' } of schemes) {
      for (const text of [ink, soft, mark]) {
        for (const ground of [paper, card]) expect(computeContrast(text, ground)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});

describe('renderPage', () => {
  it('escapes title, paragraphs, labels and facts', () => {
    const escaped = escapeHtml(HOSTILE);

    expect(pages[0]?.split(escaped)).toHaveLength(6);
    expect(pages[0]).not.toContain('<script');
  });

  it('shows as code what stands between backticks, escaped all the same', () => {
    expect(renderPage({ title: 't', paragraphs: ['see `<errors>` and `a`, not `'] })).toContain(
      '<p>see <code>&lt;errors&gt;</code> and <code>a</code>, not `</p>',
    );
  });
});

describe('the page of a failure', () => {
  it('tells the end user what he can do, and the request id to pass on', () => {
    const page = renderFailurePage({ reason: 'connect_link_used' }, 'REQ<1>');

    expect(page).toContain(`<h1>${escapeHtml(PROBLEM_TEXTS.connect_link_used.title)}</h1>`);
    expect(page).toContain(`<p>${escapeHtml(PROBLEM_TEXTS.connect_link_used.advice)}</p>`);
    expect(page).toContain('<code>REQ&lt;1&gt;</code>');
  });

  it('tells him nothing of faults that are not his', () => {
    const page = renderFailurePage({ reason: 'return_url_not_allowed', detail: 'https://evil.example' }, 'R');

    expect(page).toContain('Connecting does not work right now');
    expect(page).not.toMatch(/evil|return URL|operator/);
    expect(renderFailurePage({ reason: 'storage_unavailable' }, 'R')).toContain('This is not your fault');
  });

  it('speaks of connecting only where somebody is connecting', () => {
    for (const reason of CODES) {
      const page = renderFailurePage({ reason } as Failure, 'R', 'own_connection');
      expect(page).not.toMatch(/Connecting does not work|nothing was connected/);
    }
    expect(renderFailurePage({ reason: 'storage_unavailable' }, 'R', 'own_connection')).toContain(
      '<h1>This page does not work right now</h1>',
    );
    expect(renderFailurePage({ reason: 'user_link_invalid' }, 'R', 'own_connection')).toContain(
      `<h1>${escapeHtml(PROBLEM_TEXTS.user_link_invalid.title)}</h1>`,
    );
  });
});

describe('what end users are told of a failure', () => {
  it('is what the page of its code says, where nothing else is needed', () => {
    const told = Object.entries(FAILURE_WORDS).filter(([code]) => code !== 'confirmation_in_progress');

    expect(told).toHaveLength(7);
    for (const [code, { title, advice }] of told) {
      const { title: ofCode, advice: adviceOfCode } = PROBLEM_TEXTS[code as keyof typeof PROBLEM_TEXTS];
      expect([title, advice.replace(/\[\[(.*?)\]\]/g, '$1')]).toEqual([ofCode, adviceOfCode]);
    }
  });

  it('names the operator in place of the app, isolated and escaped', () => {
    const page = renderPage(buildFailurePage({ reason: 'connect_link_invalid' }, 'R'), { name: '<b>`Acme`</b>' });

    expect(page).toContain('Go back to <bdi>&lt;b&gt;`Acme`&lt;/b&gt;</bdi> and start connecting again.');
  });
});

describe('renderProblemPage', () => {
  it('has a page for every code and for nothing else', () => {
    expect(CODES.filter((code) => renderProblemPage(code)?.includes(`<code>${code}</code>`) !== true)).toEqual([]);
    for (const code of ['', 'unknown', 'constructor', '__proto__', 'toString']) {
      expect(renderProblemPage(code)).toBeUndefined();
    }
  });
});

/** @see WCAG 2.2: relative luminance, contrast ratio */
function computeContrast(one: string, other: string): number {
  const luminance = (hex: string): number => {
    const full = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1);
    const [red = 0, green = 0, blue = 0] = [0, 2, 4]
      .map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
