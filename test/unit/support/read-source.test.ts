import { describe, expect, it } from 'vitest';
import { readSource } from '../../support/read-source.ts';

function importsOf(text: string) {
  return readSource('shared/app/file.ts', text).imports;
}

describe('readSource', () => {
  it('resolves relative imports to repository paths', () => {
    expect(importsOf("import { a } from '../domain/ids.ts'; import './side.ts';")).toEqual([
      { target: 'shared/domain/ids.ts', isRelative: true, isTypeOnly: false, names: ['a'] },
      { target: 'shared/app/side.ts', isRelative: true, isTypeOnly: false, names: [] },
    ]);
  });

  it('tells type-only imports from those that stay at run time', () => {
    const kinds = [
      ["import type { A } from 'x';", true],
      ["import { type A, type B } from 'x';", true],
      ["import { type A, b } from 'x';", false],
      ["import d, { type A } from 'x';", false],
      ["import 'x';", false],
      ["export type { A } from 'x';", true],
      ["export { a } from 'x';", false],
      ["export * from 'x';", false],
      ["type T = import('x').T;", true],
      ["const m = import('x');", false],
    ] as const;
    expect(kinds.map(([text]) => importsOf(text)[0]?.isTypeOnly)).toEqual(kinds.map(([, isTypeOnly]) => isTypeOnly));
  });

  it('names what is imported under its own name, without the types', () => {
    expect(importsOf("import d, { a as b, type C } from 'x'; import * as all from 'y';")).toMatchObject([
      { target: 'x', names: ['a', 'default'] },
      { target: 'y', names: ['*'] },
    ]);
  });

  it('sees an import whose name is computed', () => {
    expect(importsOf('await import(name);')).toMatchObject([{ target: '(computed)', isTypeOnly: false }]);
  });

  it.each([
    ['await fetch(url)', ['fetch']],
    ['const send = fetch', ['fetch']],
    ['const deps = { fetch }', ['fetch']],
    ["process.env['A']", ['process']],
    ['`${process.pid}`', ['process']],
    ['Date.now()', ['Date.now']],
    ['const now = Date.now', ['Date.now']],
    ['new Date()', ['new Date()']],
    ['Date()', ['Date()']],
    ['Math.random()', ['Math.random']],
    ['globalThis["fetch"]', ['globalThis']],
    ['crypto.randomUUID()', ['crypto']],
    ['console.log(1)', ['console']],
    ['import.meta.url', ['import.meta']],
    ['setTimeout(f, 1)', ['setTimeout']],
  ])('sees the outside world in %s', (text, effects) => {
    expect(readSource('file.ts', text).effects).toEqual(effects);
  });

  it.each([
    'new Date(epochMs).toISOString()',
    'Date.UTC(2026, 1, 1)',
    'Math.max(1, 2)',
    'deps.fetch(url)',
    'const options = { fetch: send, process: 1 }',
    'interface Deps { fetch(url: string): void; readonly process: string }',
    'type P = typeof process',
    "const text = 'process.env'; // process.env, Date.now()",
  ])('sees none in %s', (text) => {
    expect(readSource('file.ts', text).effects).toEqual([]);
  });
});
