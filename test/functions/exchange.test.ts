import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../infra/local/discord/control/fault.ts';
import { startHarness, type Harness } from '../support/harness.ts';
import { useHarness } from '../support/use-harness.ts';
import { expectFaultsUsed } from '../support/planted-faults.ts';
import {
  ada,
  comeBack,
  countLiveTokens,
  countRevocations,
  countTokenRequests,
  expectProblem,
  grace,
  linus,
  listConnections,
  mina,
  noor,
  solo,
} from './connect-expectations.ts';

const harness = useHarness();

const TOKEN = '/api/oauth2/token';

const plant = (fault: Fault, path = TOKEN, times = 1) => harness.simulator.control.addFault({ path, fault, times });

const profileStatus = async (connectionId: string) =>
  (await harness.wire.send('GET', `/connections/${connectionId}/api/v10/users/@me`, { key: harness.key })).status;

describe('the exchange of a code', () => {
  it.each([
    ['fewer', 'identify', ['identify']],
    ['more', 'identify email guilds connections', ['identify', 'email', 'guilds', 'connections']],
    ['none named, which means the asked ones', undefined, ['identify', 'email', 'guilds']],
  ])('stores the granted scopes, not the asked ones: %s [hostile 8]', async (what, scope, stored) => {
    const { confirm } = await comeBack(harness, { user_id: `scopes ${what}` }, { userId: ada.id });
    await plant(scope === undefined ? { kind: 'edit_json', remove: ['scope'] } : { kind: 'edit_json', set: { scope } });

    expect((await confirm()).json.scopes).toEqual(stored);
  });

  it('connects nobody whom Discord does not name: identify was not granted [hostile 8]', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'nameless' }, { userId: ada.id });
    await plant({ kind: 'edit_json', remove: ['user'] }, '/api/v10/oauth2/@me');

    const refused = await confirm();
    expectProblem(refused, 409, 'scopes_not_granted');
    expect(refused.json.missing).toEqual(['identify']);
    expect(await listConnections(harness, 'nameless')).toEqual([]);
    expect(harness.log.entries.map(({ event }) => event)).toContain('grant_left_unidentified');
  });

  it.each([
    ['missing', undefined],
    ['a string', '604800'],
    ['no number', 'soon'],
    ['negative', -1],
    ['zero', 0],
    ['huge', 1e12],
    ['a fraction', 604_799.5],
    ['null', null],
  ])('bears an expires_in that is %s: the connection works [hostile 16]', async (what, value) => {
    const { confirm } = await comeBack(harness, { user_id: `expires ${what}` }, { userId: ada.id });
    await plant(
      value === undefined
        ? { kind: 'edit_json', remove: ['expires_in'] }
        : { kind: 'edit_json', set: { expires_in: value } },
    );

    const confirmed = await confirm();
    expect(confirmed.status).toBe(200);
    expect(await profileStatus(confirmed.json.id)).toBe(200);
  });

  it('bears a token type in other letters and members it does not know [hostile 16]', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'letters' }, { userId: ada.id });
    await plant({ kind: 'edit_json', set: { token_type: 'bEARER', id_token: 'x', guild: 'none', webhook: { id: 5 } } });

    expect((await confirm()).json).toMatchObject({ status: 'active', guilds: [], webhooks: [] });
  });

  it('goes by the body of an answer, not by its content type [hostile 37]', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'content type' }, { userId: ada.id });
    await plant({ kind: 'content_type', content_type: 'text/html' });

    expect((await confirm()).status).toBe(200);
  });

  const unusable: [string, Fault][] = [
    ['no refresh token', { kind: 'edit_json', remove: ['refresh_token'] }],
    ['another token type', { kind: 'edit_json', set: { token_type: 'mac' } }],
    ['no token type', { kind: 'edit_json', remove: ['token_type'] }],
    ['a body that breaks off behind the access token', { kind: 'truncate', after_bytes: 100 }],
  ];
  it.each(unusable)('revokes what it cannot use: %s [hostile 37]', async (what, fault) => {
    const { confirm } = await comeBack(harness, { user_id: `unusable ${what}` }, { userId: linus.id });
    await plant(fault);

    expectProblem(await confirm(), 502, 'discord_answer_unreadable');
    expect(await countLiveTokens(harness, linus.id)).toBe(0);
    expect(await listConnections(harness, `unusable ${what}`)).toEqual([]);
    expectProblem(await confirm(), 410, 'authorization_code_expired');
  });

  it('does not revoke what it cannot use while another connection lives on the same authorization [hostile 9]', async () => {
    const other = await comeBack(harness, { user_id: 'sharing' }, { userId: grace.id });
    const { id } = (await other.confirm()).json;
    const before = await countRevocations(harness);
    const { confirm } = await comeBack(harness, { user_id: 'sharing too' }, { userId: grace.id });
    await plant({ kind: 'edit_json', remove: ['refresh_token'] });

    expectProblem(await confirm(), 502, 'discord_answer_unreadable');
    expect(await countRevocations(harness)).toBe(before);
    expect(await profileStatus(id)).toBe(200);
  });

  const html = { 'content-type': 'text/html' };
  const unreadable: [string, Fault, number, string][] = [
    [
      'HTML with 200',
      { kind: 'answer', status: 200, body: '<html>token</html>', headers: html },
      502,
      'discord_answer_unreadable',
    ],
    ['an empty body', { kind: 'answer', status: 200, body: '' }, 502, 'discord_answer_unreadable'],
    ['a list', { kind: 'answer', status: 200, json: [] }, 502, 'discord_answer_unreadable'],
  ];
  it.each(unreadable)(
    'tells of %s, echoes nothing of it and starts again [hostile 37]',
    async (what, fault, status, code) => {
      const { confirm } = await comeBack(harness, { user_id: `unreadable ${what}` }, { userId: ada.id });
      await plant(fault);

      const refused = await confirm();
      expectProblem(refused, status, code);
      expect(refused.text).not.toContain('html>');
      expectProblem(await confirm(), 410, 'authorization_code_expired');
    },
  );

  const passing: [string, Fault, number, string][] = [
    ['500', { kind: 'answer', status: 500, body: 'upstream text' }, 502, 'discord_unavailable'],
    [
      '502 with HTML',
      { kind: 'answer', status: 502, body: '<html>upstream text', headers: html },
      502,
      'discord_unavailable',
    ],
    ['429', { kind: 'rate_limit', retry_after_seconds: 7 }, 429, 'discord_rate_limited'],
    ['429 of the edge', { kind: 'cloudflare' }, 429, 'discord_rate_limited'],
    ['a dropped connection', { kind: 'drop', phase: 'before' }, 502, 'discord_unavailable'],
    [
      '403 in another form',
      { kind: 'answer', status: 403, json: { message: 'upstream text' } },
      502,
      'discord_answer_unreadable',
    ],
  ];
  it.each(passing)(
    'keeps the code when Discord answers %s, and the next confirmation succeeds [hostile 37]',
    async (what, fault, status, code) => {
      const { confirm } = await comeBack(harness, { user_id: `passing ${what}` }, { userId: ada.id });
      const before = await countTokenRequests(harness);
      await plant(fault);

      const refused = await confirm();
      expectProblem(refused, status, code);
      expect(refused.text).not.toContain('upstream text');
      if (fault.kind === 'rate_limit') expect(refused.headers['retry-after']).toBe('7');
      expect((await confirm()).status).toBe(200);
      expect(await countTokenRequests(harness)).toBe(before + 2);
    },
  );

  it('says that the code is gone when Discord had used it up and only the answer was lost [hostile 13]', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'answer lost' }, { userId: noor.id });
    await plant({ kind: 'drop', phase: 'after' });

    expectProblem(await confirm(), 502, 'discord_unavailable');
    expectProblem(await confirm(), 410, 'authorization_code_expired');
    expect(await listConnections(harness, 'answer lost')).toEqual([]);
  });

  it('sends what Discord documents: a form with client id and secret, redirect URI and verifier', async () => {
    await harness.simulator.control.clearRequests();
    const { confirm } = await comeBack(harness, { user_id: 'form' }, { userId: solo.id });
    expect((await confirm()).status).toBe(200);

    const { items } = await harness.simulator.control.listRequests({ method: 'POST', path: TOKEN });
    expect(items).toHaveLength(1);
    expect(items[0]?.form_fields).toEqual([
      'client_id',
      'client_secret',
      'code',
      'code_verifier',
      'grant_type',
      'redirect_uri',
    ]);
    expect(items[0]?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    expect(items[0]?.headers['user-agent']).toMatch(/^DiscordBot \(http/);
    expect(items[0]?.headers['authorization']).toBeUndefined();
    expect(items[0]?.headers['cookie']).toBeUndefined();
  });

  it('keeps what it cannot use and could not attribute to anyone, says so in the log, and revokes it when asked again', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'unattributed' }, { userId: mina.id });
    await plant({ kind: 'edit_json', remove: ['refresh_token'] });
    await plant({ kind: 'answer', status: 500 }, '/api/v10/oauth2/@me');
    const before = await countRevocations(harness);

    expectProblem(await confirm(), 502, 'discord_answer_unreadable');
    expect(await countRevocations(harness)).toBe(before);
    expect(harness.log.entries).toContainEqual({
      level: 'error',
      event: 'unwanted_tokens_not_revoked',
      reason: 'the user is not known',
    });

    expectProblem(await confirm(), 502, 'discord_answer_unreadable');
    expect(await countRevocations(harness)).toBe(before + 1);
    expect(await countLiveTokens(harness, mina.id)).toBe(0);
    expectProblem(await confirm(), 410, 'authorization_code_expired');
  });

  it('has the sweep revoke what nobody asks for again', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'never again' }, { userId: mina.id });
    await plant({ kind: 'edit_json', set: { token_type: 'mac' } });
    await plant({ kind: 'answer', status: 500 }, '/api/v10/oauth2/@me');
    expectProblem(await confirm(), 502, 'discord_answer_unreadable');

    harness.clock.advanceSeconds(2 * 3_600);
    await harness.sweep();
    expect(await countLiveTokens(harness, mina.id)).toBe(0);
    expectProblem(await confirm(), 404, 'connect_session_not_found');
  });
});

describe('the exchange of a code with a Discord that is slow', () => {
  let slow: Harness;
  beforeAll(async () => {
    slow = await startHarness({ maxCallMs: 300 });
  });
  afterEach(() => expectFaultsUsed(slow));
  afterAll(() => slow.stop());

  it('keeps the code when no answer comes in time, and the next confirmation succeeds [hostile 37]', async () => {
    const { confirm } = await comeBack(slow, { user_id: 'timed out' }, { userId: ada.id });
    await slow.simulator.control.addFault({ path: TOKEN, fault: { kind: 'hold', phase: 'before' } });

    expectProblem(await confirm(), 504, 'discord_timeout');
    expect((await confirm()).status).toBe(200);
  });

  it('revokes the token of an answer that drips beyond the time [hostile 37]', async () => {
    const { confirm } = await comeBack(slow, { user_id: 'dripping' }, { userId: linus.id });
    const fault = { kind: 'drip', bytes_per_piece: 100, pause_ms: 10_000 } as const;
    await slow.simulator.control.addFault({ path: TOKEN, fault });

    expectProblem(await confirm(), 502, 'discord_answer_unreadable');
    expect(await countLiveTokens(slow, linus.id)).toBe(0);
  });
});
