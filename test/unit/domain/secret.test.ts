import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/domain/secret.ts';

const VALUE = 'do-not-print-me';
const secret = new Secret(VALUE);

function printToConsole(...values: unknown[]): string {
  let printed = '';
  const stream = new Writable({
    write: (chunk, _, done) => {
      printed += String(chunk);
      done();
    },
  });
  const console = new Console({ stdout: stream, stderr: stream });
  console.log(...values);
  console.error(...values);
  console.dir(values[0], { showHidden: true });
  console.table(values);
  return printed;
}

describe('Secret', () => {
  it('gives its value on request only', () => {
    expect(secret.reveal()).toBe(VALUE);
  });

  it.each([
    ['String()', () => String(secret)],
    // eslint-disable-next-line @typescript-eslint/restrict-template-expressions -- that is the case
    ['a template', () => `${secret}`],
    ['toString()', () => secret.toString()],
    ['JSON', () => JSON.stringify({ secret, list: [secret] })],
    ['inspect', () => inspect(secret)],
    ['inspect of hidden and deep members', () => inspect({ deep: { secret } }, { showHidden: true, depth: 9 })],
    ['format %s %o %O %j', () => format('%s %o %O %j', secret, secret, secret, secret)],
    ['console', () => printToConsole(secret, { secret })],
    ['the message and cause of an error', () => inspect(new Error(String(secret), { cause: { secret } }))],
  ])('prints as [redacted] through %s', (_, print) => {
    const printed = print();

    expect(printed).toContain('[redacted]');
    expect(printed).not.toContain(VALUE);
  });

  it('has no member to find the value in, and loses it when copied', () => {
    expect(Object.getOwnPropertyNames(secret)).toEqual([]);
    expect(JSON.stringify(Object.assign({}, secret))).toBe('{}');
    expect(JSON.stringify(structuredClone(secret))).toBe('{}');
  });
});
