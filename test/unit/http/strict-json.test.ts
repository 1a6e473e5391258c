import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapePointer, parseStrictJson } from '../../../shared/http/strict-json.ts';

const MEGABYTE = 1024 * 1024;

function parse(text: string | Uint8Array) {
  return parseStrictJson(typeof text === 'string' ? Buffer.from(text, 'utf8') : text);
}

function failureOf(text: string | Uint8Array): { detail?: string; pointer?: string } {
  const parsed = parse(text);
  return parsed.ok ? {} : parsed.failure;
}

describe('parseStrictJson', () => {
  it.each([
    ['a key twice', '{"a":1,"a":2}', '/a'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}', '/a'],
    ['an empty key twice', '{"":1,"":2}', '/'],
    ['a key twice deep inside', '{"x":[{"a":1},{"b":{"c":1,"c":2}}]}', '/x/1/b/c'],
    ['a key twice with an object between', '{"a":{"b":1},"c":[1,2],"a":3}', '/a'],
    ['a key that needs escaping', '{"a/b~c":1,"a/b~c":2}', '/a~1b~0c'],
    ['__proto__', '{"__proto__":{"isAdmin":true}}', '/__proto__'],
    ['__proto__ in escapes', '{"\\u005f_proto_\\u005f":1}', '/__proto__'],
    ['constructor', '{"a":[{"constructor":{}}]}', '/a/0/constructor'],
    ['prototype', '{"prototype":1}', '/prototype'],
    ['a number beyond 2^53', '{"guild_id":175928847299117063}', '/guild_id'],
    ['the first whole number that is not exact', '{"a":[0,9007199254740993]}', '/a/1'],
    ['a large number written with an exponent', '{"a":1e300}', '/a'],
    ['1e400, which would be Infinity', '{"a":1e400}', '/a'],
    ['-1e400', '[-1e400]', '/0'],
  ])('refuses %s and points at it [hostile 29]', (_, text, pointer) => {
    expect(failureOf(text)).toMatchObject({ reason: 'input_not_json', pointer });
  });

  it.each([
    ['NaN', '{"a":NaN}'],
    ['Infinity', '[-Infinity]'],
    ['hexadecimal', '[0x10]'],
    ['a leading zero', '[01]'],
    ['a plus sign', '[+1]'],
    ['a trailing comma', '{"a":1,}'],
    ['a comment', '{"a":1} // x'],
    ['trailing bytes', '{"a":1}x'],
    ['a second document', '{} {}'],
    ['a trailing null character', '{}\u0000'],
    ['a raw newline in a string', '["a\nb"]'],
    ['single quotes', "{'a':1}"],
    ['an unknown escape', '["\\x41"]'],
    ['an unfinished document', '{"a":'],
    ['an unfinished string', '"a'],
    ['nothing', ''],
    ['white space', ' \n '],
    ['white space that JSON does not know', '{\u00a0}'],
  ])('refuses %s [hostile 29]', (_, text) => {
    expect(failureOf(text)).toEqual({ reason: 'input_not_json', detail: 'The body is not valid JSON.' });
  });

  it('refuses a byte order mark [hostile 29]', () => {
    expect(failureOf('\ufeff{}').detail).toBe('The body begins with a byte order mark.');
    expect(failureOf(Buffer.from('{}', 'utf16le')).detail).toBe('The body is not valid JSON.');
  });

  it.each([
    ['a broken sequence', [0x22, 0xc3, 0x28, 0x22]],
    ['a lone continuation byte', [0x22, 0x80, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['an encoded surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a cut-off sequence', [0x22, 0xf0, 0x9f, 0x91]],
    ['Latin-1', [0x22, 0xe9, 0x22]],
  ])('refuses bytes that are not UTF-8: %s [hostile 29]', (_, bytes) => {
    expect(failureOf(Uint8Array.from(bytes)).detail).toBe('The body is not valid UTF-8.');
  });

  it('bears 32 levels and refuses 33', () => {
    expect(parse('['.repeat(32) + ']'.repeat(32)).ok).toBe(true);
    expect(failureOf('['.repeat(33) + ']'.repeat(33)).detail).toBe('The body nests deeper than 32 levels.');
    expect(parse(`{"a":"${'['.repeat(1000)}"}`).ok).toBe(true);
    expect(parse('{"a":"\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}').ok).toBe(true);
  });

  it.each([
    ['10,000 levels of arrays', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['10,000 levels of objects', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
    ['1 MB of [', '['.repeat(MEGABYTE)],
    ['1 MB of {"":', '{"":'.repeat(MEGABYTE / 4)],
  ])('refuses %s at the 33rd level, without going deeper [hostile 31]', (_, text) => {
    expect(failureOf(text).detail).toBe('The body nests deeper than 32 levels.');
  });

  it('reads 100,000 keys, 100,000 numbers and 1 MB of text [hostile 31]', () => {
    const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, index]));
    const numbers = Array.from({ length: 100_000 }, (_, index) => index / 4);
    const text = '\\"'.repeat(MEGABYTE / 4) + 'ö'.repeat(MEGABYTE / 4);

    for (const value of [keys, numbers, { text }]) {
      const parsed = parse(JSON.stringify(value));
      expect(parsed.ok && JSON.stringify(parsed.value) === JSON.stringify(value)).toBe(true);
    }
  });

  it('never quotes the body', () => {
    for (const text of ['{"a":SECRET}', 'SECRET', '{"a":"SECRET","a":"SECRET"}', '["SECRET",1e400]']) {
      expect(JSON.stringify(failureOf(text))).not.toContain('SECRET');
    }
  });

  it('clips a long key in its pointer', () => {
    const key = 'k'.repeat(10_000);

    expect(failureOf(`{"${key}":1,"${key}":2}`).pointer).toBe(`/${'k'.repeat(64)}`);
  });

  /** Values without the faults that are refused on purpose. */
  const { value: cleanValue } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.oneof(
        fc.constantFrom(null, true, false),
        fc.maxSafeInteger(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Number.isInteger(number)),
        fc.string({ unit: 'binary' }),
      ),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(
        fc.string().filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key)),
        tie('value'),
        { maxKeys: 5 },
      ),
    ),
  }));

  it('agrees with JSON.parse on all JSON without these faults', () => {
    fc.assert(
      fc.property(cleanValue, fc.constantFrom(undefined, 1, '\t', '\r\n'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);

        expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, and accepts nothing that JSON.parse refuses or reads otherwise', () => {
    const mutated = fc
      .tuple(
        cleanValue,
        fc.nat(),
        fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '1', 'e', '-', '.', '\n', 'u'),
      )
      .map(([value, at, char]) => {
        const text = JSON.stringify(value);
        const index = at % (text.length + 1);
        return text.slice(0, index) + char + text.slice(index + 1);
      });
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string({ unit: 'binary' }), fc.json()), (text) => {
        // What arrives are bytes: half a surrogate pair has become U+FFFD before anyone reads it.
        const arrived = Buffer.from(text, 'utf8');
        const parsed = parse(arrived);
        if (parsed.ok) expect(parsed.value).toEqual(JSON.parse(arrived.toString('utf8')));
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds every doubled key, wherever it stands', () => {
    fc.assert(
      fc.property(cleanValue, fc.string(), cleanValue, fc.boolean(), (before, key, after, isInArray) => {
        const name = JSON.stringify(key);
        const object = `{${name}:${JSON.stringify(before)},"${'x'.repeat(200)}":1,${name}:${JSON.stringify(after)}}`;

        expect(parse(isInArray ? `[null,${object}]` : object).ok).toBe(false);
      }),
    );
  });
});

describe('escapePointer', () => {
  it('escapes ~ before / (RFC 6901 §3)', () => {
    expect(escapePointer('~1/~')).toBe('~01~1~0');
  });
});
