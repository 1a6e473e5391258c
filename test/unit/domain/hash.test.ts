import { describe, expect, it } from 'vitest';
import { isSameDigest, sha256Hex } from '../../../shared/domain/hash.ts';

describe('isSameDigest', () => {
  it('is true for equal digests only', () => {
    const digest = sha256Hex('a');

    expect(isSameDigest(digest, sha256Hex('a'))).toBe(true);
    for (const other of [sha256Hex('b'), '', digest.slice(1), `${digest}0`, digest.toUpperCase()]) {
      expect(isSameDigest(digest, other)).toBe(false);
    }
  });

  it('bears texts whose length differs in bytes but not in characters', () => {
    expect(isSameDigest('é', 'e')).toBe(false);
  });
});
