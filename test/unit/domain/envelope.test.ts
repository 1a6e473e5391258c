import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  openWith,
  parseSealedKeyId,
  SealBrokenError,
  sealWith,
  type SealContext,
} from '../../../shared/domain/envelope.ts';

const KEY = createHash('sha256').update('key').digest();
const KEY_ID = '0123456789abcdef';
const IV = new Uint8Array(12).fill(9);
const CONTEXT: SealContext = { tenantId: 'acme', owner: 'con_a', field: 'tokens', version: 3 };
const SEALED = sealWith(KEY, KEY_ID, IV, CONTEXT, '{"accessToken":"secret"}');

const contexts = fc.record({
  tenantId: fc.string({ unit: 'grapheme' }),
  owner: fc.string({ unit: 'grapheme' }),
  field: fc.string(),
  version: fc.nat(),
});

describe('sealWith and openWith', () => {
  it('gives back every text under its own context', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        contexts,
        fc.uint8Array({ minLength: 12, maxLength: 12 }),
        (text, context, iv) => {
          expect(openWith(KEY, context, sealWith(KEY, KEY_ID, iv, context, text))).toBe(text);
        },
      ),
    );
  });

  it('shows nothing of the text', () => {
    expect(SEALED).not.toContain('secret');
    expect(Buffer.from(SEALED.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('secret');
  });

  it.each([
    ['another tenant', { ...CONTEXT, tenantId: 'other' }],
    ['another item', { ...CONTEXT, owner: 'con_b' }],
    ['another attribute', { ...CONTEXT, field: 'code' }],
    ['an older version', { ...CONTEXT, version: 2 }],
    ['parts cut elsewhere', { ...CONTEXT, tenantId: 'acmecon', owner: '_a' }],
  ])('does not open a value that was moved to %s', (_, context) => {
    expect(() => openWith(KEY, context, SEALED)).toThrow(SealBrokenError);
  });

  it('does not open under another context, whatever it is', () => {
    fc.assert(
      fc.property(contexts, contexts, (sealedUnder, openedUnder) => {
        fc.pre(JSON.stringify(sealedUnder) !== JSON.stringify(openedUnder));
        const sealed = sealWith(KEY, KEY_ID, IV, sealedUnder, 'x');
        expect(() => openWith(KEY, openedUnder, sealed)).toThrow(SealBrokenError);
      }),
    );
  });

  it('does not open with another key, nor under the name of another key', () => {
    expect(() => openWith(createHash('sha256').update('other').digest(), CONTEXT, SEALED)).toThrow(SealBrokenError);
    expect(() => openWith(KEY, CONTEXT, SEALED.replace(KEY_ID, 'fedcba9876543210'))).toThrow(SealBrokenError);
  });

  it('does not open when any one bit was flipped', () => {
    const [version, keyId, iv = '', body = ''] = SEALED.split('.');
    const flip = (part: string, bit: number) => {
      const bytes = Buffer.from(part, 'base64url');
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return bytes.toString('base64url');
    };
    for (let bit = 0; bit < 12 * 8; bit += 1) {
      expect(() => openWith(KEY, CONTEXT, [version, keyId, flip(iv, bit), body].join('.'))).toThrow(SealBrokenError);
    }
    for (let bit = 0; bit < Buffer.from(body, 'base64url').length * 8; bit += 1) {
      expect(() => openWith(KEY, CONTEXT, [version, keyId, iv, flip(body, bit)].join('.'))).toThrow(SealBrokenError);
    }
  });

  it('does not open a text that differs in any character, not even in the unused bits of its last', () => {
    for (let at = 0; at < SEALED.length; at += 1) {
      for (const char of ['A', 'B', '_', '0', 'f', '.', '=', ' ']) {
        const changed = SEALED.slice(0, at) + char + SEALED.slice(at + 1);
        if (changed !== SEALED) expect(() => openWith(KEY, CONTEXT, changed)).toThrow(SealBrokenError);
      }
    }
  });

  it('does not open a value that was cut off or has something behind it', () => {
    for (let length = 0; length < SEALED.length; length += 1) {
      expect(() => openWith(KEY, CONTEXT, SEALED.slice(0, length))).toThrow(SealBrokenError);
    }
    for (const tail of ['\n', 'A', '.', '.AAAA', '==']) {
      expect(() => openWith(KEY, CONTEXT, SEALED + tail)).toThrow(SealBrokenError);
    }
  });

  it('says nothing of the content in its error', () => {
    expect(() => openWith(KEY, { ...CONTEXT, version: 4 }, SEALED)).toThrow(
      'the value does not belong to this key and context',
    );
  });
});

describe('parseSealedKeyId', () => {
  it('names the data key that a sealed value needs', () => {
    expect(parseSealedKeyId(SEALED)).toBe(KEY_ID);
  });

  it.each([
    '',
    'v1',
    'v2' + SEALED.slice(2),
    SEALED.replace(KEY_ID, KEY_ID.toUpperCase()),
    `${SEALED}\n`,
    ` ${SEALED}`,
  ])('refuses %j', (text) => {
    expect(() => parseSealedKeyId(text)).toThrow(SealBrokenError);
  });
});
