import * as z from 'zod/mini';
import { LIMITS } from './limits.ts';

/**
 * A Discord snowflake as text: a decimal 64-bit id. The length bounds (15 to 20 digits) are ours: they let no date before
 * February 2015 and no number above 2^64 through.
 * @see Discord docs: reference (Snowflakes)
 */
export const snowflake = z
  .string('must be a Discord id, sent as a string')
  .check(
    z.regex(/^[1-9][0-9]{14,19}$/, 'must be a Discord id: 15 to 20 decimal digits, sent as a string'),
    z.refine(
      (text) => !/^[0-9]{1,20}$/.test(text) || BigInt(text) < 2n ** 64n,
      'must be a Discord id below 2^64, sent as a string',
    ),
  )
  .register(LIMITS, { format: 'snowflake' });

/** A query flag, as Discord spells booleans in a query. @see Discord docs: reference (Boolean Query Strings) */
export const queryBoolean = z.enum(['true', 'false', '1', '0'], 'must be true, false, 1 or 0');

/** A whole number in a query, kept as text so that Discord gets exactly what the caller wrote. */
export function queryInteger(minimum: number, maximum: number) {
  return z
    .string()
    .check(
      z.refine(
        (text) => /^(0|[1-9][0-9]{0,8})$/.test(text) && Number(text) >= minimum && Number(text) <= maximum,
        `must be a whole number from ${minimum} to ${maximum}`,
      ),
    )
    .register(LIMITS, { type: 'integer', minimum, maximum });
}

/** One of these words. */
export function queryWord(...words: readonly string[]) {
  return z
    .string()
    .check(z.refine((text) => words.includes(text), `must be one of ${words.join(', ')}`))
    .register(LIMITS, { enum: words });
}

/** Free text in a query; its length counts in characters (Unicode code points), as Discord counts. */
export function queryText(maxLength: number) {
  const rule = `must be 1 to ${maxLength} characters`;
  return z
    .string()
    .check(
      z.refine((text) => {
        const { length } = Array.from(text);
        return length >= 1 && length <= maxLength;
      }, rule),
    )
    .register(LIMITS, { minLength: 1, maxLength });
}

const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$/;

/** A moment, in a query or a body. @see Discord docs: reference (ISO8601 Date/Time) */
export const time = z
  .string()
  .check(
    z.refine(
      (text) => TIME.test(text) && !Number.isNaN(Date.parse(text)),
      'must be a time in ISO 8601 with a zone, such as 2026-01-31T12:00:00Z',
    ),
  )
  .register(LIMITS, { format: 'date-time' });

const CUSTOM_EMOJI = /^[A-Za-z0-9_]{1,32}:[1-9][0-9]{14,19}$/;

/** What emoji are put together from: pictures, flags, keycaps, skin tones, joiners and tags. */
const EMOJI_PARTS =
  /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\ufe0f?\u20e3|\p{Emoji_Modifier}|\u200d|\ufe0f|[\u{e0020}-\u{e007f}])+$/u;

const EMOJI_BEGINNING = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*])/u;

/** Code points. The longest sequences (families, flags of regions) have about a dozen. */
const MAX_EMOJI_LENGTH = 16;

/**
 * An emoji in a path: one of Unicode's, or `name:id` of a custom one.
 * @see Discord docs: resources/message (Create Reaction)
 */
export const emoji = z
  .string()
  .check(
    z.refine(
      (text) => CUSTOM_EMOJI.test(text) || isUnicodeEmoji(text),
      'must be a Unicode emoji, or name:id of a custom one',
    ),
  );

function isUnicodeEmoji(text: string): boolean {
  return EMOJI_PARTS.test(text) && EMOJI_BEGINNING.test(text) && Array.from(text).length <= MAX_EMOJI_LENGTH;
}
