import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeIntegration } from '../../shared/app/operate-integration.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { COUNT, REFRESH_COUNT } from '../../shared/metric-names.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { TOKEN_PATH, watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';

const DAY = 86_400;
const UNTIL_DUE = 6.5 * DAY;
const UNTIL_EXPIRED = 7 * DAY + 1;

/** The client secret that operator and Discord agree on before each test. */
const RIGHT = 'the-secret-before-it-was-reset';

/** Resetting the client secret at Discord voids the old one at once (Discord Developer Portal, OAuth2 page). */
describe('a client secret that was reset at Discord', () => {
  const harness = useHarness();
  let discord: DiscordRequests;
  beforeAll(() => {
    discord = watchDiscord(harness.simulator);
  });
  beforeEach(async () => {
    harness.log.entries.length = 0;
    harness.metrics.clear();
    await enter(RIGHT);
    // Nobody has to catch up any more with what an earlier test held back.
    harness.clock.advanceSeconds(10 * 60);
  });

  const enter = async (clientSecret: string) => {
    const { clientId } = harness.simulator.application;
    await harness.simulator.control.resetClientSecret({ client_secret: clientSecret });
    const credentials = { clientId, clientSecret: new Secret(clientSecret) };
    expect((await changeIntegration(harness.edges, { credentials })).ok).toBe(true);
    // Sandboxes keep the secret for minutes; that one is refused and read anew is tested elsewhere.
    harness.coldStart();
  };
  const connectAll = async (count: number, seconds: number): Promise<ConnectedUser[]> => {
    const users: ConnectedUser[] = [];
    for (let index = 0; index < count; index += 1) users.push(await connectUser(harness, { user: 'linus' }));
    harness.clock.advanceSeconds(seconds);
    await discord.clear();
    return users;
  };
  const reset = (): Promise<unknown> =>
    harness.simulator.control.resetClientSecret({ client_secret: 'reset-at-discord-just-now' });
  const callAll = async (users: readonly ConnectedUser[]): Promise<string[]> => {
    const answers = await Promise.all(users.map((user) => user.call()));
    return answers.map(({ status, json }) => (status === 200 ? 'ok' : String(json.code)));
  };

  it('does not keep connections from working whose token has life left, and costs one request', async () => {
    const users = await connectAll(5, UNTIL_DUE);
    await reset();
    for (const user of users) expect((await user.call()).status).toBe(200);

    expect(await discord.refreshes()).toBe(1);
    for (const user of users) expect(await user.load()).toMatchObject({ status: 'active' });
  });

  it('holds refreshes back, one probe in 30 s, whoever calls how often [hostile 15]', async () => {
    const users = await connectAll(8, UNTIL_EXPIRED);
    await reset();
    await users[0]?.call();
    expect(await callAll(users)).toEqual(users.map(() => 'operator_credentials_rejected'));
    expect(await callAll(users)).toEqual(users.map(() => 'operator_credentials_rejected'));
    expect(await discord.refreshes()).toBe(1);

    for (let round = 2; round <= 4; round += 1) {
      harness.clock.advanceSeconds(31);
      harness.coldStart();
      expect(await callAll(users)).toEqual(users.map(() => 'operator_credentials_rejected'));
      expect(await discord.refreshes()).toBe(round);
    }
    for (const user of users) expect(await user.load()).toMatchObject({ status: 'active' });
  });

  it('is told at once, to log, metric and audit, and counts as nobody’s failed refresh', async () => {
    const users = await connectAll(3, UNTIL_EXPIRED);
    await reset();
    for (const user of users) await user.call();
    const answer = await users[1]?.call();

    expect(answer?.status).toBe(503);
    expect(Number(answer?.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(answer?.headers['retry-after'])).toBeLessThanOrEqual(30);
    const counts = harness.metrics.counts();
    expect(counts[COUNT.operatorCredentialsRejected]).toBe(1);
    expect(counts[REFRESH_COUNT.held]).toBeGreaterThanOrEqual(2);
    expect(counts[REFRESH_COUNT.connection]).toBeUndefined();
    expect(harness.log.entries.filter(({ event }) => event === 'operator_credentials_rejected')).toHaveLength(1);
    const audit = (await harness.scanTable()).filter(({ type }) => type === 'credentials_rejected');
    expect(audit.length).toBeGreaterThan(0);
    expect(JSON.stringify(audit)).not.toContain('reset-at-discord-just-now');
  });

  it('holds back confirmations and revocations, too, and loses neither', async () => {
    const [user] = await connectAll(1, UNTIL_DUE);
    await reset();
    await user?.call();
    await discord.clear();
    const refused = await harness.wire.send('DELETE', `/connections/${user?.connectionId ?? ''}`, { key: harness.key });
    const other = await harness.wire.comeBack(
      harness.key,
      { user_id: 'while-held', return_url: 'http://localhost:9/back' },
      { userId: user?.discordUserId ?? '' },
    );
    const held = await harness.wire.confirm(harness.key, other.sessionId, 'while-held', other.confirmationCode);

    expect(held.json.code).toBe('operator_credentials_rejected');
    const toApi = (await discord.all()).filter(({ path }) => path.startsWith('/api/'));
    expect(toApi).toEqual([]);
    await enter('entered-by-the-operator');
    const confirmed = await harness.wire.confirm(harness.key, other.sessionId, 'while-held', other.confirmationCode);
    expect(confirmed.status).toBe(200);
    expect([200, 503]).toContain(refused.status);
  });

  it('is over when the operator has entered the new one, at a bounded rate as well', async () => {
    const users = await connectAll(15, UNTIL_EXPIRED);
    await reset();
    await callAll(users);
    harness.clock.advanceSeconds(31);
    const credentials = {
      clientId: harness.simulator.application.clientId,
      clientSecret: new Secret('reset-at-discord-just-now'),
    };
    await changeIntegration({ ...harness.edges, clock: harness.clock }, { credentials });
    harness.coldStart();
    await discord.clear();
    const first = await callAll(users);

    expect(first.filter((answer) => answer === 'ok')).toHaveLength(10);
    expect(first.filter((answer) => answer === 'token_requests_delayed')).toHaveLength(5);
    harness.clock.advanceSeconds(5);
    expect(await callAll(users)).toEqual(users.map(() => 'ok'));
    expect(await discord.refreshes()).toBe(15);
  });

  it('is over with the first probe that succeeds, and everyone catches up at a bounded rate', async () => {
    const users = await connectAll(15, UNTIL_EXPIRED);
    await reset();
    await users[0]?.call();
    // Entered in Secrets Manager behind our back: nobody tells the gateway, its probe finds out.
    await harness.simulator.control.resetClientSecret({ client_secret: RIGHT });
    await discord.clear();
    harness.clock.advanceSeconds(31);
    expect((await users[0]?.call())?.status).toBe(200);
    const first = await callAll(users);

    expect(first.filter((answer) => answer === 'ok').length).toBeLessThanOrEqual(11);
    expect(new Set(first)).toEqual(new Set(['ok', 'token_requests_delayed']));
    for (let second = 0; second < 8; second += 1) {
      harness.clock.advanceSeconds(5);
      await callAll(users);
    }
    expect(await callAll(users)).toEqual(users.map(() => 'ok'));
    expect(await discord.refreshes()).toBe(15);
    expect((await discord.all()).filter(({ path }) => path === TOKEN_PATH)).toHaveLength(15);
  });
});
