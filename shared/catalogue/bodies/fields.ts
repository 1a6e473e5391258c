import * as z from 'zod/mini';
import { LIMITS } from '../limits.ts';
import { snowflake } from '../parameters.ts';

/** Members of Discord's bodies. Each schema only judges; nothing is filled in, cut or converted. */

/** The greatest number of Discord's `int32`. */
export const MAX_INT = 2 ** 31 - 1;

/** Text of so many characters (Unicode code points), as Discord counts. */
export function text(minLength: number, maxLength: number) {
  const rule =
    minLength === 0 ? `must be at most ${maxLength} characters` : `must be ${minLength} to ${maxLength} characters`;
  return z
    .string()
    .check(
      z.refine((value) => {
        const { length } = Array.from(value);
        return length >= minLength && length <= maxLength;
      }, rule),
    )
    .register(LIMITS, { minLength, maxLength });
}

export function integer(minimum: number, maximum: number) {
  return z
    .number()
    .check(
      z.refine(
        (value) => Number.isInteger(value) && value >= minimum && value <= maximum,
        `must be a whole number from ${minimum} to ${maximum}`,
      ),
    )
    .register(LIMITS, { type: 'integer', minimum, maximum });
}

/** One of these numbers. */
export function oneOf(...values: readonly number[]) {
  return z
    .number()
    .check(z.refine((value) => values.includes(value), `must be one of ${values.join(', ')}`))
    .register(LIMITS, { type: 'integer', enum: values });
}

/** One of these words. */
export function word(...values: readonly string[]) {
  return z
    .string()
    .check(z.refine((value) => values.includes(value), `must be one of ${values.join(', ')}`))
    .register(LIMITS, { enum: values });
}

/** A list of so many entries. */
export function list<T extends z.ZodMiniType>(item: T, minItems: number, maxItems: number) {
  // Not `minLength` and `maxLength`: they would judge other values than lists, too.
  return z
    .array(item)
    .check(
      z.refine(
        (items) => items.length >= minItems && items.length <= maxItems,
        minItems === 0 ? `must have at most ${maxItems} entries` : `must have ${minItems} to ${maxItems} entries`,
      ),
    )
    .register(LIMITS, { minItems, maxItems });
}

/** A list of so many entries, none twice. */
export function distinct<T extends z.ZodMiniType<string, string>>(item: T, minItems: number, maxItems: number) {
  return list(item, minItems, maxItems)
    .check(z.refine((items) => new Set(items).size === items.length, 'names one twice'))
    .register(LIMITS, { uniqueItems: true });
}

export const snowflakes = (minItems: number, maxItems: number) => distinct(snowflake, minItems, maxItems);

/** May be left out or null, which Discord takes for the same in most places. */
export function maybe<T extends z.ZodMiniType>(schema: T) {
  return z.optional(z.nullable(schema));
}

/** Minutes after which a thread without messages is hidden. */
export const autoArchiveDuration = oneOf(60, 1_440, 4_320, 10_080);

/** Seconds between two messages of one user. */
export const slowmode = integer(0, 21_600);

const IMAGE_DATA = /^data:image\/(jpeg|png|gif|webp|avif);base64,[A-Za-z0-9+/]+={0,2}$/;

/** An image as a data URI. @see Discord docs: reference (Image Data) */
export const imageData = z
  .string()
  .check(z.regex(IMAGE_DATA, 'must be a data URI of a JPEG, PNG, GIF, WebP or AVIF image in base64'));

const DECIMAL = /^(0|[1-9][0-9]{0,19})$/;

/** A set of permissions, serialised in decimal. */
export const permissionBits = z
  .string()
  .check(
    z.refine(
      (value) => DECIMAL.test(value) && BigInt(value) < 2n ** 64n,
      'must be permission bits as a decimal string',
    ),
  )
  .register(LIMITS, { pattern: DECIMAL.source });
