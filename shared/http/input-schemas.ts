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

/** Discord's permissions are a decimal bit field of at most 64 bits. @see Discord docs: topics/permissions */
export const permissionBits = z
  .string()
  .check(z.regex(/^(0|[1-9][0-9]{0,18})$/, 'must be permission bits as a decimal string'));

/** Scopes that a connect session asks for; which of them are enabled is for the use case to say. */
export const scopeList = z.array(z.string().check(z.maxLength(64, 'is not a scope'))).check(
  z.minLength(1, 'must name at least one scope, or be left out'),
  z.maxLength(32, 'names too many scopes'),
  z.refine((scopes) => new Set(scopes).size === scopes.length, 'names a scope twice'),
);
