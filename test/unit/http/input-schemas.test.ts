import { describe, expect, it } from 'vitest';
import { userIdSchema } from '../../../shared/http/input-schemas.ts';

const isAccepted = (text: unknown) => userIdSchema.safeParse(text).success;

describe('userIdSchema', () => {
  it.each(['1', 'ada@example.com', 'urn:uuid:6e8bc430', 'ünï#cödé / 家', '\u202eabc', 'a'.repeat(128)])(
    'takes %j as it is',
    (text) => {
      expect(userIdSchema.safeParse(text)).toMatchObject({ success: true, data: text });
    },
  );

  it.each(['', 'a'.repeat(129), 'a\nb', 'a\u0000', 'a\u007f', '\u0085', '\ud800', 'x\udc00y', 'a\ufffd', 7, null, {}])(
    'refuses %j',
    (value) => {
      expect(isAccepted(value)).toBe(false);
    },
  );
});
