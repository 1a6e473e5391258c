import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../infra/local/discord/control/fault.ts';
import { changeIntegration } from '../../shared/app/operate-integration.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { connectUser } from '../support/connected-user.ts';
import { TOKEN_PATH, watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';
import { openStoredItems } from '../support/stored-items.ts';

const DAY = 86_400;

/** Seconds after which a token of 7 days is in its last tenth: due, whatever the connection's jitter, and still good. */
const UNTIL_DUE = 6.5 * DAY;

const UNTIL_EXPIRED = 7 * DAY + 1;

/** Ways in which the token endpoint fails without having done anything. */
const PASSING_FAULTS: readonly [string, Fault, string][] = [
  ['answers 500', { kind: 'answer', status: 500, body: '' }, 'discord_unavailable'],
  ['answers 429', { kind: 'rate_limit', retry_after_seconds: 3 }, 'discord_rate_limited'],
  ['shows Cloudflare’s page', { kind: 'cloudflare' }, 'discord_rate_limited'],
  ['answers a page', { kind: 'answer', status: 200, body: '<html>' }, 'discord_answer_unreadable'],
  ['answers 403 with a page', { kind: 'answer', status: 403, body: '<html>' }, 'discord_answer_unreadable'],
  ['answers an empty 400', { kind: 'answer', status: 400, body: '' }, 'discord_answer_unreadable'],
  [
    'answers an unknown error',
    { kind: 'answer', status: 400, json: { error: 'server_error' } },
    'discord_answer_unreadable',
  ],
  ['redirects', { kind: 'answer', status: 302, headers: { location: '/login' } }, 'discord_answer_unreadable'],
  ['drops the connection', { kind: 'drop', phase: 'before' }, 'discord_unavailable'],
  [
    'gives a token of another type',
    { kind: 'answer', status: 200, json: { access_token: 'not-used-by-anyone', token_type: 'mac', expires_in: 1 } },
    'discord_answer_unreadable',
  ],
];

describe('refresh', () => {
  const harness = useHarness();
  let discord: DiscordRequests;
  beforeAll(() => {
    discord = watchDiscord(harness.simulator);
  });
  beforeEach(() => {
    harness.log.entries.length = 0;
  });

  /** Connects a fresh app user and lets time pass. */
  const connectAndWait = async (seconds: number, scopes?: readonly string[]) => {
    const user = await connectUser(harness, { user: 'linus', ...(scopes === undefined ? {} : { scopes }) });
    harness.clock.advanceSeconds(seconds);
    await discord.clear();
    return user;
  };
  const plantAtToken = (fault: Fault, times: number | null = 1) =>
    harness.simulator.control.addFault({ method: 'POST', path: TOKEN_PATH, times, fault });
  const listEvents = () => harness.log.entries.map(({ event }) => event);

  it('happens in the last tenth of the token’s life at the latest, before the action, and once', async () => {
    const user = await connectAndWait(5.6 * DAY - 1);
    expect((await user.call()).status).toBe(200);
    expect(await discord.refreshes()).toBe(0);

    harness.clock.advanceSeconds(0.7 * DAY + 1);
    const answers = [await user.call(), await user.call()];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await discord.all()).map(({ path }) => path)).toEqual([
      '/api/v10/users/@me',
      TOKEN_PATH,
      '/api/v10/users/@me',
      '/api/v10/users/@me',
    ]);
  });

  it('authenticates by form fields and names the connection’s own scopes', async () => {
    const user = await connectAndWait(UNTIL_DUE);
    await user.call();
    const refresh = (await discord.all()).find(({ path }) => path === TOKEN_PATH);

    expect(refresh).toMatchObject({ method: 'POST', grant_type: 'refresh_token', query: {} });
    expect(refresh?.form_fields).toEqual(['client_id', 'client_secret', 'grant_type', 'refresh_token', 'scope']);
    expect(refresh?.headers).not.toHaveProperty('authorization');
    expect(refresh?.headers['user-agent']).toMatch(/^DiscordBot \(/);
  });

  it.each(PASSING_FAULTS)(
    'does not matter when the token endpoint %s and the old token still works',
    async (_, fault, reason) => {
      const user = await connectAndWait(UNTIL_DUE);
      await plantAtToken(fault);

      expect((await user.call()).json).toMatchObject({ id: user.discordUserId });
      expect(harness.log.entries).toContainEqual(expect.objectContaining({ event: 'refresh_postponed', reason }));
      expect(await user.load()).toMatchObject({ status: 'active' });
    },
  );

  it('that failed is not tried again for 30 s while the old token works', async () => {
    const user = await connectAndWait(UNTIL_DUE);
    await plantAtToken({ kind: 'answer', status: 500, body: '' });
    await user.call();
    harness.clock.advanceSeconds(29);
    await user.call();
    expect(await discord.refreshes()).toBe(1);

    harness.clock.advanceSeconds(2);
    expect((await user.call()).status).toBe(200);
    expect(await discord.refreshes()).toBe(2);
  });

  it.each(PASSING_FAULTS)(
    'gives a typed problem when the token endpoint %s and the old token is over',
    async (_, fault, code) => {
      const user = await connectAndWait(UNTIL_EXPIRED);
      await plantAtToken(fault);
      const problem = await user.call();

      expect(problem.json.code).toBe(code);
      expect(problem.headers['retry-after']).toBeDefined();
      expect([await discord.refreshes(), await discord.calls()]).toEqual([1, 0]);
      expect(await user.load()).toMatchObject({ status: 'active' });
      // Every further call is told the same without asking Discord, until the pause is over.
      expect((await user.call()).json.code).toBe(code);
      expect(await discord.refreshes()).toBe(1);
      harness.clock.advanceSeconds(Number((await user.call()).headers['retry-after']));
      expect((await user.call()).status).toBe(200);
    },
  );

  it('spreads over a tenth of the life, each connection at its own moment', async () => {
    const users = [];
    for (let index = 0; index < 6; index += 1) users.push(await connectUser(harness, { user: 'linus' }));
    harness.clock.advanceSeconds(5.6 * DAY - 1);
    await discord.clear();
    const seen: number[] = [];
    for (let step = 0; step < 8; step += 1) {
      for (const user of users) await user.call();
      seen.push(await discord.refreshes());
      harness.clock.advanceSeconds(0.1 * DAY);
    }

    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(6);
    expect(new Set(seen).size).toBeGreaterThan(3);
  });

  it('that Discord rejects for good marks the connection once and is never repeated [hostile 14]', async () => {
    const user = await connectAndWait(UNTIL_DUE);
    await harness.simulator.control.revokeAuthorization({ user_id: user.discordUserId });
    const answers = [await user.call(), await user.call()];
    harness.clock.advanceSeconds(3600);
    answers.push(await user.call());

    for (const { status, json } of answers) {
      expect([status, json.code, json.status_reason]).toEqual([409, 'reconnect_required', 'grant_dead']);
    }
    expect([await discord.refreshes(), await discord.calls()]).toEqual([1, 0]);
    expect(listEvents().filter((event) => event === 'reconnect_required')).toHaveLength(1);
    expect(await user.load()).toMatchObject({ status: 'reconnect_required', status_reason: 'grant_dead' });
  });

  it('whose answer was lost is tried once more, and then the connection is marked with its tokens kept [hostile 13]', async () => {
    const user = await connectAndWait(UNTIL_DUE);
    await plantAtToken({ kind: 'drop', phase: 'after' });
    // The old token died with the refresh that went unanswered, which nobody can know before it is tried.
    expect((await user.call()).json.code).toBe('discord_unavailable');
    expect(await user.load()).toMatchObject({ status: 'active' });
    harness.clock.advanceSeconds(31);
    const answers = [await user.call(), await user.call()];
    const stored = await openStoredItems(harness).load(`CONNECTION#${user.connectionId}`, 'CONNECTION');

    for (const { json } of answers)
      expect([json.code, json.status_reason]).toEqual(['reconnect_required', 'refresh_answer_lost']);
    expect(await discord.refreshes()).toBe(2);
    expect(stored).toMatchObject({ status: 'reconnect_required', sealedTokens: expect.stringMatching(/^v1\./) });
  });

  it('keeps the old refresh token when the answer brings none [hostile 16]', async () => {
    const user = await connectAndWait(UNTIL_DUE);
    const accessToken = 'an-access-token-that-discord-forgot';
    harness.knowSecret({ kind: 'access token', value: accessToken, scope: 'everywhere' });
    await plantAtToken({
      kind: 'answer',
      status: 200,
      json: { access_token: accessToken, token_type: 'Bearer', expires_in: 7 * DAY, scope: 'identify email guilds' },
    });
    await harness.simulator.control.addFault({
      path: '/api/v10/users/@me',
      fault: { kind: 'answer', status: 200, json: { id: 'first' } },
    });
    const [first, second] = [await user.call(), await user.call()];

    expect(first.json).toEqual({ id: 'first' });
    // The new access token is rejected; the kept refresh token mends it.
    expect(second.json).toMatchObject({ id: user.discordUserId });
    expect(await discord.refreshes()).toBe(2);
  });

  it.each([
    ['bearer', 'bearer'],
    ['BEARER', 'BEARER'],
  ])('takes the token type %s [hostile 16]', async (_, tokenType) => {
    const user = await connectAndWait(UNTIL_DUE);
    await plantAtToken({ kind: 'edit_json', set: { token_type: tokenType } });

    expect([(await user.call()).status, (await user.call()).status]).toEqual([200, 200]);
    expect(await discord.refreshes()).toBe(1);
  });

  it.each<[string, Fault, number]>([
    ['missing', { kind: 'edit_json', remove: ['expires_in'] }, 0],
    ['0', { kind: 'edit_json', set: { expires_in: 0 } }, 0],
    ['negative', { kind: 'edit_json', set: { expires_in: -5 } }, 0],
    ['text', { kind: 'edit_json', set: { expires_in: 'soon' } }, 0],
    ['null', { kind: 'edit_json', set: { expires_in: null } }, 0],
    ['"604800"', { kind: 'edit_json', set: { expires_in: '604800' } }, 604_800],
    ['a fraction', { kind: 'edit_json', set: { expires_in: 3600.9 } }, 3600],
    ['1e12', { kind: 'edit_json', set: { expires_in: 1e12 } }, 604_800],
  ])(
    'loses no token when expires_in is %s, and trusts it no further than 7 days [hostile 16]',
    async (_, fault, life) => {
      const user = await connectAndWait(UNTIL_DUE);
      const receivedAt = Math.floor(harness.clock.nowEpochMs() / 1000);
      await plantAtToken(fault);
      const first = await user.call();
      const stored = await openStoredItems(harness).load(`CONNECTION#${user.connectionId}`, 'CONNECTION');

      expect(first.status).toBe(200);
      expect(stored).toMatchObject({
        tokenObtainedAtEpochSeconds: receivedAt,
        tokenExpiresAtEpochSeconds: receivedAt + life,
      });
      // A life that is not known counts as over: the next call refreshes, and nothing is lost either.
      expect((await user.call()).status).toBe(200);
      expect(await discord.refreshes()).toBe(life === 0 ? 2 : 1);
    },
  );

  it.each<[string, Fault, readonly string[]]>([
    ['narrower', { kind: 'edit_json', set: { scope: 'identify' } }, ['identify']],
    [
      'wider',
      { kind: 'edit_json', set: { scope: 'connections identify guilds email' } },
      ['identify', 'email', 'guilds'],
    ],
    ['not named', { kind: 'edit_json', remove: ['scope'] }, ['identify', 'email', 'guilds']],
  ])('stores the granted scope and never widens it: %s', async (_, fault, scopes) => {
    const user = await connectAndWait(UNTIL_DUE);
    await plantAtToken(fault);
    await user.call();

    expect((await user.load()).scopes).toEqual(scopes);
    expect((await user.call('/users/@me/guilds')).status).toBe(scopes.includes('guilds') ? 200 : 403);
    expect((await user.call('/users/@me/connections')).json.missing).toEqual(['connections']);
  });

  it('does not gather scopes that the user gave another connection', async () => {
    await connectUser(harness, { user: 'linus', scopes: ['identify', 'guilds', 'connections'] });
    const user = await connectAndWait(UNTIL_DUE, ['identify']);
    await user.call();

    expect(await discord.refreshes()).toBe(1);
    expect((await user.load()).scopes).toEqual(['identify']);
  });

  it('reads the client secret anew when Discord rejects it, once, and goes on with a new one [hostile 15]', async () => {
    const user = await connectAndWait(UNTIL_EXPIRED);
    await user.call();
    harness.clock.advanceSeconds(UNTIL_EXPIRED);
    const { client_secret } = await harness.simulator.control.resetClientSecret({});
    const credentials = { clientId: harness.simulator.application.clientId, clientSecret: new Secret(client_secret) };
    await discord.clear();
    harness.stack.aws.requests.clear();

    const rejected = [await user.call(), await user.call()];
    expect(rejected.map(({ status, json }) => [status, json.code])).toEqual([
      [503, 'operator_credentials_rejected'],
      [503, 'operator_credentials_rejected'],
    ]);
    expect(rejected[0]?.headers['retry-after']).toBe('30');
    expect(await user.load()).toMatchObject({ status: 'active' });
    // One request in all, after which it is known: no second try with a secret that has not changed.
    expect([await discord.refreshes(), await discord.calls()]).toEqual([1, 0]);

    await changeIntegration(harness.edges, { credentials });
    await discord.clear();
    // This connection's own pause; the credentials' is over with the new secret.
    harness.clock.advanceSeconds(30);
    expect((await user.call()).status).toBe(200);
    // With the secret in memory, which Discord refuses, and with the one that was read anew.
    expect(await discord.refreshes()).toBe(2);
  });

  it('that the client secret hinders does not matter while the old token works [hostile 15]', async () => {
    const user = await connectAndWait(UNTIL_DUE);
    const { clientSecret } = harness.simulator.application;
    await harness.simulator.control.resetClientSecret({ client_secret: 'reset-a-moment-ago-by-the-operator' });

    expect([(await user.call()).status, (await user.call()).status]).toEqual([200, 200]);
    expect(await discord.refreshes()).toBe(1);
    expect(await user.load()).toMatchObject({ status: 'active' });
    await harness.simulator.control.resetClientSecret({ client_secret: clientSecret });
    // For the tests that follow: the next request is the probe that finds the secret accepted.
    harness.clock.advanceSeconds(31);
  });

  it('with another application’s credentials is not tried: that would end the grant for good', async () => {
    const user = await connectAndWait(UNTIL_DUE);
    const { clientId, clientSecret } = harness.simulator.application;
    const other = { clientId: '1100000000000000001', clientSecret: new Secret('secret-of-another-application') };
    await changeIntegration(harness.edges, { credentials: other });
    harness.coldStart();
    const { status, json } = await user.call();

    expect([status, json.code, json.status_reason]).toEqual([409, 'reconnect_required', 'application_changed']);
    expect(await discord.all()).toEqual([]);
    await changeIntegration(harness.edges, { credentials: { clientId, clientSecret: new Secret(clientSecret) } });
    harness.coldStart();
    expect((await user.call()).status).toBe(200);
    expect(await user.load()).toMatchObject({ status: 'active' });
  });
});

