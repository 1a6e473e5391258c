import * as z from 'zod/mini';

/** Characters. Room for any database's ids, e-mail addresses and URNs. */
const MAX_USER_ID_LENGTH = 128;

/** The app's own id of its user: any text without control characters. */
export const userIdSchema = z.string().check(
  z.minLength(1, 'must not be empty'),
  z.maxLength(MAX_USER_ID_LENGTH, `must be at most ${MAX_USER_ID_LENGTH} characters`),
  z.refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'must not have control characters or lone surrogates'),
  // API Gateway puts U+FFFD for bytes that are not UTF-8: two different ids could become one.
  z.refine((text) => !text.includes('\ufffd'), 'is not valid UTF-8'),
);
