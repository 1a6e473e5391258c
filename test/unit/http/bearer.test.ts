import { describe, expect, it } from 'vitest';
import { parseBearer } from '../../../shared/http/bearer.ts';

const KEY = 'dik_0001020304050607_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';

describe('parseBearer', () => {
  it.each([`Bearer ${KEY}`, `bearer ${KEY}`, `BEARER   ${KEY}`])(
    'reads %s: case and spaces do not matter',
    (header) => {
      expect(parseBearer(header)).toEqual({ ok: true, value: KEY });
    },
  );

  it.each([undefined, ''])('takes %j for a request without a key', (header) => {
    expect(parseBearer(header)).toEqual({ ok: false, failure: { reason: 'caller_missing' } });
  });

  it.each([
    `Bearer ${KEY}, Bearer ${KEY}`,
    `Bearer ${KEY},Bearer other`,
    `Bearer ${KEY} `,
    `Bearer ${KEY}\n`,
    `Bearer ${KEY}\r\nX: y`,
    ` Bearer ${KEY}`,
    `Bearer\t${KEY}`,
    `Bearer${KEY}`,
    'Bearer',
    'Bearer ',
    `Bearer "${KEY}"`,
    `Bearer ${KEY};x`,
    `Bearer ${KEY} ${KEY}`,
    `Bearer =${KEY}`,
    `Bot ${KEY}`,
    `Basic ${Buffer.from(`a:${KEY}`).toString('base64')}`,
    KEY,
  ])('refuses %j and chooses nothing from it [hostile 19]', (header) => {
    expect(parseBearer(header)).toEqual({ ok: false, failure: { reason: 'caller_malformed' } });
  });

  it('gives up on a long header at once', () => {
    expect(parseBearer(`Bearer ${'='.repeat(100_000)}x`).ok).toBe(false);
    expect(parseBearer(`Bearer ${' '.repeat(100_000)}`).ok).toBe(false);
  });
});
