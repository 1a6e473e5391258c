import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildConnectionToken,
  parseConnectionToken,
  TOKEN_ID_BYTES,
  TOKEN_SECRET_BYTES,
} from '../../../shared/domain/connection-token.ts';
import { parseApiKey } from '../../../shared/domain/api-key.ts';

const KEY_ID = '0123456789abcdef';
const BUILT = buildConnectionToken(KEY_ID, new Uint8Array(8).fill(1), new Uint8Array(32).fill(2));
const TOKEN = BUILT.token.reveal();

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('buildConnectionToken and parseConnectionToken', () => {
  it('finds both ids and the hash of every token again', () => {
    fc.assert(
      fc.property(bytes(8), bytes(TOKEN_ID_BYTES), bytes(TOKEN_SECRET_BYTES), (keyBytes, idBytes, secretBytes) => {
        const keyId = Buffer.from(keyBytes).toString('hex');
        const { tokenId, token, hash } = buildConnectionToken(keyId, idBytes, secretBytes);

        expect(parseConnectionToken(token.reveal())).toEqual({ tokenId, keyId, hash });
        expect(parseApiKey(token.reveal())).toBeUndefined();
      }),
    );
  });

  it('has a form that stays: apps store it, and the table has its hash', () => {
    expect(TOKEN).toBe('dct_0101010101010101_0123456789abcdef_AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI');
    expect(BUILT.hash).toBe('1ec0a3cad2c68d843eeb4f54049c3b52b974e869535a8d54194f4cd74a939b95');
  });

  it('hashes the key id, too: a token cannot be moved to another key', () => {
    const moved = parseConnectionToken(TOKEN.replace(KEY_ID, 'f'.repeat(16)));

    expect(moved?.hash).not.toBe(BUILT.hash);
  });

  it('cannot be printed by accident', () => {
    expect(JSON.stringify(BUILT)).not.toContain(TOKEN);
  });

  it.each([
    '',
    'dct_',
    TOKEN.slice(0, -1),
    `${TOKEN}A`,
    `${TOKEN}\n`,
    ` ${TOKEN}`,
    TOKEN.replace('dct_', 'DCT_'),
    TOKEN.replace('dct_', 'dik_'),
    TOKEN.replace('0101', '01G1'),
    TOKEN.replace(`_${KEY_ID}`, ''),
    TOKEN.replace(/_/g, '-'),
    `${TOKEN},${TOKEN}`,
  ])('takes %j for no token', (text) => {
    expect(parseConnectionToken(text)).toBeUndefined();
  });
});
