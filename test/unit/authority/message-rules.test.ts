import { describe, expect, it } from 'vitest';
import type { PermissionName } from '../../../shared/catalogue/permission.ts';
import {
  ACTOR_ID,
  BOT_ID,
  buildChannel,
  buildDirectChannel,
  buildRole,
  buildWorld,
  CHANNEL_ID,
  decide,
  FOREIGN_GUILD_ID,
  GUILD_ID,
  MESSAGE_ID,
  OTHER_GUILD_ID,
  type AuthorityWorld,
} from '../../support/authority-facts.ts';
import { expectNeeds, listFailures } from '../../support/expect-needs.ts';

const VIEW = 'VIEW_CHANNEL';
const SENDING: readonly PermissionName[] = [VIEW, 'SEND_MESSAGES'];
const MANAGING: readonly PermissionName[] = [VIEW, 'MANAGE_MESSAGES'];
const NOT_OURS = [{ reason: 'not_made_for_connection', what: 'message' }];

const sentForUs = (world: AuthorityWorld) => world.made.add(`message ${CHANNEL_ID} ${MESSAGE_ID}`);
const writtenBy = (authorId: string) => (world: AuthorityWorld) => world.putMessage(MESSAGE_ID, authorId);

async function both(id: string, needed: readonly PermissionName[], body?: unknown, hasFiles = false) {
  await expectNeeds(id, { actor: needed, bot: needed, call: { body, hasFiles } });
}

