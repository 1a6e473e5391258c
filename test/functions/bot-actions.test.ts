import { beforeAll, describe, expect, it } from 'vitest';
import { SEED_GUILDS } from '../../infra/local/discord/world/seed-guilds.ts';
import { useHarness } from '../support/use-harness.ts';
import { ada, comeBack, expectProblem, grace, linus } from './connect-expectations.ts';

const harness = useHarness();

const GUILD = SEED_GUILDS.analyticalEngine.id;
const GENERAL = '197038439483310201';
const STAFF = '197038439483310203';

/** All permissions, ADMINISTRATOR among them. */
const ALL = String((1n << 53n) - 1n);

const connect = async (user_id: string, discordUserId: string, scopes?: string[]): Promise<string> => {
  const { confirm } = await comeBack(
    harness,
    { user_id, ...(scopes === undefined ? {} : { scopes, permissions: ALL }) },
    { userId: discordUserId, ...(scopes?.includes('bot') === true ? { guildId: GUILD } : {}) },
  );
  return (await confirm()).json.id as string;
};

let owner = '';
let member = '';
let moderator = '';

beforeAll(async () => {
  const { control } = harness.simulator;
  owner = await connect('owner', ada.id, ['bot']);
  member = await connect('member', linus.id);
  moderator = await connect('moderator', grace.id);
  // The bot may do everything everywhere: what is refused here is refused for the user's sake.
  await control.setBotRole({ guild_id: GUILD, position: 3, permissions: ALL });
});

const call = (connection: string, method: string, path: string, json?: unknown, headers: Record<string, string> = {}) =>
  harness.wire.send(method, `/connections/${connection}/api/v10${path}`, {
    key: harness.key,
    headers: { accept: 'application/problem+json', ...headers },
    ...(json === undefined ? {} : { json }),
  });

