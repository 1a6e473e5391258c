import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PERMISSION as P } from '../../../infra/local/discord/permissions.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';

const { grace, linus, mina, noor } = SEED_USERS;
const { analyticalEngine } = SEED_GUILDS;
const GENERAL = '197038439483310201';
const DENIED = [403, 50_013];
const NO_ACCESS = [403, 50_001];
const DONE = [204, undefined];

let bot: GuildBot;

beforeEach(async () => {
  bot = await startGuildBot(P.MANAGE_THREADS | P.CREATE_PRIVATE_THREADS);
});

afterEach(() => bot.simulator.stop());

async function makeThread(type: 11 | 12, more: Record<string, unknown> = {}): Promise<string> {
  const { json } = await bot.call('POST', `/channels/${GENERAL}/threads`, { name: 't', type, ...more });
  return String(json['id']);
}

/** Takes permissions from everyone in #general. */
async function denyEveryone(deny: bigint): Promise<void> {
  const { control } = bot.simulator;
  const { guild } = await control.readGuild({ guild_id: analyticalEngine.id });
  const permission_overwrites = [{ id: guild.id, type: 0 as const, allow: '0', deny: String(deny) }];
  const channels = guild.channels.map((channel) =>
    channel.id === GENERAL ? { ...channel, permission_overwrites } : channel,
  );
  await control.putGuild({ guild: { ...guild, channels } });
}

function idsOf(list: Record<string, unknown>): string[] {
  return (list['threads'] as { id: string }[]).map(({ id }) => id);
}

describe('a thread', () => {
  it('is edited by who manages threads, and while archived only to be opened again', async () => {
    const path = `/channels/${await makeThread(11)}`;
    const archived = await bot.call('PATCH', path, { archived: true, locked: true });
    const late = await bot.outcome('PATCH', path, { name: 'late' });
    const opened = await bot.call('PATCH', path, { archived: false, name: 'again' });
    await bot.arm(0n);
    const without = await bot.outcome('PATCH', path, { name: 'x' });

    expect(archived.json).toMatchObject({ thread_metadata: { archived: true, locked: true } });
    expect(late).toEqual([400, 50_083]);
    expect(opened.json).toMatchObject({ name: 'again', thread_metadata: { archived: false, locked: true } });
    expect(without).toEqual(DENIED);
  });

  it('is deleted by who manages threads', async () => {
    const path = `/channels/${await makeThread(11)}`;
    await bot.arm(P.MANAGE_CHANNELS);
    const without = await bot.outcome('DELETE', path);
    await bot.arm(P.MANAGE_THREADS);

    expect(without).toEqual(DENIED);
    expect((await bot.call('DELETE', path)).status).toBe(200);
    expect(await bot.outcome('GET', path)).toEqual([404, 10_003]);
  });

  it('that is private is closed to a bot outside it that does not manage threads', async () => {
    const path = `/channels/${await makeThread(12)}`;
    await bot.call('DELETE', `${path}/thread-members/@me`);
    const managing = await bot.outcome('GET', path);
    await bot.arm(0n);

    expect(managing).toEqual([200, undefined]);
    expect(await bot.outcome('GET', path)).toEqual(NO_ACCESS);
  });
});

describe('lists of threads', () => {
  it('active ones come newest first, with the bot’s memberships, as far as it can see them', async () => {
    const [first, second, third] = [await makeThread(11), await makeThread(12), await makeThread(11)];
    await bot.call('DELETE', `/channels/${second}/thread-members/@me`);
    await bot.call('PATCH', `/channels/${first}`, { archived: true });
    const path = `/guilds/${analyticalEngine.id}/threads/active`;
    const managing = await bot.call('GET', path);
    await bot.arm(0n);
    const plain = await bot.call('GET', path);

    expect(idsOf(managing.json)).toEqual([third, second]);
    expect(managing.json['members']).toMatchObject([{ id: third }]);
    expect(idsOf(plain.json)).toEqual([third]);
  });

  it('archived ones come latest first in pages, private ones apart', async () => {
    const { control } = bot.simulator;
    const open = [await makeThread(11), await makeThread(11), await makeThread(11), await makeThread(12)];
    for (const id of open) {
      await bot.call('PATCH', `/channels/${id}`, { archived: true });
      await control.advanceClock({ advance_ms: 1000 });
    }
    const path = `/channels/${GENERAL}/threads/archived`;
    const page = await bot.call('GET', `${path}/public?limit=2`);
    const last = (page.json['threads'] as { thread_metadata: { archive_timestamp: string } }[])[1];
    const before = encodeURIComponent(last?.thread_metadata.archive_timestamp ?? '');
    const rest = await bot.call('GET', `${path}/public?limit=2&before=${before}`);

    expect([idsOf(page.json), page.json['has_more']]).toEqual([[open[2], open[1]], true]);
    expect([idsOf(rest.json), rest.json['has_more']]).toEqual([[open[0]], false]);
    expect(idsOf((await bot.call('GET', `${path}/private`)).json)).toEqual([open[3]]);
  });

  it('private archived ones are for who manages threads; limits are 2 to 100', async () => {
    const path = `/channels/${GENERAL}/threads/archived`;
    const outcomes = ['limit=1', 'limit=101', 'before=yesterday'].map((query) =>
      bot.outcome('GET', `${path}/public?${query}`),
    );

    expect(await Promise.all(outcomes)).toEqual(Array.from({ length: 3 }, () => [400, 50_035]));
    await bot.arm(0n);
    expect(await bot.outcome('GET', `${path}/private`)).toEqual(DENIED);
    expect(await bot.outcome('GET', `${path}/public`)).toEqual([200, undefined]);
    await denyEveryone(P.READ_MESSAGE_HISTORY);
    expect(await bot.outcome('GET', `${path}/public`)).toEqual(DENIED);
  });
});

