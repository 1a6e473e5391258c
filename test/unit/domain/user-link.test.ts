import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../shared/domain/hash.ts';
import { buildFormToken, USER_LINK_BYTES, USER_LINK_PATTERN } from '../../../shared/domain/user-link.ts';

const secret = Buffer.alloc(USER_LINK_BYTES, 7).toString('base64url');

describe('buildFormToken', () => {
  it('follows from the secret and is neither it nor the hash under which it is stored', () => {
    const token = buildFormToken(secret);

    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(buildFormToken(secret)).toBe(token);
    expect(buildFormToken(`${secret.slice(1)}A`)).not.toBe(token);
    expect(Buffer.from(token, 'base64url').toString('hex')).not.toBe(sha256Hex(secret));
    expect(token).not.toBe(secret);
  });
});

describe('USER_LINK_PATTERN', () => {
  it('fits 256 bits as base64url and nothing else', () => {
    expect(secret).toMatch(USER_LINK_PATTERN);
    for (const other of ['', secret.slice(1), `${secret}A`, `${secret.slice(1)}=`, `${secret}\n`]) {
      expect(other).not.toMatch(USER_LINK_PATTERN);
    }
  });
});
