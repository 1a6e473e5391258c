import { describe, expect, it } from 'vitest';
import { evaluatePermissions, evaluateRoles } from '../../../infra/local/discord/guilds/evaluate.ts';
import { isAbove } from '../../../infra/local/discord/guilds/hierarchy.ts';
import { ALL_PERMISSIONS, PERMISSION as P } from '../../../infra/local/discord/permissions.ts';
import type {
  WorldChannel,
  WorldGuild,
  WorldMember,
  WorldOverwrite,
} from '../../../infra/local/discord/world/world.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const EVERYONE = 1n;
const USUAL = P.VIEW_CHANNEL | P.SEND_MESSAGES | P.READ_MESSAGE_HISTORY | P.CONNECT | P.SEND_MESSAGES_IN_THREADS;

function role(id: string, position: number, permissions: bigint) {
  return { id, name: id, color: 0, position, permissions, managed: false, hoist: false, mentionable: false };
}

function channel(type: number, overwrites: readonly WorldOverwrite[] = [], more: Partial<WorldChannel> = {}) {
  return {
    id: '100',
    type,
    name: 'c',
    position: 0,
    parent_id: null,
    topic: null,
    permission_overwrites: overwrites,
    ...more,
  };
}

function member(userId: string, roles: readonly string[], more: Partial<WorldMember> = {}): WorldMember {
  const joined_at = '2025-01-01T00:00:00+00:00';
  return { user_id: userId, nick: null, roles, joined_at, pending: false, communication_disabled_until: null, ...more };
}

function guild(members: readonly WorldMember[], channels: readonly WorldChannel[] = []): WorldGuild {
  return {
    id: String(EVERYONE),
    name: 'g',
    icon: null,
    banner: null,
    description: null,
    owner_id: '900',
    features: [],
    mfa_level: 0,
    approximate_presence_count: 0,
    roles: [
      role('1', 0, USUAL),
      role('10', 1, P.MANAGE_MESSAGES),
      role('11', 2, P.EMBED_LINKS),
      role('12', 3, P.ADMINISTRATOR),
    ],
    channels,
    members,
  };
}

function inChannel(place: WorldChannel, who = member('5', ['10', '11']), others: readonly WorldChannel[] = []): bigint {
  return evaluatePermissions({
    guild: guild([who], [place, ...others]),
    memberId: who.user_id,
    channel: place,
    nowEpochMs: NOW,
  });
}

