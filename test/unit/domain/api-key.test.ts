import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  API_KEY_ID_BYTES,
  API_KEY_SECRET_BYTES,
  buildApiKey,
  isApiKeyValid,
  parseApiKey,
} from '../../../shared/domain/api-key.ts';
import { sha256Hex } from '../../../shared/domain/hash.ts';

const keyBytes = fc.tuple(
  fc.uint8Array({ minLength: API_KEY_ID_BYTES, maxLength: API_KEY_ID_BYTES }),
  fc.uint8Array({ minLength: API_KEY_SECRET_BYTES, maxLength: API_KEY_SECRET_BYTES }),
);

const BUILT = buildApiKey(new Uint8Array(8).fill(1), new Uint8Array(32).fill(2));
const KEY = BUILT.key.reveal();

describe('buildApiKey and parseApiKey', () => {
  it('finds id and hash of every key again, and the key is valid', () => {
    fc.assert(
      fc.property(keyBytes, ([idBytes, secretBytes]) => {
        const { keyId, key, hash } = buildApiKey(idBytes, secretBytes);
        const parsed = parseApiKey(key.reveal());

        expect(parsed).toEqual({ keyId, hash });
        expect(parsed !== undefined && isApiKeyValid(parsed, hash)).toBe(true);
      }),
    );
  });

  it('cannot be printed by accident', () => {
    expect(JSON.stringify(BUILT)).not.toContain(KEY);
  });

  it.each([
    '',
    'dik_',
    KEY.slice(0, -1),
    `${KEY}A`,
    `${KEY}\n`,
    ` ${KEY}`,
    KEY.replace('dik_', 'DIK_'),
    KEY.replace('dik_', 'xik_'),
    KEY.replace('0101', '01G1'),
    KEY.replace('_AgIC', '_+gIC'),
    KEY.replace(/_/g, '-'),
    `${KEY},${KEY}`,
  ])('takes %j for no key', (text) => {
    expect(parseApiKey(text)).toBeUndefined();
  });
});

describe('isApiKeyValid', () => {
  const parsed = parseApiKey(KEY) ?? { keyId: '', hash: '' };

  it('refuses the right id with a wrong secret', () => {
    const other = parseApiKey(`${KEY.slice(0, -2)}AA`);

    expect(other?.keyId).toBe(parsed.keyId);
    expect(other !== undefined && isApiKeyValid(other, parsed.hash)).toBe(false);
  });

  it('refuses an unknown key and a stored value that is no digest', () => {
    expect(isApiKeyValid(parsed, undefined)).toBe(false);
    expect(isApiKeyValid(parsed, '')).toBe(false);
    expect(isApiKeyValid(parsed, parsed.hash.slice(1))).toBe(false);
  });

  it('does not let in a key whose hash is the stand-in for unknown ids', () => {
    const standIn = { keyId: parsed.keyId, hash: sha256Hex('no such key') };

    expect(isApiKeyValid(standIn, undefined)).toBe(false);
  });
});
