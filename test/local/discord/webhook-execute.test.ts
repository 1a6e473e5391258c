import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION } from '../../../infra/local/discord/permissions.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';
import { CHANNELS, listErrors, MESSAGES, readList } from './message-bot.ts';
import type { Reply } from './scripted-app.ts';
import { USER_AGENT } from './scripted-app.ts';

let bot: GuildBot;
let inGeneral: string;
let inForum: string;

const { ada } = SEED_USERS;

beforeAll(async () => {
  bot = await startGuildBot(PERMISSION.MANAGE_WEBHOOKS | PERMISSION.CREATE_PUBLIC_THREADS);
  inGeneral = await make(CHANNELS.general);
  inForum = await make(CHANNELS.questions);
});

afterAll(() => bot.simulator.stop());

async function make(channelId: string): Promise<string> {
  const { json } = await bot.call('POST', `/channels/${channelId}/webhooks`, { name: 'Reporter' });
  return `/webhooks/${String(json['id'])}/${String(json['token'])}`;
}

/** A call without any Authorization header. */
function call(method: string, path: string, body?: unknown): Promise<Reply> {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { 'user-agent': USER_AGENT, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  return bot.app.send(`/api/v10${path}`, { method, headers, ...json });
}

async function outcome(method: string, path: string, body?: unknown): Promise<[number, unknown]> {
  const { status, json } = await call(method, path, body);
  return [status, json['code']];
}

describe('POST /webhooks/{webhook_id}/{webhook_token}', () => {
  it('says nothing back unless asked to wait', async () => {
    const silent = await call('POST', inGeneral, { content: 'one' });
    const told = await call('POST', `${inGeneral}?wait=true`, { content: 'two', username: 'Herald' });

    expect([silent.status, silent.text]).toEqual([204, '']);
    expect(told.json).toMatchObject({ content: 'two', author: { username: 'Herald', bot: true } });
    expect(told.json['webhook_id']).toBe(inGeneral.split('/')[2]);
    const contents = readList(await bot.call('GET', `${MESSAGES}?limit=2`)).map(({ content }) => content);
    expect(contents).toEqual(['two', 'one']);
  });

  it('pings users by default, never everyone unless told so', async () => {
    const content = `@everyone <@${ada.id}>`;
    const plain = await call('POST', `${inGeneral}?wait=true`, { content });
    const none = await call('POST', `${inGeneral}?wait=true`, { content, allowed_mentions: { parse: [] } });
    const allowed_mentions = { parse: ['everyone'] };
    const all = await call('POST', `${inGeneral}?wait=true`, { content, allowed_mentions });

    expect(all.json).toMatchObject({ mention_everyone: true, mentions: [] });
    expect(plain.json).toMatchObject({ mention_everyone: false, mentions: [{ id: ada.id }] });
    expect(none.json).toMatchObject({ mention_everyone: false, mentions: [] });
  });

  it('has no nonce, replies and stickers', async () => {
    const body = { content: 'a', nonce: 'n', enforce_nonce: true, message_reference: { message_id: '1' } };
    const [first, second] = [
      await call('POST', `${inGeneral}?wait=true`, body),
      await call('POST', `${inGeneral}?wait=true`, body),
    ];

    expect([first.json['type'], first.json['nonce']]).toEqual([0, undefined]);
    expect(second.json['id']).not.toBe(first.json['id']);
    expect(await outcome('POST', inGeneral, { sticker_ids: ['1'] })).toEqual([400, 50006]);
  });

  it.each([
    [{ content: 'a', username: 'Discord' }, 'username USERNAME_INVALID_CONTAINS'],
    [{ content: 'a', username: 'x'.repeat(81) }, 'username BASE_TYPE_MAX_LENGTH'],
    [{ content: 'a', avatar_url: 'nothing' }, 'avatar_url URL_TYPE_INVALID_URL'],
    [{ content: 'a', flags: 1 << 13 }, 'flags MESSAGE_FLAGS_INVALID'],
    [{ content: 'x'.repeat(2001) }, 'content BASE_TYPE_MAX_LENGTH'],
  ])('names the place of what is wrong: %j', async (body, error) => {
    expect(listErrors(await call('POST', inGeneral, body))).toEqual([error]);
  });

  it('demands the right token and a webhook that is there', async () => {
    expect(await outcome('POST', `${inGeneral}x`, { content: 'a' })).toEqual([401, 50027]);
    expect(await outcome('POST', '/webhooks/123/abc', { content: 'a' })).toEqual([404, 10015]);
    expect(await outcome('POST', `${inGeneral}?wait=maybe`, { content: 'a' })).toEqual([400, 50035]);
  });

  it('speaks in threads of its channel only', async () => {
    const { json } = await bot.call('POST', `/channels/${CHANNELS.general}/threads`, { name: 'talk', type: 11 });
    const thread = String(json['id']);
    const said = await call('POST', `${inGeneral}?wait=true&thread_id=${thread}`, { content: 'a' });

    expect(said.json['channel_id']).toBe(thread);
    expect(await outcome('POST', `${inGeneral}?thread_id=123`, { content: 'a' })).toEqual([404, 10003]);
    expect(await outcome('POST', `${inForum}?thread_id=${thread}`, { content: 'a' })).toEqual([404, 10003]);
    const path = `${inGeneral}/messages/${String(said.json['id'])}`;
    expect(await outcome('GET', path)).toEqual([404, 10008]);
    expect(await outcome('GET', `${path}?thread_id=${thread}`)).toEqual([200, undefined]);
  });

  it('demands a thread or its name in a forum, and only there', async () => {
    expect(await outcome('POST', inForum, { content: 'a' })).toEqual([400, 220_001]);
    const both = { content: 'a', thread_name: 'b' };
    expect(await outcome('POST', `${inForum}?thread_id=1`, both)).toEqual([400, 220_002]);
    expect(await outcome('POST', inGeneral, both)).toEqual([400, 220_003]);
    const post = await call('POST', `${inForum}?wait=true`, { content: 'Why?', thread_name: 'A question' });
    expect(post.json['channel_id']).toBe(post.json['id']);
    const thread = await bot.call('GET', `/channels/${String(post.json['id'])}`);
    expect(thread.json).toMatchObject({ name: 'A question', parent_id: CHANNELS.questions, type: 11 });
    const answer = await call('POST', `${inForum}?wait=true&thread_id=${String(post.json['id'])}`, { content: 'So.' });
    expect(answer.json['channel_id']).toBe(post.json['id']);
  });
});

describe('/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}', () => {
  it('reads, edits and deletes own messages', async () => {
    const said = await call('POST', `${inGeneral}?wait=true`, { content: 'a', username: 'Herald' });
    const path = `${inGeneral}/messages/${String(said.json['id'])}`;

    expect((await call('GET', path)).json).toEqual(said.json);
    const edited = await call('PATCH', path, { content: 'b' });
    expect(edited.json).toMatchObject({ content: 'b', author: { username: 'Herald' } });
    expect(await outcome('PATCH', path, { content: '' })).toEqual([400, 50006]);
    expect(await outcome('DELETE', path)).toEqual([204, undefined]);
    expect(await outcome('GET', path)).toEqual([404, 10008]);
  });

  it('knows no messages of others, and the bot may not edit what a webhook said', async () => {
    const body = { content: 'his' };
    const { control } = bot.simulator;
    const { message_id } = await control.sayAs({ user_id: ada.id, channel_id: CHANNELS.general, body });
    const said = await call('POST', `${inGeneral}?wait=true`, { content: 'a' });

    expect(await outcome('DELETE', `${inGeneral}/messages/${message_id}`)).toEqual([404, 10008]);
    const path = `${MESSAGES}/${String(said.json['id'])}`;
    expect(await bot.outcome('PATCH', path, { content: 'x' })).toEqual([403, 50005]);
  });

  it('leaves no token in the list of requests', async () => {
    const said = await call('POST', `${inGeneral}?wait=true`, { content: 'a' });
    await call('GET', `${inGeneral}/messages/${String(said.json['id'])}`);
    const { items } = await bot.simulator.control.listRequests({});

    expect(JSON.stringify(items)).not.toContain(inGeneral.split('/')[3]);
  });
});