describe('members of a thread', () => {
  it('join, leave, are added and removed', async () => {
    const path = `/channels/${await makeThread(11)}/thread-members`;
    const { clientId } = bot.simulator.application;
    const added = [await bot.outcome('PUT', `${path}/${linus.id}`), await bot.outcome('PUT', `${path}/${linus.id}`)];
    const listed = JSON.parse((await bot.call('GET', path)).text) as { user_id: string }[];
    const withMember = await bot.call('GET', `${path}/${linus.id}?with_member=true`);

    expect(added).toEqual([DONE, DONE]);
    expect(listed.map(({ user_id }) => user_id)).toEqual([linus.id, clientId]);
    expect(withMember.json).toMatchObject({ user_id: linus.id, member: { user: { username: 'Linus' } } });
    expect(await bot.outcome('DELETE', `${path}/${linus.id}`)).toEqual(DONE);
    expect(await bot.outcome('GET', `${path}/${linus.id}`)).toEqual([404, 10_007]);
    expect(await bot.outcome('DELETE', `${path}/@me`)).toEqual(DONE);
    expect(await bot.outcome('PUT', `${path}/@me`)).toEqual(DONE);
    expect(await bot.outcome('PUT', `${path}/${mina.id}`)).toEqual([404, 10_007]);
  });

  it('are not listed without the intent', async () => {
    const path = `/channels/${await makeThread(11)}/thread-members`;
    await bot.simulator.control.setIntents({ intents: [] });

    expect(await bot.outcome('GET', path)).toEqual(NO_ACCESS);
  });

  it('of an archived thread stay as they are', async () => {
    const id = await makeThread(11);
    await bot.call('PATCH', `/channels/${id}`, { archived: true });

    expect(await bot.outcome('PUT', `/channels/${id}/thread-members/${linus.id}`)).toEqual([400, 50_083]);
    expect(await bot.outcome('DELETE', `/channels/${id}/thread-members/@me`)).toEqual([400, 50_083]);
  });

  it('are taken out by who manages threads, or by the owner of a private one', async () => {
    const isPublic = `/channels/${await makeThread(11)}/thread-members/${noor.id}`;
    const isPrivate = `/channels/${await makeThread(12)}/thread-members/${noor.id}`;
    await bot.call('PUT', isPublic);
    await bot.call('PUT', isPrivate);
    await bot.arm(0n);

    expect(await bot.outcome('DELETE', isPublic)).toEqual(DENIED);
    expect(await bot.outcome('DELETE', isPrivate)).toEqual(DONE);
  });

  it('are added by who can write in it, and only those who see the channel', async () => {
    const path = `/channels/${await makeThread(11)}/thread-members/${linus.id}`;
    await denyEveryone(P.SEND_MESSAGES_IN_THREADS);
    const mute = await bot.outcome('PUT', path);
    await denyEveryone(P.VIEW_CHANNEL);
    await bot.arm(P.ADMINISTRATOR);

    expect(mute).toEqual(DENIED);
    expect(await bot.outcome('PUT', path)).toEqual(NO_ACCESS);
  });

  it('are added to a private one that is closed for this by its owner and by who manages threads', async () => {
    const { control } = bot.simulator;
    const id = await makeThread(12, { invitable: false });
    const own = await bot.outcome('PUT', `/channels/${id}/thread-members/${linus.id}`);
    const { guild } = await control.readGuild({ guild_id: analyticalEngine.id });
    const channels = guild.channels.map((channel) =>
      channel.id === id ? { ...channel, owner_id: linus.id } : channel,
    );
    await control.putGuild({ guild: { ...guild, channels } });
    const managing = await bot.outcome('PUT', `/channels/${id}/thread-members/${noor.id}`);
    await bot.arm(0n);

    expect([own, managing]).toEqual([DONE, DONE]);
    expect(await bot.outcome('PUT', `/channels/${id}/thread-members/${grace.id}`)).toEqual(DENIED);
  });

  it('leave it with the guild', async () => {
    const path = `/channels/${await makeThread(11)}/thread-members/${grace.id}`;
    await bot.call('PUT', path);
    await bot.simulator.control.removeMember({ guild_id: analyticalEngine.id, user_id: grace.id });

    expect(await bot.outcome('GET', path)).toEqual([404, 10_007]);
  });

  it('are asked for of threads only', async () => {
    expect(await bot.outcome('GET', `/channels/${GENERAL}/thread-members`)).toEqual([400, 50_024]);
  });
});
