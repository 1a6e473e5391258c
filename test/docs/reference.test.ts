import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { buildReference } from '../../infra/reference/build-reference.ts';
import { catalogue } from '../../shared/catalogue/index.ts';

const viewer = readFileSync(createRequire(import.meta.url).resolve('rapidoc/dist/rapidoc-min.js'), 'utf8');
const page = buildReference({ catalogue, publicBaseUrl: 'http://localhost:3000', version: '1.2.3', viewer });

describe('the API reference', () => {
  it('holds viewer and document, and loads nothing', () => {
    expect(page).toContain("default-src 'none'; script-src 'sha256-");
    const markup = page.replaceAll(/<script[^>]*>.*?<\/script>/gs, '');
    expect(markup).not.toMatch(/src=|href=/);
    const text = /id="openapi">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    const document = JSON.parse(text) as { paths: Record<string, unknown>; info: { version: string } };
    expect(document.info.version).toBe('1.2.3');
    expect(Object.keys(document.paths).length).toBeGreaterThan(40);
  });

  it('ends no script early, whatever viewer or document say', () => {
    expect(page.match(/<\/script>/g)).toHaveLength(3);
  });
});
