import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PERMISSION as P } from '../../../infra/local/discord/permissions.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';

const { ada, grace, linus, noor, mina, solo } = SEED_USERS;
const GUILD = `/guilds/${SEED_GUILDS.analyticalEngine.id}`;
const BANS = `${GUILD}/bans`;
const GENERAL = '197038439483310201';
const DENIED = [403, 50_013];
const DONE = [204, undefined];

let bot: GuildBot;

beforeEach(async () => {
  bot = await startGuildBot(P.BAN_MEMBERS);
});

afterEach(() => bot.simulator.stop());

function ids(text: string): string[] {
  return (JSON.parse(text) as { user: { id: string } }[]).map(({ user }) => user.id);
}

describe('bans', () => {
  it.each([
    ['GET', BANS, undefined],
    ['GET', `${BANS}/${mina.id}`, undefined],
    ['PUT', `${BANS}/${linus.id}`, {}],
    ['DELETE', `${BANS}/${linus.id}`, {}],
  ])('%s %s needs BAN_MEMBERS', async (method, path, body) => {
    await bot.arm(P.MANAGE_GUILD | P.KICK_MEMBERS);

    expect(await bot.outcome(method, path, body)).toEqual(DENIED);
  });

  it('take a member out, keep the reason, and are lifted', async () => {
    const path = `${BANS}/${linus.id}`;
    const put = await bot.call('PUT', path, {}, { 'x-audit-log-reason': encodeURIComponent('zu laut: é') });
    const banned = await bot.call('GET', path);
    const member = await bot.outcome('GET', `${GUILD}/members/${linus.id}`);
    const lifted = await bot.outcome('DELETE', path, {});

    expect(put.status).toBe(204);
    expect(banned.json).toMatchObject({ reason: 'zu laut: é', user: { id: linus.id, username: 'Linus' } });
    expect(member).toEqual([404, 10_007]);
    expect(lifted).toEqual(DONE);
    expect(await bot.outcome('GET', path)).toEqual([404, 10_026]);
    expect(await bot.outcome('DELETE', path, {})).toEqual([404, 10_026]);
  });

  it('reach those who are not in the guild, but nobody above, beside or unknown', async () => {
    await bot.arm(P.BAN_MEMBERS, 1);

    expect(await bot.outcome('PUT', `${BANS}/${solo.id}`, {})).toEqual(DONE);
    expect(await bot.outcome('PUT', `${BANS}/${grace.id}`, {})).toEqual(DENIED);
    expect(await bot.outcome('PUT', `${BANS}/${ada.id}`, {})).toEqual(DENIED);
    expect(await bot.outcome('PUT', `${BANS}/111111111111111111`, {})).toEqual([404, 10_013]);
  });

  it.each([
    [{ delete_message_seconds: 604_800 }, 204],
    [{ delete_message_seconds: 604_801 }, 400],
    [{ delete_message_seconds: -1 }, 400],
    [{ delete_message_days: 7 }, 204],
    [{ delete_message_days: 8 }, 400],
    [undefined, 400],
  ])('%j gives %i', async (body, status) => {
    expect((await bot.call('PUT', `${BANS}/${linus.id}`, body)).status).toBe(status);
  });

  it('delete what the user wrote in the last seconds, as many as are asked for', async () => {
    const { control } = bot.simulator;
    const say = (content: string) =>
      control.sayAs({ user_id: linus.id, channel_id: GENERAL, body: { content } }).then(() => undefined);
    await say('old');
    await control.advanceClock({ advance_ms: 60_000 });
    await say('new');
    await bot.call('PUT', `${BANS}/${linus.id}`, { delete_message_seconds: 60 });
    const left = JSON.parse((await bot.call('GET', `/channels/${GENERAL}/messages`)).text) as { content: string }[];

    expect(left.map(({ content }) => content)).toEqual(['old']);
  });

  it('are listed by id; before beats after', async () => {
    for (const { id } of [solo, linus, mina]) await bot.call('PUT', `${BANS}/${id}`, {});

    expect(ids((await bot.call('GET', BANS)).text)).toEqual([linus.id, mina.id, solo.id]);
    expect(ids((await bot.call('GET', `${BANS}?limit=1&before=${solo.id}&after=${mina.id}`)).text)).toEqual([mina.id]);
    expect(ids((await bot.call('GET', `${BANS}?after=${linus.id}&limit=1`)).text)).toEqual([mina.id]);
    expect(await bot.outcome('GET', `${BANS}?limit=1001`)).toEqual([400, 50_035]);
  });
});

describe('bulk-ban', () => {
  const path = `${GUILD}/bulk-ban`;

  it('needs BAN_MEMBERS and MANAGE_GUILD', async () => {
    expect(await bot.outcome('POST', path, { user_ids: [linus.id] })).toEqual(DENIED);
    await bot.arm(P.MANAGE_GUILD);
    expect(await bot.outcome('POST', path, { user_ids: [linus.id] })).toEqual(DENIED);
  });

  it('tells whom it banned and whom it could not, and fails when there was nobody', async () => {
    await bot.arm(P.BAN_MEMBERS | P.MANAGE_GUILD, 1);
    const reply = await bot.call('POST', path, { user_ids: [linus.id, ada.id, grace.id, noor.id] });

    expect(reply.json).toEqual({ banned_users: [linus.id, noor.id], failed_users: [ada.id, grace.id] });
    expect(await bot.outcome('POST', path, { user_ids: [linus.id, ada.id] })).toEqual([400, 500_000]);
  });

  it.each([200, 201])('takes 200 ids at most: %i', async (count) => {
    await bot.arm(P.BAN_MEMBERS | P.MANAGE_GUILD);
    const user_ids = Array.from({ length: count }, (_, at) => String(500_000_000_000_000_000n + BigInt(at)));

    expect(await bot.outcome('POST', path, { user_ids })).toEqual(count === 200 ? [400, 500_000] : [400, 50_035]);
  });
});

describe('X-Audit-Log-Reason', () => {
  const path = `${BANS}/${linus.id}`;

  it.each([
    ['a'.repeat(512), 204],
    ['a'.repeat(513), 400],
    ['', 400],
    ['%zz', 400],
    ['%C3%A9'.repeat(512), 204],
  ])('is 1 to 512 characters, URL-encoded (case %#)', async (reason, status) => {
    expect((await bot.call('PUT', path, {}, { 'x-audit-log-reason': reason })).status).toBe(status);
  });

  it('is noted with what was done, and with nothing that was refused', async () => {
    await bot.call('PUT', path, {}, { 'x-audit-log-reason': 'spam' });
    await bot.call('PUT', `${BANS}/${ada.id}`, {}, { 'x-audit-log-reason': 'no' });
    await bot.call('DELETE', path, {});
    const { items } = await bot.simulator.control.listAuditLog();

    expect(items).toMatchObject([
      { action: 'ban_user_from_guild', reason: 'spam', parameters: { user_id: linus.id } },
      { action: 'unban_user_from_guild', reason: null },
    ]);
  });
});
