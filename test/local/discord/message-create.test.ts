import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION } from '../../../infra/local/discord/permissions.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';
import { CHANNELS, listErrors, MESSAGES, say } from './message-bot.ts';

let bot: GuildBot;

const { ada, grace } = SEED_USERS;
const MODERATOR = SEED_GUILDS.analyticalEngine.roles[1]?.id ?? '';
const V2 = 1 << 15;

beforeAll(async () => {
  bot = await startGuildBot();
});

afterAll(() => bot.simulator.stop());

describe('POST /channels/{channel_id}/messages', () => {
  it('sends and gives the message back', async () => {
    const message = await say(bot, { content: '  Hello  ', something_new: true });

    expect(message).toMatchObject({
      channel_id: CHANNELS.general,
      content: 'Hello',
      type: 0,
      author: { id: bot.simulator.application.clientId, bot: true },
      edited_timestamp: null,
      pinned: false,
    });
    expect((await bot.call('GET', `${MESSAGES}/${String(message['id'])}`)).json).toEqual(message);
  });

  it.each([{}, { content: '' }, { content: ' \n ' }, { embeds: [] }, { content: null }])(
    'refuses nothing at all: %j',
    async (body) => {
      expect(await bot.outcome('POST', MESSAGES, body)).toEqual([400, 50006]);
    },
  );

  it('counts characters as code points', async () => {
    await say(bot, { content: '😀'.repeat(2000) });
    const reply = await bot.call('POST', MESSAGES, { content: 'x'.repeat(2001) });

    expect([reply.status, reply.json['code'], listErrors(reply)]).toEqual([
      400,
      50035,
      ['content BASE_TYPE_MAX_LENGTH'],
    ]);
  });

  it.each([
    [{ embeds: [{ title: 'x'.repeat(257) }] }, 'embeds.0.title BASE_TYPE_MAX_LENGTH'],
    [{ embeds: [{ title: 'a' }, { fields: [{ name: 'x' }] }] }, 'embeds.1.fields.0.value BASE_TYPE_REQUIRED'],
    [{ embeds: [{}] }, 'embeds.0.description BASE_TYPE_REQUIRED'],
    [{ embeds: Array.from({ length: 11 }, () => ({ title: 'a' })) }, 'embeds BASE_TYPE_MAX_LENGTH'],
    [
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
      'embeds MAX_EMBED_SIZE_EXCEEDED',
    ],
    [{ embeds: [{ title: 'a', url: 'ftp://example.com' }] }, 'embeds.0.url URL_TYPE_INVALID_SCHEME'],
    [{ embeds: [{ image: { url: 'attachment://a.png' } }] }, 'embeds.0.image.url ATTACHMENT_NOT_FOUND'],
    [{ embeds: [{ title: 'a', color: 16_777_216 }] }, 'embeds.0.color NUMBER_TYPE_MAX'],
    [{ content: 'a', nonce: 'x'.repeat(26) }, 'nonce BASE_TYPE_MAX_LENGTH'],
    [{ content: 'a', nonce: true }, 'nonce STRING_TYPE_CONVERT'],
    [{ content: 'a', flags: 1 << 6 }, 'flags MESSAGE_FLAGS_INVALID'],
    [{ content: 'a', sticker_ids: ['1', '2', '3', '4'] }, 'sticker_ids BASE_TYPE_MAX_LENGTH'],
    [
      { content: 'a', allowed_mentions: { parse: ['users'], users: [ada.id] } },
      'allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
    [{ content: 'a', allowed_mentions: { parse: ['all'] } }, 'allowed_mentions.parse.0 BASE_TYPE_CHOICES'],
    [{ poll: { question: { text: 'a' }, answers: [] } }, 'poll.answers BASE_TYPE_MIN_LENGTH'],
    [{ content: 'a', message_reference: { message_id: '1' } }, 'message_reference REPLIES_UNKNOWN_MESSAGE'],
    [{ content: 'a', message_reference: {} }, 'message_reference.message_id BASE_TYPE_REQUIRED'],
    [{ content: 'a', attachments: [{ id: 0 }] }, 'attachments.0.id ATTACHMENT_NOT_FOUND'],
    [{ content: 'a', components: [{ type: 10, content: 'x' }] }, 'components.0.type BASE_TYPE_CHOICES'],
    [{ content: 'a', components: [{ type: 1, components: [] }] }, 'components.0.components BASE_TYPE_BAD_LENGTH'],
    [
      { content: 'a', components: [{ type: 1, components: [{ type: 2, style: 1, label: 'x' }] }] },
      'components.0.components.0.custom_id BASE_TYPE_REQUIRED',
    ],
    [{ flags: V2, components: Array.from({ length: 41 }, () => ({ type: 14 })) }, 'components BASE_TYPE_MAX_LENGTH'],
    [
      { flags: V2, content: 'a', components: [{ type: 10, content: 'x' }] },
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
  ])('names the place of what is wrong: %j', async (body, error) => {
    const reply = await bot.call('POST', MESSAGES, body);

    expect([reply.status, reply.json['code'], listErrors(reply)]).toEqual([400, 50035, [error]]);
  });

  it('takes a message of components, whose texts ping like content', async () => {
    const components = [{ type: 17, components: [{ type: 10, content: `Hi <@${ada.id}>` }] }];

    expect(await say(bot, { flags: V2, components })).toMatchObject({
      flags: V2,
      components,
      mentions: [{ id: ada.id }],
    });
  });

  it('demands the permissions of what is sent', async () => {
    expect(await bot.outcome('POST', MESSAGES, { content: 'a', tts: true })).toEqual([403, 50013]);
    const poll = { question: { text: 'Tea?' }, answers: [{ poll_media: { text: 'Yes' } }] };
    expect(await bot.outcome('POST', MESSAGES, { poll })).toEqual([403, 50013]);
    await bot.arm(PERMISSION.SEND_TTS_MESSAGES | PERMISSION.SEND_POLLS);
    expect((await say(bot, { content: 'a', tts: true }))['tts']).toBe(true);
    expect((await say(bot, { poll }))['poll']).toMatchObject({ answers: [{ answer_id: 1 }], allow_multiselect: false });
  });

  it('sends only where there are messages and where the bot may', async () => {
    await bot.arm(0n);
    const outcome = (channel: string) => bot.outcome('POST', `/channels/${channel}/messages`, { content: 'a' });

    expect(await outcome(CHANNELS.questions)).toEqual([400, 50008]);
    expect(await outcome(CHANNELS.announcements)).toEqual([403, 50013]);
    expect(await outcome(CHANNELS['staff-only'])).toEqual([403, 50001]);
    expect(await outcome('123')).toEqual([404, 10003]);
  });
});

describe('nonces', () => {
  it('give the first message again when they are enforced, and make none', async () => {
    const first = await say(bot, { content: 'once', nonce: 'n-1', enforce_nonce: true });
    const second = await say(bot, { content: 'twice', nonce: 'n-1', enforce_nonce: true });

    expect(second).toEqual(first);
    expect(first['nonce']).toBe('n-1');
    const { items } = await bot.simulator.control.listMessages({ channel_id: CHANNELS.general });
    expect(items.filter(({ content }) => content === 'once' || content === 'twice')).toHaveLength(1);
  });

  it('say nothing when they are not enforced, or after some minutes', async () => {
    const first = await say(bot, { content: 'a', nonce: 7, enforce_nonce: true });
    expect((await say(bot, { content: 'b', nonce: 7 }))['id']).not.toBe(first['id']);
    await bot.simulator.control.advanceClock({ advance_ms: 10 * 60_000 });

    expect((await say(bot, { content: 'c', nonce: 7, enforce_nonce: true }))['content']).toBe('c');
  });
});

describe('mentions', () => {
  const content = `<@${ada.id}> <@!${grace.id}> <@&${MODERATOR}> @everyone \`<@${SEED_USERS.noor.id}>\``;
  const pinged = async (body: object) => {
    const { mentions, mention_roles, mention_everyone } = await say(bot, { content, ...body });
    return [(mentions as { id: string }[]).map(({ id }) => id), mention_roles, mention_everyone];
  };

  it('ping users by default, and roles and everyone only with the permission', async () => {
    await bot.arm(0n);
    expect(await pinged({})).toEqual([[ada.id, grace.id], [], false]);
    await bot.arm(PERMISSION.MENTION_EVERYONE);
    expect(await pinged({})).toEqual([[ada.id, grace.id], [MODERATOR], true]);
  });

  it('ping whom the author allows, and nobody when that is nobody', async () => {
    await bot.arm(PERMISSION.MENTION_EVERYONE);

    expect(await pinged({ allowed_mentions: { parse: [] } })).toEqual([[], [], false]);
    expect(await pinged({ allowed_mentions: { users: [grace.id] } })).toEqual([[grace.id], [], false]);
    expect(await pinged({ allowed_mentions: { parse: ['roles'] } })).toEqual([[], [MODERATOR], false]);
  });
});

describe('replies and forwards', () => {
  it('carry what they are about, and a reply pings only when told so', async () => {
    const { message_id } = await bot.simulator.control.sayAs({
      user_id: grace.id,
      channel_id: CHANNELS.general,
      body: { content: 'Who is there?' },
    });
    const reply = await say(bot, {
      content: 'Me',
      message_reference: { message_id },
      allowed_mentions: { parse: [], replied_user: false },
    });

    expect(reply).toMatchObject({
      type: 19,
      mentions: [],
      message_reference: { type: 0, message_id, guild_id: bot.guildId },
      referenced_message: { id: message_id, content: 'Who is there?' },
    });
    const pinging = await say(bot, { content: 'Me', message_reference: { message_id } });
    expect(pinging['mentions']).toMatchObject([{ id: grace.id }]);
    const forward = { type: 1, message_id, channel_id: CHANNELS.general };
    expect(await say(bot, { message_reference: forward })).toMatchObject({
      content: '',
      message_snapshots: [{ message: { content: 'Who is there?' } }],
    });
    expect(listErrors(await bot.call('POST', MESSAGES, { content: 'a', message_reference: forward }))).toEqual([
      'message_reference MESSAGE_FORWARD_CANNOT_HAVE_CONTENT',
    ]);
  });

  it('need the message, unless the author takes its absence', async () => {
    const message_reference = { message_id: '1', fail_if_not_exists: false };

    expect((await say(bot, { content: 'a', message_reference }))['type']).toBe(0);
  });

  it('need permission to read what was said before', async () => {
    const { guild } = await bot.simulator.control.readGuild({ guild_id: bot.guildId });
    const closed = guild.channels.map((channel) =>
      channel.id === CHANNELS.general
        ? {
            ...channel,
            permission_overwrites: [
              { id: bot.guildId, type: 0 as const, allow: '0', deny: String(PERMISSION.READ_MESSAGE_HISTORY) },
            ],
          }
        : channel,
    );
    await bot.simulator.control.putGuild({ guild: { ...guild, channels: closed } });
    const body = { content: 'a', message_reference: { message_id: '1', fail_if_not_exists: false } };

    expect(await bot.outcome('POST', MESSAGES, body)).toEqual([403, 160_002]);
    await bot.simulator.control.putGuild({ guild });
  });
});