describe('send_message', () => {
  it('needs SEND_MESSAGES, and what the body holds needs its own', async () => {
    const send = (body: object, name: PermissionName) => both('message.create', [...SENDING, name], body);

    await both('message.create', SENDING, { content: 'hi' });
    await both('typing.start', SENDING);
    await send({ embeds: [{ title: 'x' }] }, 'EMBED_LINKS');
    await send({ attachments: [{ id: 0 }] }, 'ATTACH_FILES');
    await send({ content: 'x', tts: true }, 'SEND_TTS_MESSAGES');
    await send({ poll: { question: { text: 'x' } } }, 'SEND_POLLS');
    await send({ flags: 1 << 13 }, 'SEND_VOICE_MESSAGES');
    await send({ content: 'x', message_reference: { message_id: MESSAGE_ID } }, 'READ_MESSAGE_HISTORY');
  });

  it('needs ATTACH_FILES for files', async () => {
    await both('message.create', [...SENDING, 'ATTACH_FILES'], { content: 'x' }, true);
  });

  it('needs MENTION_EVERYONE for mentions that would ping everyone', async () => {
    const everyone = { parse: ['everyone'] };
    const loud = [...SENDING, 'MENTION_EVERYONE'] as const;

    await both('message.create', loud, { content: '@everyone', allowed_mentions: everyone });
    await both('message.create', loud, { content: '@here', allowed_mentions: {} });
    await both('message.create', loud, { content: '@here', allowed_mentions: null });
    await both('message.create', loud, { components: [{ content: '@here' }], allowed_mentions: everyone });
    await both('message.create', SENDING, { content: '@everyone' });
    await both('message.create', SENDING, { content: '@everyone', allowed_mentions: { parse: ['users'] } });
    await both('message.create', SENDING, { content: 'everyone', allowed_mentions: everyone });
  });

  it('needs MENTION_EVERYONE for roles that not everybody may mention', async () => {
    const content = 'see <@&3999>';
    const mention = (allowed: object | undefined, isMentionable: boolean, needed: readonly PermissionName[]) =>
      expectNeeds('message.create', {
        actor: needed,
        bot: needed,
        call: { body: { content, ...(allowed === undefined ? {} : { allowed_mentions: allowed }) } },
        arrange: (world) => {
          const guild = world.guilds.get(GUILD_ID);
          if (guild === undefined) throw new Error('no guild');
          const roles = [...guild.roles, buildRole('3999', 1, 0n, { isMentionable })];
          world.guilds.set(GUILD_ID, { ...guild, roles });
        },
      });

    await mention({ parse: ['roles'] }, false, [...SENDING, 'MENTION_EVERYONE']);
    await mention({ roles: ['3999'] }, false, [...SENDING, 'MENTION_EVERYONE']);
    await mention({ roles: [3998] }, false, [...SENDING, 'MENTION_EVERYONE']);
    await mention({ roles: ['3998'] }, false, SENDING);
    await mention({ parse: ['roles'] }, true, SENDING);
    await mention(undefined, false, SENDING);
  });

  it('needs SEND_MESSAGES_IN_THREADS in a thread, and MANAGE_THREADS where it is locked', async () => {
    const threadOf = (change: object) => (world: AuthorityWorld) => {
      world.putChannel(buildChannel({ id: '42', type: 11, parentId: CHANNEL_ID, ...change }));
    };
    const call = { path: { channel_id: '42' }, body: { content: 'x' } };
    const writing = [VIEW, 'SEND_MESSAGES_IN_THREADS'] as const;
    const managing = [...writing, 'MANAGE_THREADS'] as const;

    await expectNeeds('message.create', { actor: writing, bot: writing, call, arrange: threadOf({}) });
    const locked = { actor: managing, bot: writing, call, arrange: threadOf({ isLocked: true }) };
    await expectNeeds('message.create', locked);
    const closed = { actor: managing, bot: managing, call, arrange: threadOf({ isLocked: true, isArchived: true }) };
    await expectNeeds('message.create', closed);
  });

  it('forwards only what both can read where it stands', async () => {
    const forward = async (channelId: string, actor: readonly PermissionName[], more: object = {}) => {
      const world = buildWorld(actor, [...SENDING, 'READ_MESSAGE_HISTORY']);
      world.putChannel(buildChannel({ id: '41', guildId: FOREIGN_GUILD_ID }));
      world.putChannel(buildChannel({ id: '43', guildId: OTHER_GUILD_ID }));
      world.putChannel(buildChannel({ id: '44', guildId: OTHER_GUILD_ID, overwrites: [hidden] }));
      world.putChannel(buildDirectChannel('45', ACTOR_ID));
      world.putChannel(buildDirectChannel('46', '2999'));
      const reference = { type: 1, message_id: '1', channel_id: channelId, ...more };
      return (await decide(world, 'message.create', { body: { message_reference: reference } })).failures;
    };
    const hidden = { id: ACTOR_ID, kind: 'member' as const, allow: 0n, deny: 1n << 10n };
    const reading = [...SENDING, 'READ_MESSAGE_HISTORY'] as const;

    expect(await forward('43', reading)).toEqual([]);
    expect(await forward(CHANNEL_ID, reading)).toEqual([]);
    expect(await forward(CHANNEL_ID, SENDING)).toMatchObject([
      { reason: 'actor_permission_missing', missing: ['READ_MESSAGE_HISTORY'] },
    ]);
    expect(await forward('43', reading, { guild_id: OTHER_GUILD_ID })).toEqual([]);
    expect(await forward('43', reading, { guild_id: FOREIGN_GUILD_ID })).toEqual([{ reason: 'guild_not_connected' }]);
    expect(await forward('41', reading)).toEqual([{ reason: 'guild_not_connected' }]);
    expect(await forward('404', reading)).toEqual([{ reason: 'guild_not_connected' }]);
    expect(await forward('43', reading, { channel_id: 43 })).toEqual([{ reason: 'guild_not_connected' }]);
    expect(await forward('43', reading, { guild_id: 1001 })).toEqual([{ reason: 'guild_not_connected' }]);
    expect(await forward('44', reading)).toMatchObject([{ reason: 'actor_permission_missing', placeId: '44' }]);
    expect(await forward('45', reading)).toEqual([]);
    expect(await forward('46', reading)).toEqual([{ reason: 'direct_message_refused' }]);
  });
});

describe('edit_message', () => {
  it('changes what was sent for this connection, and writes by it only what the user may write', async () => {
    const edit = (actor: readonly PermissionName[], body: object) =>
      expectNeeds('message.edit', { actor, bot: [VIEW], call: { body }, arrange: sentForUs });

    await edit([VIEW], { content: 'x' });
    const everyone = { content: '@everyone', allowed_mentions: { parse: ['everyone'] } };
    expect(
      await listFailures('message.edit', SENDING, [VIEW], { call: { body: everyone }, arrange: sentForUs }),
    ).toEqual([
      { reason: 'actor_permission_missing', missing: ['MENTION_EVERYONE'], where: 'channel', placeId: CHANNEL_ID },
    ]);
  });

  it('leaves the messages of others alone, but for their flags', async () => {
    const managers = { actor: MANAGING, bot: MANAGING, call: { body: { flags: 4 } } };

    expect(await listFailures('message.edit', MANAGING, MANAGING, { call: { body: { content: 'x' } } })).toEqual(
      NOT_OURS,
    );
    const mixed = { call: { body: { content: 'x', flags: 4 } } };
    expect(await listFailures('message.edit', MANAGING, MANAGING, mixed)).toEqual(NOT_OURS);
    await expectNeeds('message.edit', managers);
    await expectNeeds('message.edit', { ...managers, bot: [VIEW], arrange: writtenBy(BOT_ID) });
  });
});