describe('refresh with clocks apart', () => {
  const harness = useHarness();

  it('mends a token that ended earlier by Discord’s clock, and counts the new one’s life from its receipt [hostile 17]', async () => {
    const discord = watchDiscord(harness.simulator);
    const user = await connectUser(harness);
    await harness.simulator.control.advanceClock({ advance_ms: (7 * DAY + 600) * 1000 });
    await discord.clear();
    const answer = await user.call();
    const nowEpochSeconds = harness.clock.nowEpochMs() / 1000;
    const stored = await openStoredItems(harness).load(`CONNECTION#${user.connectionId}`, 'CONNECTION');

    expect(answer.status).toBe(200);
    expect([await discord.calls(), await discord.refreshes()]).toEqual([2, 1]);
    expect(stored?.['tokenExpiresAtEpochSeconds']).toBe(nowEpochSeconds + 7 * DAY);
  });

  it('is early by as much as our clock is ahead, and otherwise the same [hostile 17]', async () => {
    const discord = watchDiscord(harness.simulator);
    const user = await connectUser(harness);
    harness.clock.advanceSeconds(5.6 * DAY - 600 - 1);
    await discord.clear();
    await user.call();
    expect(await discord.refreshes()).toBe(0);

    harness.clock.advanceSeconds(0.7 * DAY + 601);
    expect((await user.call()).status).toBe(200);
    expect(await discord.refreshes()).toBe(1);
  });
});

describe('refresh at a slow token endpoint', () => {
  const harness = useHarness({ maxCallMs: 150 });

  it('costs one time-out, not the action, and is not waited for again [hostile 13]', async () => {
    const discord = watchDiscord(harness.simulator);
    const user = await connectUser(harness);
    harness.clock.advanceSeconds(UNTIL_DUE);
    await discord.clear();
    await harness.simulator.control.addFault({ path: TOKEN_PATH, fault: { kind: 'hold', phase: 'before' } });
    const answers = [await user.call(), await user.call()];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await discord.refreshes()).toBe(1);
  });
});
