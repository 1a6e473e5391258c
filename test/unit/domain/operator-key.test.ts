import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildSetupCode, isUnusedSetupCode, SETUP_CODE_PATTERN } from '../../../shared/domain/operator-key.ts';
import { isOperatorSessionLive } from '../../../shared/domain/operator-session.ts';
import { Secret } from '../../../shared/domain/secret.ts';
import { computeSignInWait, toAddressGroup } from '../../../shared/domain/sign-in-tries.ts';

describe('buildSetupCode', () => {
  it('makes forty letters and digits, each as likely as the others', () => {
    const counts = new Map<string, number>();
    for (let times = 0; times < 2_000; times += 1) {
      const code = buildSetupCode(randomBytes(80)).reveal();
      expect(code).toMatch(/^[A-Za-z0-9]{40}$/);
      for (const character of code) counts.set(character, (counts.get(character) ?? 0) + 1);
    }

    // 80,000 characters over 62: 1,290 each; eight standard deviations are 288.
    expect(counts.size).toBe(62);
    for (const count of counts.values()) expect(Math.abs(count - 1_290)).toBeLessThan(288);
  });

  it('goes on when too many bytes had to be left out', () => {
    expect(buildSetupCode(new Uint8Array(80).fill(255)).reveal()).toMatch(SETUP_CODE_PATTERN);
  });
});

describe('isUnusedSetupCode', () => {
  const code = 'A'.repeat(40);

  it('is never true without a code in the secret', () => {
    expect(isUnusedSetupCode(code, undefined, undefined)).toBe(false);
    expect(isUnusedSetupCode('', undefined, undefined)).toBe(false);
    expect(isUnusedSetupCode('no such credential', undefined, undefined)).toBe(false);
    expect(isUnusedSetupCode(code, new Secret(code), undefined)).toBe(true);
  });
});

describe('isOperatorSessionLive', () => {
  const operator = { keyHash: '', setupCodeHash: '', generation: 'b', keyCreatedAtEpochSeconds: 0 };
  const session = { generation: 'a', createdAtEpochSeconds: 0, expiresAtEpochSeconds: 100 };

  it('takes the kept session of an earlier generation, and not without an end', () => {
    expect(isOperatorSessionLive(session, 'mine', operator, 50)).toBe(false);
    const keeping = { ...operator, keptSessionHash: 'mine' };
    expect(isOperatorSessionLive(session, 'mine', keeping, 50)).toBe(true);
    expect(isOperatorSessionLive(session, 'other', keeping, 50)).toBe(false);
    expect(isOperatorSessionLive(session, 'mine', keeping, 100)).toBe(false);
  });
});

describe('toAddressGroup', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:0:1:aaaa:bbbb:cccc:dddd', '2001:db8:0:1::/64'],
    ['2001:DB8:0000:0001::7', '2001:db8:0:1::/64'],
    ['2001:db8::7', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('puts %s under %s', (address, group) => {
    expect(toAddressGroup(address)).toBe(group);
  });
});

describe('computeSignInWait', () => {
  it('is there from the tenth failure to the end of the window', () => {
    const tries = { failures: 10, windowEndsAtEpochSeconds: 1_000 };

    expect(computeSignInWait(undefined, 0)).toBeUndefined();
    expect(computeSignInWait({ ...tries, failures: 9 }, 500)).toBeUndefined();
    expect(computeSignInWait(tries, 500)).toBe(500);
    expect(computeSignInWait(tries, 1_000)).toBeUndefined();
  });
});