describe('evaluatePermissions', () => {
  it('sums everyone’s role and the member’s own', () => {
    const who = member('5', ['10']);

    expect(evaluatePermissions({ guild: guild([who]), memberId: '5', nowEpochMs: NOW })).toBe(
      USUAL | P.MANAGE_MESSAGES,
    );
  });

  it('gives nothing to who is not a member, even the owner', () => {
    expect(evaluatePermissions({ guild: guild([]), memberId: '900', nowEpochMs: NOW })).toBe(0n);
  });

  it('gives everything to the owner and to an administrator, whatever the overwrites', () => {
    const closed = channel(0, [
      { id: '1', type: 0, allow: 0n, deny: ALL_PERMISSIONS },
      { id: '5', type: 1, allow: 0n, deny: ALL_PERMISSIONS },
    ]);

    expect(inChannel(closed, member('900', []))).toBe(ALL_PERMISSIONS);
    expect(inChannel(closed, member('5', ['12']))).toBe(ALL_PERMISSIONS);
  });

  it.each<[string, WorldOverwrite[], bigint]>([
    ['everyone’s overwrite takes away', [{ id: '1', type: 0, allow: 0n, deny: P.MANAGE_MESSAGES }], 0n],
    [
      'a role gives back what everyone’s takes',
      [
        { id: '10', type: 0, allow: P.MANAGE_MESSAGES, deny: 0n },
        { id: '1', type: 0, allow: 0n, deny: P.MANAGE_MESSAGES },
      ],
      P.MANAGE_MESSAGES,
    ],
    [
      'of two roles the one that allows wins, in either order',
      [
        { id: '10', type: 0, allow: P.MANAGE_MESSAGES, deny: 0n },
        { id: '11', type: 0, allow: 0n, deny: P.MANAGE_MESSAGES },
      ],
      P.MANAGE_MESSAGES,
    ],
    [
      'the member’s own overwrite is last',
      [
        { id: '5', type: 1, allow: 0n, deny: P.MANAGE_MESSAGES },
        { id: '10', type: 0, allow: P.MANAGE_MESSAGES, deny: 0n },
      ],
      0n,
    ],
    [
      'within one overwrite allow beats deny',
      [{ id: '5', type: 1, allow: P.MANAGE_MESSAGES, deny: P.MANAGE_MESSAGES }],
      P.MANAGE_MESSAGES,
    ],
    [
      'a role that the member has not says nothing',
      [{ id: '12', type: 0, allow: 0n, deny: P.MANAGE_MESSAGES }],
      P.MANAGE_MESSAGES,
    ],
    [
      'a role’s id as a member’s says nothing',
      [{ id: '10', type: 1, allow: 0n, deny: P.MANAGE_MESSAGES }],
      P.MANAGE_MESSAGES,
    ],
    [
      'a member’s id as a role’s says nothing',
      [{ id: '5', type: 0, allow: 0n, deny: P.MANAGE_MESSAGES }],
      P.MANAGE_MESSAGES,
    ],
  ])('%s', (_rule, overwrites, expected) => {
    expect(inChannel(channel(0, overwrites)) & P.MANAGE_MESSAGES).toBe(expected);
  });

  it('without VIEW_CHANNEL nothing is left', () => {
    expect(inChannel(channel(0, [{ id: '1', type: 0, allow: 0n, deny: P.VIEW_CHANNEL }]))).toBe(0n);
  });

  it('without SEND_MESSAGES nothing that only sending is good for is left', () => {
    const quiet = channel(0, [
      { id: '1', type: 0, allow: P.MENTION_EVERYONE | P.SEND_TTS_MESSAGES | P.ATTACH_FILES, deny: P.SEND_MESSAGES },
    ]);

    expect(inChannel(quiet)).toBe((USUAL | P.MANAGE_MESSAGES) & ~P.SEND_MESSAGES);
  });

  it.each([2, 13])('without CONNECT nothing is left in a channel of type %i', (type) => {
    const deny: WorldOverwrite[] = [{ id: '1', type: 0, allow: 0n, deny: P.CONNECT }];

    expect(inChannel(channel(type, deny))).toBe(0n);
    expect(inChannel(channel(0, deny))).not.toBe(0n);
  });

  it('a category’s overwrites are not inherited', () => {
    const category = channel(4, [{ id: '1', type: 0, allow: 0n, deny: P.VIEW_CHANNEL }], { id: '99' });

    expect(inChannel(channel(0, [], { parent_id: '99' }), undefined, [category])).not.toBe(0n);
  });

  it.each([
    ['running', '2026-01-01T00:00:01+00:00', P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY],
    ['over', '2026-01-01T00:00:00+00:00', USUAL],
  ])('a time-out that is %s', (_state, until, expected) => {
    const who = member('5', [], { communication_disabled_until: until });

    expect(inChannel(channel(0), who)).toBe(expected);
    expect(evaluatePermissions({ guild: guild([who]), memberId: '5', nowEpochMs: NOW })).toBe(expected);
    expect(evaluateRoles(guild([who]), '5')).toBe(USUAL);
  });

  it('a time-out does not hold an administrator', () => {
    const who = member('5', ['12'], { communication_disabled_until: '2027-01-01T00:00:00Z' });

    expect(inChannel(channel(0), who)).toBe(ALL_PERMISSIONS);
  });

  it('who has not passed the screening can do nothing', () => {
    expect(inChannel(channel(0), member('5', ['10'], { pending: true }))).toBe(0n);
  });

  it('a thread has its parent’s overwrites, and SEND_MESSAGES has no say in it', () => {
    const parent = channel(0, [{ id: '1', type: 0, allow: P.EMBED_LINKS, deny: P.SEND_MESSAGES }], { id: '50' });
    const thread = channel(11, [{ id: '1', type: 0, allow: 0n, deny: P.VIEW_CHANNEL }], { parent_id: '50' });
    const there = inChannel(thread, undefined, [parent]);

    expect(there & P.SEND_MESSAGES_IN_THREADS).toBe(P.SEND_MESSAGES_IN_THREADS);
    expect(there & P.EMBED_LINKS).toBe(P.EMBED_LINKS);
    expect(inChannel(parent) & P.EMBED_LINKS).toBe(0n);
  });

  it('a thread whose parent is not there is nowhere', () => {
    expect(inChannel(channel(11, [], { parent_id: '50' }))).toBe(0n);
  });

  it.each<[string, WorldMember, number, boolean]>([
    ['closed to others', member('5', ['10']), 12, false],
    ['open to its members', member('6', []), 12, true],
    ['open to who manages threads', member('5', ['20']), 12, true],
    ['not closed when it is public', member('5', ['10']), 11, true],
  ])('a private thread is %s', (_rule, who, type, isOpen) => {
    const parent = channel(0, [], { id: '50' });
    const joined = [{ user_id: '6', join_timestamp: '2025-01-01T00:00:00Z' }];
    const thread = channel(type, [], { parent_id: '50', thread_members: joined });
    const base = guild([who], [parent, thread]);
    const withManager = { ...base, roles: [...base.roles, role('20', 1, P.MANAGE_THREADS)] };
    const there = evaluatePermissions({
      guild: withManager,
      memberId: who.user_id,
      channel: thread,
      nowEpochMs: NOW,
    });

    expect((there & P.VIEW_CHANNEL) !== 0n).toBe(isOpen);
  });
});

describe('isAbove', () => {
  const members = [
    member('900', []),
    member('5', ['11']),
    member('6', ['10']),
    member('7', ['11', '10']),
    member('8', []),
  ];

  it.each([
    ['5', '6', true],
    ['6', '5', false],
    ['5', '7', false],
    ['5', '5', false],
    ['900', '5', true],
    ['5', '900', false],
    ['900', '900', false],
    ['6', '8', true],
    ['8', '6', false],
    ['8', 'elsewhere', true],
    ['elsewhere', 'nowhere', false],
  ])('%s above %s: %s', (who, target, expected) => {
    expect(isAbove(guild(members), who, target)).toBe(expected);
  });
});