describe('actions through the bot', () => {
  it('send a message for a member, which mentions nobody unless it says so', async () => {
    const sent = await call(member, 'POST', `/channels/${GENERAL}/messages`, { content: 'Hello @everyone' });

    expect([sent.status, sent.json.content, sent.json.mention_everyone]).toEqual([200, 'Hello @everyone', false]);
    expect((await call(member, 'GET', `/channels/${GENERAL}/messages/${sent.json.id}`)).json.id).toBe(sent.json.id);
  });

  it('refuse what the user may not, naming what is missing, whose and where', async () => {
    const refused = await call(member, 'DELETE', `/guilds/${GUILD}/members/${grace.id}`);

    expectProblem(refused, 403, 'actor_permission_missing');
    expect(refused.json).toMatchObject({ missing: ['KICK_MEMBERS'], who: 'actor', where: 'guild', place_id: GUILD });
  });

  it('do not show channels that the user cannot see, nor read in them', async () => {
    const names = async (connection: string) =>
      (await call(connection, 'GET', `/guilds/${GUILD}/channels`)).json.map(({ name }: { name: string }) => name);

    expect(await names(owner)).toContain('staff-only');
    expect(await names(member)).not.toContain('staff-only');
    expectProblem(await call(member, 'GET', `/channels/${STAFF}/messages`), 403, 'actor_permission_missing');
  });

  it('know no guild that is not of the tenant', async () => {
    const key = await harness.makeTenant('elsewhere');
    const { confirm } = await comeBack(harness, { user_id: 'foreign' }, { userId: ada.id }, key);
    const { id } = (await confirm()).json;
    const answer = await harness.wire.send('GET', `/connections/${id}/api/v10/guilds/${GUILD}`, {
      key,
      headers: { accept: 'application/problem+json' },
    });
    expectProblem(answer, 403, 'guild_not_connected');
  });

  it('change only messages that were sent for the connection', async () => {
    const { id } = (await call(member, 'POST', `/channels/${GENERAL}/messages`, { content: 'first' })).json;
    const path = `/channels/${GENERAL}/messages/${id}`;

    expect((await call(member, 'PATCH', path, { content: 'second' })).json.content).toBe('second');
    expectProblem(await call(moderator, 'PATCH', path, { content: 'third' }), 403, 'not_made_for_connection');
    expect((await call(moderator, 'DELETE', path)).status).toBe(204);
  });

  it('decide without doing anything when only asked to', async () => {
    const path = `/channels/${GENERAL}/messages`;
    const before = await call(member, 'GET', path);
    const dry = await call(member, 'POST', path, { content: 'x' }, { 'dry-run': 'true' });
    const refused = await call(member, 'DELETE', `/guilds/${GUILD}/members/${grace.id}`, undefined, {
      'dry-run': 'true',
    });

    expect(dry.json).toEqual({ dry_run: true, action: 'message.create', would_work: true, problems: [] });
    expect(refused.json).toMatchObject({
      would_work: false,
      problems: [{ code: 'actor_permission_missing', mended_by: 'guild_admin' }, { code: 'target_not_below' }],
    });
    expect((await call(member, 'GET', path)).text).toBe(before.text);
  });

  it('send a message once for one Idempotency-Key, and refuse the key for another', async () => {
    const path = `/channels/${GENERAL}/messages`;
    const key = { 'idempotency-key': 'once' };
    const first = await call(member, 'POST', path, { content: 'once' }, key);
    const again = await call(member, 'POST', path, { content: 'once' }, key);

    expect([first.status, again.status, again.json.id]).toEqual([200, 200, first.json.id]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expectProblem(await call(member, 'POST', path, { content: 'other' }, key), 422, 'idempotency_key_reused');
  });

  it('make, use and delete webhooks whose token never leaves', async () => {
    const made = await call(moderator, 'POST', `/channels/${GENERAL}/webhooks`, { name: 'Cards' });
    expect(made.status).toBe(200);
    expect(made.text).not.toMatch(/"(token|url)"/);
    const { id } = made.json;

    const posted = await call(moderator, 'POST', `/webhooks/${id}`, { content: 'by hook' });
    expect([posted.status, posted.json.webhook_id]).toEqual([200, id]);
    expectProblem(await call(member, 'POST', `/webhooks/${id}`, { content: 'x' }), 403, 'actor_permission_missing');
    expectProblem(
      await call(moderator, 'POST', `/webhooks/${id}/secret`, { content: 'x' }),
      400,
      'webhook_token_refused',
    );
    expect((await call(moderator, 'DELETE', `/webhooks/${id}`)).status).toBe(204);
  });

  it('are explained: what would work, what is missing, and what depends on the call', async () => {
    const query = `guild_id=${GUILD}&channel_id=${GENERAL}`;
    const { items } = (await harness.wire.send('GET', `/connections/${member}/actions?${query}`, { key: harness.key }))
      .json;
    const find = (action: string) => items.find((item: { action: string }) => item.action === action);

    expect(find('message.create')).toMatchObject({ would_work: true, problems: [] });
    expect(find('bans.list')).toMatchObject({
      would_work: false,
      problems: [{ missing: ['BAN_MEMBERS'], who: 'actor' }],
    });
    expect(find('user_connections.list')).toMatchObject({
      problems: [{ code: 'scope_missing', mended_by: 'end_user' }],
    });
    expect(find('member.kick').depends_on).toHaveLength(1);
  });
});

describe('a webhook that is gone at Discord', () => {
  it('is told as gone, and forgotten', async () => {
    const { id } = (await call(moderator, 'POST', `/channels/${GENERAL}/webhooks`, { name: 'Gone' })).json;
    const list = async () =>
      (await harness.wire.send('GET', `/connections/${moderator}`, { key: harness.key })).json.webhooks;
    expect(await list()).toContainEqual({ id, channel_id: GENERAL, guild_id: GUILD });

    await harness.simulator.control.deleteWebhook({ id });
    expectProblem(await call(moderator, 'POST', `/webhooks/${id}`, { content: 'x' }), 410, 'webhook_gone');
    expect(await list()).not.toContainEqual(expect.objectContaining({ id }));
  });
});

describe('direct messages', () => {
  it('go to the connected user and to nobody else', async () => {
    const opened = await call(member, 'POST', '/users/@me/channels', { recipient_id: linus.id });
    expect([opened.status, opened.json.type]).toEqual([200, 1]);
    expect((await call(member, 'POST', `/channels/${opened.json.id}/messages`, { content: 'Hello' })).status).toBe(200);

    const other = await call(member, 'POST', '/users/@me/channels', { recipient_id: grace.id });
    expectProblem(other, 403, 'direct_message_refused');
    const foreign = await call(moderator, 'GET', `/channels/${opened.json.id}/messages`);
    expectProblem(foreign, 403, 'direct_message_refused');
  });
});
