import { describe, expect, it } from 'vitest';
import { computeRank, isMemberBelow, isRoleBelow } from '../../../shared/authority/hierarchy.ts';
import { buildMember, buildRole, GUILD_ID } from '../../support/authority-facts.ts';

const GUILD = {
  id: GUILD_ID,
  ownerId: 'owner',
  roles: [buildRole(GUILD_ID, 0, 0n), buildRole('low', 1, 0n), buildRole('high', 7, 0n), buildRole('even', 7, 0n)],
};
const owner = buildMember('owner');
const high = buildMember('a', 'low', 'high');
const even = buildMember('b', 'even');
const low = buildMember('c', 'low');
const plain = buildMember('d');

describe('computeRank', () => {
  it('is the highest of the own roles', () => {
    expect([plain, low, high].map((member) => computeRank(GUILD, member))).toEqual([0, 1, 7]);
  });
});

describe('isMemberBelow', () => {
  it('goes by the highest role; equal is not below, oneself neither', () => {
    expect(isMemberBelow(GUILD, high, low)).toBe(true);
    expect(isMemberBelow(GUILD, low, high)).toBe(false);
    expect(isMemberBelow(GUILD, high, even)).toBe(false);
    expect(isMemberBelow(GUILD, plain, plain)).toBe(false);
  });

  it('puts the owner above everybody, and nobody above him', () => {
    expect(isMemberBelow(GUILD, owner, high)).toBe(true);
    expect(isMemberBelow(GUILD, high, owner)).toBe(false);
    expect(isMemberBelow(GUILD, owner, owner)).toBe(false);
  });
});

describe('isRoleBelow', () => {
  it('compares a role with the highest of the own', () => {
    expect(isRoleBelow(GUILD, high, buildRole('x', 6, 0n))).toBe(true);
    expect(isRoleBelow(GUILD, high, buildRole('x', 7, 0n))).toBe(false);
    expect(isRoleBelow(GUILD, owner, buildRole('x', 100, 0n))).toBe(true);
  });
});
