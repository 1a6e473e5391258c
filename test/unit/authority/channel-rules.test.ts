import { describe, expect, it } from 'vitest';
import type { PermissionName } from '../../../shared/catalogue/permission.ts';
import {
  ACTOR_ID,
  bitsOf,
  BOT_ID,
  buildChannel,
  buildWorld,
  CHANNEL_ID,
  decide,
  FOREIGN_GUILD_ID,
  OTHER_GUILD_ID,
  WEBHOOK_ID,
  type AuthorityWorld,
} from '../../support/authority-facts.ts';
import { expectNeeds, listFailures } from '../../support/expect-needs.ts';

const VIEW = 'VIEW_CHANNEL';
const HOOKS: readonly PermissionName[] = [VIEW, 'MANAGE_WEBHOOKS'];
const IN_THREAD = { path: { channel_id: '42' } };

const withThread =
  (change: object = {}) =>
  (world: AuthorityWorld) => {
    world.putChannel(buildChannel({ id: '42', type: 11, parentId: CHANNEL_ID, ...change }));
  };

const withType = (type: number) => (world: AuthorityWorld) => world.putChannel(buildChannel({ type }));

async function both(id: string, needed: readonly PermissionName[], more: object = {}): Promise<void> {
  await expectNeeds(id, { actor: needed, bot: needed, ...more });
}

describe('create_thread', () => {
  it('needs the permission of the kind, which is private unless the body says otherwise', async () => {
    await both('thread.create', [VIEW, 'CREATE_PRIVATE_THREADS'], { call: { body: { name: 'x' } } });
    await both('thread.create', [VIEW, 'CREATE_PUBLIC_THREADS'], { call: { body: { name: 'x', type: 11 } } });
    const reading = [VIEW, 'READ_MESSAGE_HISTORY', 'CREATE_PUBLIC_THREADS'] as const;
    await both('thread.create_from_message', reading, { call: { body: { name: 'x' } } });
  });

  it('posts in forums by SEND_MESSAGES and what the message needs', async () => {
    const body = { name: 'x', message: { embeds: [{}] } };

    await both('thread.create', [VIEW, 'SEND_MESSAGES', 'EMBED_LINKS'], { call: { body }, arrange: withType(15) });
  });

  it('starts none within another', async () => {
    const needed = [VIEW, 'CREATE_PUBLIC_THREADS'] as const;
    const call = { ...IN_THREAD, body: { name: 'x', type: 11 } };

    expect(await listFailures('thread.create', needed, needed, { call, arrange: withThread() })).toMatchObject([
      { reason: 'channel_unsuitable' },
    ]);
  });
});

describe('threads', () => {
  it('lists private ones by READ_MESSAGE_HISTORY and MANAGE_THREADS', async () => {
    await both('threads.list_archived_private', [VIEW, 'READ_MESSAGE_HISTORY', 'MANAGE_THREADS']);
  });

  it('lists members of threads only', async () => {
    const inThread = { call: IN_THREAD, arrange: withThread() };

    expect(await listFailures('thread_members.list', [VIEW], [VIEW], inThread)).toEqual([]);
    expect(await listFailures('thread_members.list', [VIEW], [VIEW])).toMatchObject([{ reason: 'channel_unsuitable' }]);
  });

  it('brings somebody in by writing there', async () => {
    const writing = [VIEW, 'SEND_MESSAGES_IN_THREADS'] as const;

    await both('thread_member.add', writing, { call: IN_THREAD, arrange: withThread() });
  });

  it('takes others out by MANAGE_THREADS, of a private one as its owner, and oneself', async () => {
    const managing = [VIEW, 'MANAGE_THREADS'] as const;
    const own = { call: { path: { channel_id: '42', user_id: ACTOR_ID } }, arrange: withThread() };
    const owned = (world: AuthorityWorld) => {
      withThread({ type: 12, ownerId: ACTOR_ID })(world);
      world.threadMembers.add(`42 ${ACTOR_ID}`);
    };

    await both('thread_member.remove', managing, { call: IN_THREAD, arrange: withThread() });
    await expectNeeds('thread_member.remove', { actor: [VIEW], bot: managing, ...own });
    await expectNeeds('thread_member.remove', { actor: [VIEW], bot: managing, call: IN_THREAD, arrange: owned });
    await both('thread_member.remove', managing, { ...own, call: { path: { channel_id: '42', user_id: BOT_ID } } });
  });

  it('opens a private thread only to its members', async () => {
    const arrange = (world: AuthorityWorld) => {
      withThread({ type: 12 })(world);
      world.threadMembers.add(`42 ${BOT_ID}`);
    };
    const read = (more: (world: AuthorityWorld) => void) =>
      listFailures('channel.read', [VIEW], [VIEW], { call: IN_THREAD, arrange: more });

    expect(await read(arrange)).toMatchObject([{ reason: 'actor_permission_missing', missing: ['MANAGE_THREADS'] }]);
    const entered = (world: AuthorityWorld) => {
      arrange(world);
      world.threadMembers.add(`42 ${ACTOR_ID}`);
    };
    expect(await read(entered)).toEqual([]);
  });
});

