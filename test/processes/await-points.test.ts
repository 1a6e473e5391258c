import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { instrumentAwaits, listAwaits, SWITCH_NAME } from './await-points.ts';

const SOURCE = `
interface Box<T> { readonly value: T }
const later = async <T>(value: T): Promise<Box<T>> => ({ value });
async function* count(to: number) { for (let at = 1; at <= to; at += 1) yield at; }
export async function run(): Promise<unknown[]> {
  const seen: unknown[] = [(await later(1)).value, await Promise.all([later(await later('in')), 2])];
  for await (const at of count(9)) { if (at > 2) break; seen.push(at); }
  try { await Promise.reject(new Error('no')); } catch (error) { seen.push((error as Error).message); }
  const plain = (await 3) + (await later<number>(4)).value;
  seen.push(plain);
  return seen;
}
`;

describe('listAwaits', () => {
  it('finds every await and for await, with line and column of the word', () => {
    expect(listAwaits('a/b.ts', SOURCE).map(({ id, text }) => `${id} ${text}`)).toEqual([
      'a/b.ts:6:29 later(1)',
      "a/b.ts:6:52 Promise.all([later(await later('in')), 2])",
      "a/b.ts:6:77 later('in')",
      'a/b.ts:7:7 count(9)',
      "a/b.ts:8:9 Promise.reject(new Error('no'))",
      'a/b.ts:9:18 3',
      'a/b.ts:9:30 later<number>(4)',
    ]);
  });

  it('refuses what it does not know', () => {
    expect(() => listAwaits('a.ts', 'async function f() { await using x = g(); }')).toThrow('await using');
  });
});

describe('instrumentAwaits', () => {
  it('tells the switch of every start and end, and changes nothing about what the code does', async () => {
    const passed: string[] = [];
    const tell = (word: string) => (id: string) => passed.push(`${word} ${id.split(':').slice(1).join(':')}`);
    const start = tell('start');
    const end = tell('end');
    const settle = async (id: string, awaited: unknown): Promise<unknown> => {
      try {
        return await awaited;
      } finally {
        end(id);
      }
    };
    const each = async function* (id: string, iterated: AsyncIterable<unknown>) {
      start(id);
      yield* iterated;
    };
    const plain = await evaluate(SOURCE, {});
    const instrumented = await evaluate(instrumentAwaits('a/b.ts', SOURCE), { start, settle, each });

    expect(instrumented).toEqual(plain);
    expect(plain).toEqual([1, [{ value: { value: 'in' } }, 2], 1, 2, 'no', 7]);
    expect(passed).toEqual([
      ...['start 6:29', 'end 6:29', 'start 6:52', 'start 6:77', 'end 6:77', 'end 6:52'],
      ...['start 7:7', 'start 8:9', 'end 8:9', 'start 9:18', 'end 9:18', 'start 9:30', 'end 9:30'],
    ]);
  });
});

async function evaluate(text: string, awaitSwitch: object): Promise<unknown> {
  const { code } = transformSync(text, { loader: 'ts', format: 'cjs' });
  const module: { exports: { run?: () => Promise<unknown> } } = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the transformed source above
  new Function('module', 'exports', SWITCH_NAME, code)(module, module.exports, awaitSwitch);
  return module.exports.run?.();
}
