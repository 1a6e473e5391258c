import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildConnectionId,
  CONNECTION_ID_PATTERN,
  SESSION_ID_PATTERN,
  TENANT_ID_PATTERN,
} from '../../../shared/domain/ids.ts';

const parts = fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), fc.string());

describe('buildConnectionId', () => {
  it('gives one id for the same three, of the known shape', () => {
    fc.assert(
      fc.property(parts, ([tenantId, userId, discordUserId]) => {
        const id = buildConnectionId(tenantId, userId, discordUserId);

        expect(id).toMatch(CONNECTION_ID_PATTERN);
        expect(buildConnectionId(tenantId, userId, discordUserId)).toBe(id);
      }),
    );
  });

  it('gives different ids for different three', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(buildConnectionId(...one)).not.toBe(buildConnectionId(...other));
      }),
    );
  });

  it('does not mistake parts that read the same side by side', () => {
    const ids = [
      buildConnectionId('ab', 'c', '1'),
      buildConnectionId('a', 'bc', '1'),
      buildConnectionId('abc', '', '1'),
      buildConnectionId('a', '1:b', 'c1'),
      buildConnectionId('a1:b', '', 'c1'),
    ];

    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the patterns', () => {
  it.each([
    [CONNECTION_ID_PATTERN, `con_${'A'.repeat(22)}`, [`con_${'A'.repeat(21)}`, `con_${'A'.repeat(21)}/`]],
    [SESSION_ID_PATTERN, `cs_${'-'.repeat(43)}`, [`cs_${'A'.repeat(44)}`, `CS_${'A'.repeat(43)}`]],
    [TENANT_ID_PATTERN, 'acme-2', ['', '-acme', 'Acme', 'a_b', 'a#b', 'a'.repeat(41)]],
  ])('%s takes a whole id and nothing around it', (pattern, accepted, refused) => {
    const isTaken = (text: string) => pattern.test(text);

    expect(isTaken(accepted)).toBe(true);
    expect([...refused, `${accepted}\n`, ` ${accepted}`, `x${accepted} `].filter(isTaken)).toEqual([]);
  });
});