describe('edit_channel and delete_channel', () => {
  it('need MANAGE_CHANNELS, of a thread MANAGE_THREADS', async () => {
    const inThread = { call: { ...IN_THREAD, body: { name: 'x' } }, arrange: withThread() };

    await both('channel.edit', [VIEW, 'MANAGE_CHANNELS'], { call: { body: { name: 'x' } } });
    await both('channel.edit', [VIEW, 'MANAGE_THREADS'], inThread);
    await both('channel.delete', [VIEW, 'MANAGE_CHANNELS']);
    await both('channel.delete', [VIEW, 'MANAGE_THREADS'], inThread);
  });

  it('need MANAGE_ROLES for overwrites, and every permission that these change', async () => {
    const bits = bitsOf('SEND_MESSAGES');
    const set = (allow: bigint, deny: bigint) => ({
      call: { body: { permission_overwrites: [{ id: '7', type: 0, allow: `${allow}`, deny: `${deny}` }] } },
    });
    const before = (world: AuthorityWorld) => {
      world.putChannel(buildChannel({ overwrites: [{ id: '7', kind: 'role', allow: bits, deny: 0n }] }));
    };
    const managing = [VIEW, 'MANAGE_CHANNELS', 'MANAGE_ROLES'] as const;

    await both('channel.edit', [...managing, 'SEND_MESSAGES'], set(bits, 0n));
    await both('channel.edit', [...managing, 'SEND_MESSAGES'], set(0n, bits));
    await both('channel.edit', managing, { ...set(bits, 0n), arrange: before });
    const unreadable = { body: { permission_overwrites: [{ id: '7', type: 0, allow: -1 }] } };
    expect(await listFailures('channel.edit', managing, managing, { call: unreadable })).toHaveLength(2);
    const clear = { call: { body: { permission_overwrites: [] } }, arrange: before };
    await both('channel.edit', [...managing, 'SEND_MESSAGES'], clear);
  });

  it('move a channel only within its guild, under what both manage', async () => {
    const managing = [VIEW, 'MANAGE_CHANNELS'] as const;
    const hidden = { id: ACTOR_ID, kind: 'member' as const, allow: 0n, deny: bitsOf('MANAGE_CHANNELS') };
    const arrange = (world: AuthorityWorld) => {
      world.putChannel(buildChannel({ id: '51', type: 4 }));
      world.putChannel(buildChannel({ id: '52', type: 4, overwrites: [hidden] }));
      world.putChannel(buildChannel({ id: '53', type: 4, guildId: OTHER_GUILD_ID }));
      world.putChannel(buildChannel({ id: '54', type: 4, guildId: FOREIGN_GUILD_ID }));
    };
    const move = (parentId: string) =>
      listFailures('channel.edit', managing, managing, { call: { body: { parent_id: parentId } }, arrange });

    expect(await move('51')).toEqual([]);
    expect(await move('52')).toMatchObject([{ reason: 'actor_permission_missing', placeId: '52' }]);
    expect(await move('53')).toMatchObject([{ reason: 'channel_unsuitable' }]);
    expect(await move('54')).toEqual([{ reason: 'guild_not_connected' }]);
  });
});

