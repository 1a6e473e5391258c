import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION } from '../../../infra/local/discord/permissions.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';
import { CHANNELS, MESSAGES, readList, say } from './message-bot.ts';

let bot: GuildBot;
const ids: string[] = [];

const { ada, solo } = SEED_USERS;

beforeAll(async () => {
  bot = await startGuildBot();
  for (let count = 0; count < 8; count += 1) ids.push(String((await say(bot, { content: `m${count}` }))['id']));
});

afterAll(() => bot.simulator.stop());

async function list(query: string): Promise<unknown[]> {
  return readList(await bot.call('GET', `${MESSAGES}${query}`)).map(({ content }) => content);
}

describe('GET /channels/{channel_id}/messages', () => {
  it('lists newest first, the part that is nearest to the cursor', async () => {
    expect(await list('')).toEqual(['m7', 'm6', 'm5', 'm4', 'm3', 'm2', 'm1', 'm0']);
    expect(await list('?limit=2')).toEqual(['m7', 'm6']);
    expect(await list(`?before=${ids[4]}&limit=2`)).toEqual(['m3', 'm2']);
    expect(await list(`?after=${ids[4]}&limit=2`)).toEqual(['m6', 'm5']);
    expect(await list(`?around=${ids[4]}&limit=3`)).toEqual(['m5', 'm4', 'm3']);
    expect(await list(`?around=${ids[4]}&limit=1`)).toEqual(['m4']);
  });

  it('refuses two cursors, and limits out of range', async () => {
    for (const query of [`?before=${ids[1]}&after=${ids[0]}`, '?limit=0', '?limit=101', '?before=x']) {
      expect(await bot.outcome('GET', `${MESSAGES}${query}`)).toEqual([400, 50035]);
    }
  });

  it('finds nothing without READ_MESSAGE_HISTORY, and reading one is refused', async () => {
    const { guild } = await bot.simulator.control.readGuild({ guild_id: bot.guildId });
    const [everyone, ...roles] = guild.roles;
    if (everyone === undefined) throw new Error('no roles');
    const permissions = String(BigInt(everyone.permissions) & ~PERMISSION.READ_MESSAGE_HISTORY);
    await bot.simulator.control.putGuild({ guild: { ...guild, roles: [{ ...everyone, permissions }, ...roles] } });

    expect(await list('')).toEqual([]);
    expect(await bot.outcome('GET', `${MESSAGES}/${ids[0]}`)).toEqual([403, 50013]);
    expect((await bot.call('GET', `${MESSAGES}/pins`)).json).toEqual({ items: [], has_more: false });
    await bot.simulator.control.putGuild({ guild });
    expect(await list('?limit=1')).toEqual(['m7']);
  });

  it('knows no message of another channel', async () => {
    await bot.arm(PERMISSION.ADMINISTRATOR);

    expect(await bot.outcome('GET', `/channels/${CHANNELS.announcements}/messages/${ids[0]}`)).toEqual([404, 10008]);
    await bot.arm(0n);
  });

  it('answers no bearer', async () => {
    const tokens = await bot.app.connect({ scope: 'identify messages.read' });

    expect((await bot.app.get(MESSAGES, tokens['access_token'])).status).toBe(401);
  });
});

describe('without the MESSAGE_CONTENT intent', () => {
  const sayAs = (user_id: string, channel_id: string, content: string) =>
    bot.simulator.control.sayAs({ user_id, channel_id, body: { content, embeds: [{ title: 'a' }] } });

  it('others’ messages come blank, but not those that mention the bot, its own, and those in direct messages', async () => {
    const { control, application } = bot.simulator;
    const dm = await bot.call('POST', '/users/@me/channels', { recipient_id: ada.id });
    const dmId = String(dm.json['id']);
    const [plain, named, direct] = [
      await sayAs(ada.id, CHANNELS.general, 'secret'),
      await sayAs(ada.id, CHANNELS.general, `<@${application.clientId}> hello`),
      await sayAs(ada.id, dmId, 'psst'),
    ];
    await control.setIntents({ intents: ['GUILD_MEMBERS'] });
    const read = async (id: string, channel = CHANNELS.general) => {
      const { content, embeds } = (await bot.call('GET', `/channels/${channel}/messages/${id}`)).json;
      return [content, (embeds as unknown[]).length];
    };

    expect(await read(plain.message_id)).toEqual(['', 0]);
    expect(await read(named.message_id)).toEqual([`<@${application.clientId}> hello`, 1]);
    expect(await read(direct.message_id, dmId)).toEqual(['psst', 1]);
    expect(await read(ids[0] ?? '')).toEqual(['m0', 0]);
    expect(await bot.outcome('GET', `/guilds/${bot.guildId}/messages/search`)).toEqual([403, 50001]);
    const message_reference = { type: 1, message_id: plain.message_id, channel_id: CHANNELS.general };
    expect(await bot.outcome('POST', MESSAGES, { message_reference })).toEqual([403, 160_014]);
    await control.setIntents({ intents: ['GUILD_MEMBERS', 'MESSAGE_CONTENT'] });
    expect(await read(plain.message_id)).toEqual(['secret', 1]);
  });
});

