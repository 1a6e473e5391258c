import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emoji, queryBoolean, queryInteger, queryText, snowflake } from '../../../shared/catalogue/parameters.ts';

const isSnowflake = (value: unknown) => snowflake.safeParse(value).success;

describe('snowflake', () => {
  it('takes ids of 15 to 20 digits below 2^64, as text [hostile 30]', () => {
    expect(['100000000000000', '175928847299117063', '18446744073709551615'].every(isSnowflake)).toBe(true);
    const refused = ['18446744073709551616', '99999999999999', '1'.repeat(21), '0175928847299117063', '', ' 1'];
    expect(
      [...refused, '175928847299117063\n', '1e17', '0x1', 175928847299117060, 175928847299117063n, null].filter(
        isSnowflake,
      ),
    ).toEqual([]);
  });

  it('takes exactly the numbers from 10^14 to 2^64', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 67n }), (number) => {
        expect(isSnowflake(String(number))).toBe(number >= 10n ** 14n && number < 2n ** 64n);
      }),
    );
  });

  it('says to send it as text when it comes as a number', () => {
    expect(snowflake.safeParse('17').error?.issues[0]?.message).toMatch(/sent as a string/);
  });
});

describe('queryInteger', () => {
  it('takes the whole numbers of its range in plain decimal notation only', () => {
    const schema = queryInteger(0, 100);
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -10, max: 120 }).map(String), fc.string()), (text) => {
        const isPlain = /^(0|[1-9][0-9]{0,2})$/.test(text) && Number(text) <= 100;
        expect(schema.safeParse(text)).toMatchObject(isPlain ? { success: true, data: text } : { success: false });
      }),
    );
    for (const odd of ['', '1.0', '1e1', '0x1', '+1', '-0', '01', ' 1', '1\n', '٣', '1_0']) {
      expect(schema.safeParse(odd).success).toBe(false);
    }
  });
});

describe('queryBoolean', () => {
  it('takes the four spellings that Discord documents', () => {
    const all = ['true', 'false', '1', '0', 'TRUE', 'yes', 'on', '', 'null'];

    expect(all.filter((text) => queryBoolean.safeParse(text).success)).toEqual(['true', 'false', '1', '0']);
  });
});

describe('queryText', () => {
  it('counts characters, not UTF-16 units, and takes no empty text', () => {
    const schema = queryText(3);

    expect(['a', '😀😀😀'].every((text) => schema.safeParse(text).success)).toBe(true);
    expect(['', 'abcd', '😀😀😀😀'].some((text) => schema.safeParse(text).success)).toBe(false);
  });
});

describe('emoji', () => {
  it('takes any emoji that the Unicode data knows by itself', () => {
    const all = Array.from({ length: 0x20000 }, (_, codePoint) => String.fromCodePoint(codePoint));
    const emojis = all.filter((text) => /^\p{Emoji_Presentation}$/u.test(text) && !/\p{Emoji_Modifier}/u.test(text));

    expect(emojis.length).toBeGreaterThan(1_000);
    expect(emojis.filter((text) => !emoji.safeParse(text).success)).toEqual([]);
  });

  it('takes nothing with a slash, a question mark or a letter beside it', () => {
    for (const odd of ['👍/@me', '👍?', '👍a', 'a👍', '👍%2f', '👍 ', '../👍', '👍'.repeat(17)]) {
      expect(emoji.safeParse(odd).success).toBe(false);
    }
  });
});
