import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionsOfUserPrefix, keys, listKeys, toPrimaryKey } from '../../../shared/edges/keys.ts';
import { KEY_PREFIX } from '../../../shared/table.ts';

const userIds = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });

describe('keys', () => {
  it('begin with the prefix by which access is granted, each kind with its own', () => {
    expect(keys.integration().pk.startsWith(KEY_PREFIX.integration)).toBe(true);
    expect(keys.tenant('t').pk.startsWith(KEY_PREFIX.tenant)).toBe(true);
    expect(keys.currentDataKey('t').pk.startsWith(KEY_PREFIX.tenant)).toBe(true);
    expect(keys.dataKey('t', 'k').pk.startsWith(KEY_PREFIX.tenant)).toBe(true);
    expect(keys.apiKey('k').pk.startsWith(KEY_PREFIX.apiKey)).toBe(true);
    expect(keys.session('s').pk.startsWith(KEY_PREFIX.session)).toBe(true);
    expect(keys.state('s').pk.startsWith(KEY_PREFIX.state)).toBe(true);
    expect(keys.connection('c').pk.startsWith(KEY_PREFIX.connection)).toBe(true);
    expect(keys.grant('c', 'u').pk.startsWith(KEY_PREFIX.grant)).toBe(true);
    const prefixes = Object.values(KEY_PREFIX);
    expect(prefixes.filter((one) => prefixes.some((other) => other !== one && other.startsWith(one)))).toEqual([]);
  });

  it('stand under the attribute names of the table', () => {
    expect(toPrimaryKey(keys.connection('con_a'))).toEqual({ pk: 'CONNECTION#con_a', sk: 'CONNECTION' });
  });
});

describe('listKeys', () => {
  it("keep the connections of one user apart from another's, whatever the ids hold", () => {
    fc.assert(
      fc.property(userIds, userIds, (one, other) => {
        fc.pre(one !== other);
        const { gsi1sk } = listKeys.connections('acme', other, 'con_a');

        expect(gsi1sk.startsWith(connectionsOfUserPrefix(one))).toBe(false);
        expect(gsi1sk.startsWith(connectionsOfUserPrefix(other))).toBe(true);
      }),
    );
  });

  it('keep the lists of tenants apart', () => {
    const partitions = ['a', 'a#CONNECTIONS', 'b'].flatMap((tenantId) => [
      listKeys.connections(tenantId, 'u', 'c').gsi1pk,
      listKeys.apiKeys(tenantId, 'k').gsi1pk,
      listKeys.tenants(tenantId).gsi1pk,
    ]);

    expect(new Set(partitions).size).toBe(3 * 2 + 1);
  });
});
