import { describe, expect, it } from 'vitest';
import {
  buildPermissions,
  COMMON_PERMISSIONS,
  parsePermissions,
  type CommonPermission,
} from '../../functions/portal/app/settings/permission-number.ts';
import { findScopeFaults, MINIMUM_SCOPES } from '../../functions/portal/app/set-up/scope-faults.ts';
import { PERMISSIONS } from '../../shared/catalogue/permission.ts';
import { DEFAULT_SCOPES } from '../../shared/domain/scopes.ts';

function find(name: string): CommonPermission {
  const found = COMMON_PERMISSIONS.find((permission) => permission.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe('what can be chosen in the portal', () => {
  it('asks for the same minimum of scopes as the gateway, and says of each what is lost', () => {
    expect(Object.keys(MINIMUM_SCOPES).sort()).toEqual([...DEFAULT_SCOPES].sort());
    expect(findScopeFaults(DEFAULT_SCOPES)).toEqual([]);
    for (const scope of DEFAULT_SCOPES) {
      const [told, ...others] = findScopeFaults(DEFAULT_SCOPES.filter((name) => name !== scope));

      expect(told).toContain(`Without ${scope} `);
      expect(others).toEqual([]);
    }
  });

  it('has the bits of permissions that the catalogue has', () => {
    const known: Readonly<Record<string, bigint>> = PERMISSIONS;

    expect(COMMON_PERMISSIONS.map(({ name, bit }) => [name, bit])).toEqual(
      COMMON_PERMISSIONS.map(({ name }) => [name, known[name]]),
    );
  });

  it('adds permissions up and takes them away, and leaves the others in the number alone', () => {
    const bits = PERMISSIONS.ADMINISTRATOR | PERMISSIONS.BYPASS_SLOWMODE;
    const more = buildPermissions(bits, find('SEND_MESSAGES_IN_THREADS'), true);

    expect(more).toBe(String(bits | PERMISSIONS.SEND_MESSAGES_IN_THREADS));
    expect(buildPermissions(BigInt(more), find('SEND_MESSAGES_IN_THREADS'), false)).toBe(String(bits));
    expect(buildPermissions(PERMISSIONS.VIEW_CHANNEL, find('VIEW_CHANNEL'), false)).toBe('');
  });

  it('takes an empty field for none, and leaves what is no number to the gateway', () => {
    expect(['', ' 3072 ', '18446744073709551615'].map(parsePermissions)).toEqual([0n, 3072n, 18446744073709551615n]);
    expect(['-1', '1.5', '0x10', 'all', '9'.repeat(21)].map(parsePermissions)).toEqual(Array(5).fill(undefined));
  });
});