describe('delete_message', () => {
  it('needs MANAGE_MESSAGES but for what the connection or the user wrote', async () => {
    await expectNeeds('message.delete', { actor: MANAGING, bot: MANAGING });
    await expectNeeds('message.delete', { actor: [VIEW], bot: [VIEW], arrange: sentForUs });
    await expectNeeds('message.delete', { actor: [VIEW], bot: MANAGING, arrange: writtenBy(ACTOR_ID) });
    await expectNeeds('message.delete', { actor: MANAGING, bot: [VIEW], arrange: writtenBy(BOT_ID) });
  });

  it('says so when there is no such message', async () => {
    const call = { path: { message_id: '404' } };
    const remove = (bot: readonly PermissionName[]) => listFailures('message.delete', MANAGING, bot, { call });

    expect(await remove([...MANAGING, 'READ_MESSAGE_HISTORY'])).toEqual([
      { reason: 'bot_access_missing', what: 'message' },
    ]);
    // Then nobody knows whether there is one.
    expect(await remove(MANAGING)).toMatchObject([
      { reason: 'bot_permission_missing', missing: ['READ_MESSAGE_HISTORY'] },
    ]);
  });

  it('deletes in direct messages only what was sent for this connection', async () => {
    const world = buildWorld([], []);
    world.putChannel(buildDirectChannel('45', ACTOR_ID));
    const remove = async () => (await decide(world, 'message.delete', { path: { channel_id: '45' } })).failures;

    expect(await remove()).toEqual(NOT_OURS);
    world.made.add(`message 45 ${MESSAGE_ID}`);
    expect(await remove()).toEqual([]);
  });
});

describe('crosspost_message', () => {
  const news = (world: AuthorityWorld) => {
    world.putChannel(buildChannel({ type: 5 }));
    world.putMessage(MESSAGE_ID, BOT_ID);
  };

  it('needs an announcement channel, SEND_MESSAGES, and for the messages of others MANAGE_MESSAGES', async () => {
    const needed = [...SENDING, 'MANAGE_MESSAGES'] as const;

    expect(await listFailures('message.crosspost', needed, needed)).toMatchObject([{ reason: 'channel_unsuitable' }]);
    await expectNeeds('message.crosspost', { actor: needed, bot: SENDING, arrange: news });
    const ours = (world: AuthorityWorld) => {
      news(world);
      sentForUs(world);
    };
    await expectNeeds('message.crosspost', { actor: SENDING, bot: SENDING, arrange: ours });
  });
});

describe('reactions', () => {
  const READING = [VIEW, 'READ_MESSAGE_HISTORY'] as const;

  it('need ADD_REACTIONS for the first of their kind', async () => {
    const adding = [...READING, 'ADD_REACTIONS'] as const;
    const reacted = (world: AuthorityWorld) => world.putMessage(MESSAGE_ID, ACTOR_ID, '👍', 'old:77');

    await expectNeeds('reaction.add', { actor: adding, bot: adding });
    await expectNeeds('reaction.add', { actor: READING, bot: READING, arrange: reacted });
    const custom = { actor: READING, bot: READING, arrange: reacted, call: { path: { emoji_name: 'new:77' } } };
    await expectNeeds('reaction.add', custom);
  });

  it('are taken back where they were added for this connection', async () => {
    const failures = await listFailures('reaction.remove_own', [VIEW], [VIEW]);
    const made = (world: AuthorityWorld) => world.made.add(`reaction ${CHANNEL_ID} ${MESSAGE_ID} 👍`);

    expect(failures).toEqual([{ reason: 'not_made_for_connection', what: 'reaction' }]);
    await expectNeeds('reaction.remove_own', { actor: [VIEW], bot: [VIEW], arrange: made });
  });

  it('of others need MANAGE_MESSAGES', async () => {
    const own = { path: { user_id: ACTOR_ID } };
    const ofBot = { path: { user_id: BOT_ID } };

    await expectNeeds('reaction.remove', { actor: MANAGING, bot: MANAGING });
    await expectNeeds('reaction.remove', { actor: [VIEW], bot: MANAGING, call: own });
    await expectNeeds('reaction.remove', { actor: MANAGING, bot: [VIEW], call: ofBot });
  });
});
