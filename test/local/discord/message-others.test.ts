import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION } from '../../../infra/local/discord/permissions.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';
import { CHANNELS, listErrors, MESSAGES, say, sendForm } from './message-bot.ts';

let bot: GuildBot;

const { ada } = SEED_USERS;

beforeAll(async () => {
  bot = await startGuildBot();
});

afterAll(() => bot.simulator.stop());

/** Runs with a guild in which a channel denies everyone something, and puts the guild back. */
async function withDenied(channelId: string, deny: bigint, act: () => Promise<void>): Promise<void> {
  const { control } = bot.simulator;
  const { guild } = await control.readGuild({ guild_id: bot.guildId });
  const permission_overwrites = [{ id: bot.guildId, type: 0 as const, allow: '0', deny: String(deny) }];
  const channels = guild.channels.map((channel) =>
    channel.id === channelId ? { ...channel, permission_overwrites } : channel,
  );
  await control.putGuild({ guild: { ...guild, channels } });
  await act();
  await control.putGuild({ guild });
}

describe('another application', () => {
  it('has nonces and conversations of its own', async () => {
    const { control } = bot.simulator;
    const other = await control.registerApplication({ name: 'Other' });
    await control.installBot({ client_id: other.client_id, guild_id: bot.guildId, permissions: '0' });
    const headers = { authorization: `Bot ${other.bot_token}` };
    const body = { content: 'a', nonce: 'same', enforce_nonce: true };
    const mine = await say(bot, body);
    const theirs = await bot.call('POST', MESSAGES, body, headers);
    expect([theirs.status, theirs.json['id'] === mine['id']]).toEqual([200, false]);
    const dm = await bot.call('POST', '/users/@me/channels', { recipient_id: ada.id }, headers);

    expect(await bot.outcome('GET', `/channels/${String(dm.json['id'])}/messages`)).toEqual([403, 50001]);
  });
});

describe('what a channel denies', () => {
  it('embeds and files need their permissions', async () => {
    await withDenied(CHANNELS.general, PERMISSION.EMBED_LINKS | PERMISSION.ATTACH_FILES, async () => {
      expect(await bot.outcome('POST', MESSAGES, { embeds: [{ title: 'a' }] })).toEqual([403, 50013]);
      const form = new FormData();
      form.append('files[0]', new Blob(['x']), 'a.txt');
      expect((await sendForm(bot, 'POST', MESSAGES, form)).json['code']).toBe(50013);
      expect(await bot.outcome('POST', MESSAGES, { content: 'a' })).toEqual([200, undefined]);
    });
  });

  it('a forward needs to read where the message stands', async () => {
    const channel_id = CHANNELS.announcements;
    const { message_id } = await bot.simulator.control.sayAs({
      user_id: ada.id,
      channel_id,
      body: { content: 'news' },
    });
    const message_reference = { type: 1, message_id, channel_id };
    await withDenied(channel_id, PERMISSION.READ_MESSAGE_HISTORY, async () => {
      expect(await bot.outcome('POST', MESSAGES, { message_reference })).toEqual([403, 50013]);
    });

    expect(await bot.outcome('POST', MESSAGES, { message_reference })).toEqual([200, undefined]);
  });

  it('taking a reaction back needs no reading, adding one does', async () => {
    const path = `${MESSAGES}/${String((await say(bot, { content: 'a' }))['id'])}/reactions/%F0%9F%98%80/@me`;
    await bot.call('PUT', path);
    await withDenied(CHANNELS.general, PERMISSION.READ_MESSAGE_HISTORY, async () => {
      expect(await bot.outcome('DELETE', path)).toEqual([204, undefined]);
      expect(await bot.outcome('PUT', path)).toEqual([403, 50013]);
    });
  });
});

describe('what is elsewhere', () => {
  it('a reply cannot name another channel', async () => {
    const message_id = String((await say(bot, { content: 'a' }))['id']);
    for (const where of [{ channel_id: CHANNELS.announcements }, { guild_id: SEED_GUILDS.stars.id }]) {
      const reply = await bot.call('POST', MESSAGES, { content: 'b', message_reference: { message_id, ...where } });
      expect(listErrors(reply)).toEqual(['message_reference REPLIES_UNKNOWN_MESSAGE']);
    }
  });

  it('emojis of other guilds need USE_EXTERNAL_EMOJIS', async () => {
    const { emoji_id } = await bot.simulator.control.addEmoji({ guild_id: SEED_GUILDS.stars.id, name: 'star' });
    const path = `${MESSAGES}/${String((await say(bot, { content: 'a' }))['id'])}/reactions/star:${emoji_id}/@me`;

    expect(await bot.outcome('PUT', path)).toEqual([403, 50013]);
    await bot.arm(PERMISSION.USE_EXTERNAL_EMOJIS);
    expect(await bot.outcome('PUT', path)).toEqual([204, undefined]);
  });
});

describe('components', () => {
  const row = (...components: object[]) => ({ type: 1, components });
  const button = { type: 2, style: 1, label: 'Go', custom_id: 'go' };

  it('have each custom id once', async () => {
    const reply = await bot.call('POST', MESSAGES, { content: 'a', components: [row(button), row(button)] });

    expect(listErrors(reply)).toEqual(['components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED']);
    const other = { ...button, custom_id: 'stop' };
    expect(await bot.outcome('POST', MESSAGES, { components: [row(button, other)] })).toEqual([200, undefined]);
  });

  it('are what makes a message, also an edited one', async () => {
    const components = [{ type: 10, content: 'a' }];
    const { id } = await say(bot, { flags: 1 << 15, components });
    const path = `${MESSAGES}/${String(id)}`;

    expect(listErrors(await bot.call('PATCH', path, { content: 'b' }))).toEqual([
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ]);
    const edited = await bot.call('PATCH', path, { components: [{ type: 10, content: 'b' }] });
    expect(edited.json).toMatchObject({ flags: 1 << 15, components: [{ content: 'b' }] });
  });
});
