import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PERMISSION as P } from '../../../infra/local/discord/permissions.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';

const GENERAL = '197038439483310201';
const QUESTIONS = '197038439483310204';

let bot: GuildBot;

beforeEach(async () => {
  bot = await startGuildBot(P.MANAGE_CHANNELS);
});

afterEach(() => bot.simulator.stop());

async function say(content: string): Promise<string> {
  return String((await bot.call('POST', `/channels/${GENERAL}/messages`, { content })).json['id']);
}

describe('a thread from a message', () => {
  it('has the message’s id, and there is one for each message', async () => {
    const id = await say('first');
    const path = `/channels/${GENERAL}/messages/${id}/threads`;
    const made = await bot.call('POST', path, { name: 't' });

    expect([made.status, made.json]).toMatchObject([201, { id, type: 11, parent_id: GENERAL }]);
    expect(await bot.outcome('POST', path, { name: 't' })).toEqual([400, 160_004]);
  });

  it('is not made from a message that is not there', async () => {
    const path = `/channels/${GENERAL}/messages/111111111111111111/threads`;

    expect(await bot.outcome('POST', path, { name: 't' })).toEqual([404, 10_008]);
  });
});

describe('a forum post', () => {
  const path = `/channels/${QUESTIONS}/threads`;

  it('is a thread with its first message, whose id it has', async () => {
    const { json } = await bot.call('POST', path, { name: 'q', message: { content: 'why' } });
    const first = await bot.call('GET', `/channels/${String(json['id'])}/messages/${String(json['id'])}`);

    expect(json).toMatchObject({ name: 'q', type: 11, message: { id: json['id'], content: 'why' } });
    expect(first.json).toMatchObject({ content: 'why' });
  });

  it('tells what is wrong with its message below `message`, and leaves no thread behind', async () => {
    const tooLong = await bot.call('POST', path, { name: 'q', message: { content: 'c'.repeat(2001) } });
    const twoOfOne = { content: 'x', allowed_mentions: { parse: ['users'], users: [SEED_USERS.ada.id] } };
    const conflict = await bot.call('POST', path, { name: 'q', message: twoOfOne });
    const empty = await bot.outcome('POST', path, { name: 'q', message: {} });
    const active = await bot.call('GET', `/guilds/${bot.guildId}/threads/active`);

    expect(tooLong.json['errors']).toMatchObject({ message: { content: { _errors: [{}] } } });
    expect(conflict.json['errors']).toHaveProperty('message.allowed_mentions');
    expect(empty).toEqual([400, 50_006]);
    expect(active.json['threads']).toEqual([]);
  });

  it('is tagged with tags of its forum, and must be where the forum demands it', async () => {
    const edited = await bot.call('PATCH', `/channels/${QUESTIONS}`, {
      flags: 1 << 4,
      available_tags: [{ name: 'bug' }],
    });
    const [tag] = edited.json['available_tags'] as { id: string }[];
    const post = { name: 'q', message: { content: 'why' } };

    expect(await bot.outcome('POST', path, post)).toEqual([400, 50_035]);
    expect(await bot.outcome('POST', path, { ...post, applied_tags: ['1'] })).toEqual([400, 50_035]);
    expect((await bot.call('POST', path, { ...post, applied_tags: [tag?.id] })).json).toMatchObject({
      applied_tags: [tag?.id],
    });
  });
});

describe('what goes with a channel', () => {
  it('its messages go with it', async () => {
    const id = await say('gone');
    await bot.call('DELETE', `/channels/${GENERAL}`);

    expect((await bot.simulator.control.saveState()).state.messages?.messages.map((message) => message.id)).toEqual([]);
    expect(await bot.outcome('GET', `/channels/${GENERAL}/messages/${id}`)).toEqual([404, 10_003]);
  });

  it('a conversation with a user is read, and is nothing that one edits', async () => {
    const opened = await bot.call('POST', '/users/@me/channels', { recipient_id: SEED_USERS.linus.id });
    const path = `/channels/${String(opened.json['id'])}`;

    expect((await bot.call('GET', path)).json).toEqual(opened.json);
    expect((await bot.call('DELETE', path)).json).toEqual(opened.json);
    expect(await bot.outcome('PATCH', path, { name: 'x' })).toEqual([403, 50_003]);
  });
});
