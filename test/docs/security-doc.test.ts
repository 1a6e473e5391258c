import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = readFileSync('docs/security.md', 'utf8');

/** Rows of the tables whose fourth column names tests. */
function readRows(): { readonly where: string; readonly threat: string; readonly tests: readonly string[] }[] {
  return text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 7 && !/^-*$/.test(cells[1] ?? '') && cells[4] !== 'shown by')
    .map(([, where = '', threat = '', , tests = '']) => ({
      where,
      threat,
      tests: [...tests.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path),
    }));
}

describe('docs/security.md', () => {
  it('names tests that exist', () => {
    const named = [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);

    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('covers each risk of the OWASP API Security Top 10 (2023)', () => {
    const risks = readRows().filter(({ where }) => where.startsWith('API'));

    expect(risks.map(({ where }) => where)).toEqual(Array.from({ length: 10 }, (_, index) => `API${index + 1}`));
    expect(risks.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });

  it('names decisions that exist', () => {
    const named = [...text.matchAll(/\]\((adr\/[^)#]+)\)/g)].map(([, path = '']) => `docs/${path}`);

    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
});
