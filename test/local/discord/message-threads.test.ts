import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PERMISSION } from '../../../infra/local/discord/permissions.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';
import { CHANNELS, MESSAGES, say, sendForm } from './message-bot.ts';

let bot: GuildBot;
let thread: string;

const { linus } = SEED_USERS;
const VOICE_MESSAGE = 1 << 13;

beforeAll(async () => {
  bot = await startGuildBot();
});

beforeEach(async () => {
  await bot.arm(PERMISSION.MANAGE_THREADS);
  const { json } = await bot.call('POST', `/channels/${CHANNELS.general}/threads`, { name: 'talk', type: 11 });
  thread = String(json['id']);
});

afterAll(() => bot.simulator.stop());

const send = (channel = thread) => bot.outcome('POST', `/channels/${channel}/messages`, { content: 'a' });

describe('sending in a thread', () => {
  it('needs SEND_MESSAGES_IN_THREADS; SEND_MESSAGES has no say', async () => {
    const { control } = bot.simulator;
    const { guild } = await control.readGuild({ guild_id: bot.guildId });
    const without = (bit: bigint) => ({
      ...guild,
      roles: guild.roles.map((role) => ({ ...role, permissions: String(BigInt(role.permissions) & ~bit) })),
    });
    await control.putGuild({ guild: without(PERMISSION.SEND_MESSAGES) });
    expect(await send()).toEqual([200, undefined]);
    expect(await send(CHANNELS.general)).toEqual([403, 50013]);
    await control.putGuild({ guild: without(PERMISSION.SEND_MESSAGES_IN_THREADS) });

    expect(await send()).toEqual([403, 50013]);
    await control.putGuild({ guild });
  });

  it('wakes an archived one and makes the author a member', async () => {
    await bot.call('PATCH', `/channels/${thread}`, { archived: true });
    expect(await send()).toEqual([200, undefined]);
    await bot.simulator.control.sayAs({ user_id: linus.id, channel_id: thread, body: { content: 'b' } });
    const { json } = await bot.call('GET', `/channels/${thread}`);

    expect(json).toMatchObject({ member_count: 2, thread_metadata: { archived: false } });
  });

  it('is refused in a locked one without MANAGE_THREADS', async () => {
    await bot.call('PATCH', `/channels/${thread}`, { locked: true });
    expect(await send()).toEqual([200, undefined]);
    await bot.arm(0n);
    expect(await send()).toEqual([400, 160_005]);
    await bot.arm(PERMISSION.MANAGE_THREADS);
    await bot.call('PATCH', `/channels/${thread}`, { archived: true, locked: true });
    await bot.arm(0n);

    expect(await send()).toEqual([400, 50083]);
  });
});

describe('voice messages', () => {
  const sendVoice = async (payload: object, type: string) => {
    const form = new FormData();
    form.append('payload_json', JSON.stringify({ flags: VOICE_MESSAGE, ...payload }));
    form.append('files[0]', new Blob(['x'], { type }), 'voice.ogg');
    const { status, json } = await sendForm(bot, 'POST', MESSAGES, form);
    return [status, json['code']];
  };

  it('are one sound and nothing else, with their own permission', async () => {
    expect(await sendVoice({}, 'audio/ogg')).toEqual([403, 50013]);
    await bot.arm(PERMISSION.SEND_VOICE_MESSAGES);
    expect(await sendVoice({}, 'audio/ogg')).toEqual([200, undefined]);
    expect(await sendVoice({ content: 'a' }, 'audio/ogg')).toEqual([400, 50159]);
    expect(await sendVoice({}, 'image/png')).toEqual([400, 50160]);
  });
});

describe('routes of messages', () => {
  it('count per channel', async () => {
    await bot.simulator.control.setRateLimits({
      routes: { 'channels/{channel_id}/messages': { limit: 1, window_ms: 60_000 } },
    });
    await say(bot, { content: 'a' });

    expect((await bot.call('POST', MESSAGES, { content: 'a' })).status).toBe(429);
    expect(await send()).toEqual([200, undefined]);
  });
});