describe('webhooks', () => {
  const ours = (world: AuthorityWorld) => world.made.add(`webhook ${WEBHOOK_ID}`);

  it('need MANAGE_WEBHOOKS, unless they were made for this connection', async () => {
    await both('webhook.create', HOOKS, { call: { body: { name: 'x' } } });
    await expectNeeds('guild_webhooks.list', { actor: ['MANAGE_WEBHOOKS'], bot: ['MANAGE_WEBHOOKS'] });
    for (const id of ['webhook.read', 'webhook.edit', 'webhook.delete', 'webhook.execute', 'webhook_message.edit']) {
      await both(id, HOOKS, { call: { body: {} } });
      await both(id, [], { call: { body: {} }, arrange: ours });
    }
  });

  it('move only to a channel of the same guild in which both manage webhooks', async () => {
    const move = (channelId: string, actor: readonly PermissionName[]) =>
      listFailures('webhook.edit', actor, HOOKS, {
        call: { body: { channel_id: channelId } },
        arrange: (world) => {
          ours(world);
          world.putChannel(buildChannel({ id: '51' }));
          world.putChannel(buildChannel({ id: '54', guildId: FOREIGN_GUILD_ID }));
        },
      });

    expect(await move('51', HOOKS)).toEqual([]);
    expect(await move('51', [VIEW])).toMatchObject([{ reason: 'actor_permission_missing', placeId: '51' }]);
    expect(await move('54', HOOKS)).toEqual([{ reason: 'guild_not_connected' }]);
    expect(await move(CHANNEL_ID, [])).toEqual([]);
  });

  it('write in threads of their own channel that both see', async () => {
    const post = (threadId: string, actor: readonly PermissionName[] = HOOKS) =>
      listFailures('webhook.execute', actor, HOOKS, {
        call: { query: `thread_id=${threadId}`, body: { content: 'x' } },
        arrange: (world) => {
          ours(world);
          withThread()(world);
          world.putChannel(buildChannel({ id: '43', type: 11, parentId: '51' }));
          world.putChannel(buildChannel({ id: '51' }));
        },
      });

    expect(await post('42')).toEqual([]);
    expect(await post('42', [])).toMatchObject([{ reason: 'actor_permission_missing', placeId: '42' }]);
    expect(await post('43')).toMatchObject([{ reason: 'channel_unsuitable' }]);
    expect(await post('404')).toEqual([{ reason: 'guild_not_connected' }]);
  });
});

describe('search', () => {
  it('needs READ_MESSAGE_HISTORY in every channel that is named, otherwise in the guild', async () => {
    const reading = [VIEW, 'READ_MESSAGE_HISTORY'] as const;
    const find = async (query: string) => {
      const world = buildWorld(reading, reading);
      const deny = bitsOf('READ_MESSAGE_HISTORY');
      world.putChannel(buildChannel({ id: '51', overwrites: [{ id: ACTOR_ID, kind: 'member', allow: 0n, deny }] }));
      world.putChannel(buildChannel({ id: '54', guildId: FOREIGN_GUILD_ID }));
      return (await decide(world, 'guild_messages.search', { query })).failures;
    };

    await both('guild_messages.search', ['READ_MESSAGE_HISTORY'], { call: { query: 'content=x' } });
    expect(await find(`channel_id=${CHANNEL_ID}`)).toEqual([]);
    expect(await find(`channel_id=${CHANNEL_ID}&channel_id=51`)).toMatchObject([{ placeId: '51' }]);
    expect(await find(`channel_id=${CHANNEL_ID}&channel_id=54`)).toEqual([{ reason: 'guild_not_connected' }]);
  });
});

describe('direct_message', () => {
  it('opens a channel with the connected user and nobody else', async () => {
    const open = async (body: unknown) => (await decide(buildWorld([], []), 'direct_message.open', { body })).failures;

    expect(await open({ recipient_id: ACTOR_ID })).toEqual([]);
    expect(await open({ recipient_id: BOT_ID })).toEqual([{ reason: 'direct_message_refused' }]);
    expect(await open({ recipient_id: Number(ACTOR_ID) })).toEqual([{ reason: 'direct_message_refused' }]);
  });
});
