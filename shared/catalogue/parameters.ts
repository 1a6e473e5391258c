import * as z from 'zod/mini';

/**
 * A Discord snowflake as text: a decimal 64-bit id. The length bounds (15 to 20 digits) are ours: they let no date before
 * February 2015 and no number above 2^64 through.
 * @see Discord docs: reference (Snowflakes)
 */
export const snowflake = z.string().check(
  z.regex(/^[1-9][0-9]{14,19}$/, 'must be a Discord id: 15 to 20 decimal digits, sent as a string'),
  z.refine(
    (text) => !/^[0-9]{1,20}$/.test(text) || BigInt(text) < 2n ** 64n,
    'must be a Discord id below 2^64, sent as a string',
  ),
);

/** A query flag, as Discord spells booleans in a query. @see Discord docs: reference (Boolean Query Strings) */
export const queryBoolean = z.enum(['true', 'false', '1', '0'], 'must be true, false, 1 or 0');

/** A whole number in a query, kept as text so that Discord gets exactly what the caller wrote. */
export function queryInteger(minimum: number, maximum: number) {
  const rule = `must be a whole number from ${minimum} to ${maximum}`;
  return z.string().check(
    z.regex(/^(0|[1-9][0-9]{0,8})$/, rule),
    z.refine((text) => Number(text) >= minimum && Number(text) <= maximum, rule),
  );
}
