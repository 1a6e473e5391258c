import { describe, expect, it } from 'vitest';
import { buildGrantMember, isFormer, isGhost, isOfSession } from '../../../shared/domain/grant-member.ts';

const member = buildGrantMember('con_a', 'cs_one', 1_000);

describe('a part in a grant', () => {
  it('belongs to one connection and one session', () => {
    expect(isOfSession(member, 'con_a', 'cs_one')).toBe(true);
    expect(isOfSession(member, 'con_a', 'cs_two')).toBe(false);
    expect(isOfSession(member, 'con_b', 'cs_one')).toBe(false);
    expect(isOfSession(buildGrantMember('con_a', 'cs_one', 2_000), 'con_a', 'cs_one')).toBe(true);
  });

  it('does not contain the session id, which opens the link', () => {
    expect(member).not.toContain('cs_one');
  });

  it('is a ghost only of its own connection and after any confirmation is over', () => {
    expect(isGhost(member, 'con_a', 1_119)).toBe(false);
    expect(isGhost(member, 'con_a', 1_120)).toBe(true);
    expect(isGhost(member, 'con_b', 9_999)).toBe(false);
  });

  it('is a former one of its own connection when it is older than the own part, not when it is as old or younger', () => {
    const own = buildGrantMember('con_a', 'cs_two', 2_000);
    expect(isFormer(member, own)).toBe(true);
    expect(isFormer(own, own)).toBe(false);
    expect(isFormer(buildGrantMember('con_a', 'cs_three', 2_000), own)).toBe(false);
    expect(isFormer(buildGrantMember('con_a', 'cs_three', 2_001), own)).toBe(false);
    expect(isFormer(buildGrantMember('con_b', 'cs_one', 1_000), own)).toBe(false);
  });
});