describe('POST /users/@me/channels', () => {
  const open = (recipient_id: string) => bot.outcome('POST', '/users/@me/channels', { recipient_id });

  it('gives the same conversation each time', async () => {
    const first = await bot.call('POST', '/users/@me/channels', { recipient_id: ada.id });
    const second = await bot.call('POST', '/users/@me/channels', { recipient_id: ada.id });

    expect([first.status, second.json['id']]).toEqual([200, first.json['id']]);
    expect(first.json).toMatchObject({ type: 1, recipients: [{ id: ada.id }] });
    const path = `/channels/${String(first.json['id'])}/messages`;
    expect((await say(bot, { content: `@everyone <@${ada.id}>` }, path))['mention_everyone']).toBe(false);
  });

  it('refuses users who want none, who share no guild, and who do not exist', async () => {
    const { json } = await bot.call('POST', '/users/@me/channels', { recipient_id: ada.id });
    await bot.simulator.control.setDirectMessages({ user_id: ada.id, allowed: false });

    expect(await open(ada.id)).toEqual([403, 50007]);
    const path = `/channels/${String(json['id'])}/messages`;
    expect(await bot.outcome('POST', path, { content: 'a' })).toEqual([403, 50007]);
    await bot.simulator.control.setDirectMessages({ user_id: ada.id, allowed: true });
    expect(await open(ada.id)).toEqual([200, undefined]);
    expect(await open(solo.id)).toEqual([403, 50278]);
    expect(await open('123')).toEqual([400, 50033]);
    expect(await open(bot.simulator.application.clientId)).toEqual([400, 50033]);
  });

  it('lets the bot not delete what the user said', async () => {
    const { json } = await bot.call('POST', '/users/@me/channels', { recipient_id: ada.id });
    const channel_id = String(json['id']);
    const { message_id } = await bot.simulator.control.sayAs({ user_id: ada.id, channel_id, body: { content: 'a' } });

    expect(await bot.outcome('DELETE', `/channels/${channel_id}/messages/${message_id}`)).toEqual([403, 50003]);
  });
});

describe('GET /guilds/{guild_id}/messages/search', () => {
  const search = async (query: string) => {
    const { json } = await bot.call('GET', `/guilds/${bot.guildId}/messages/search?${query}`);
    return [json['total_results'], (json['messages'] as { content: string }[][]).map(([hit]) => hit?.content)];
  };

  it('finds by words, author and channel, and pages', async () => {
    const { control } = bot.simulator;
    for (const content of ['needle one', 'needle two', 'Needle three']) {
      await control.sayAs({ user_id: solo.id, channel_id: CHANNELS.general, body: { content } });
    }
    await control.sayAs({ user_id: ada.id, channel_id: CHANNELS['staff-only'], body: { content: 'needle hidden' } });

    expect(await search('content=needle')).toEqual([3, ['Needle three', 'needle two', 'needle one']]);
    expect(await search('content=needle&limit=1&offset=1')).toEqual([3, ['needle two']]);
    expect(await search(`content=two&author_id=${solo.id}&author_id=${ada.id}`)).toEqual([1, ['needle two']]);
    expect(await search(`content=needle&author_id=${ada.id}`)).toEqual([0, []]);
    expect(await search(`content=one&channel_id=${CHANNELS.general}`)).toEqual([1, ['needle one']]);
  });

  it('refuses channels that the bot cannot read, and numbers out of range', async () => {
    const outcome = (query: string) => bot.outcome('GET', `/guilds/${bot.guildId}/messages/search?${query}`);

    expect(await outcome(`channel_id=${CHANNELS['staff-only']}`)).toEqual([403, 50001]);
    expect(await outcome('limit=26')).toEqual([400, 50035]);
    expect(await outcome('offset=9976')).toEqual([400, 50035]);
    expect(await outcome('author_id=x')).toEqual([400, 50035]);
  });

  it('asks to wait while there is no index', async () => {
    await bot.simulator.control.setSearchDelay({ retry_after: 2 });
    const reply = await bot.call('GET', `/guilds/${bot.guildId}/messages/search?content=a`);

    expect([reply.status, reply.json]).toMatchObject([202, { code: 110_000, retry_after: 2 }]);
    await bot.simulator.control.setSearchDelay({ retry_after: null });
    expect((await search('content=nothing-like-it'))[0]).toBe(0);
  });
});
