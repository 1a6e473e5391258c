import { DiscordAPIError, HTTPError, REST } from '@discordjs/rest';
import {
  Routes,
  type RESTGetAPICurrentUserGuildsResult,
  type RESTGetAPICurrentUserResult,
} from 'discord-api-types/v10';
import { beforeAll, describe, expect, it } from 'vitest';
import { SEED_GUILDS } from '../../infra/local/discord/world/seed-guilds.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { watchDiscord } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';

describe('an unmodified @discordjs/rest at a connection', () => {
  const harness = useHarness();
  let ada: ConnectedUser;
  let rest: REST;
  beforeAll(async () => {
    ada = await connectUser(harness);
    rest = buildClient(ada.connectionId, harness.key);
  });

  const buildClient = (connectionId: string, key: string): REST =>
    new REST({ api: `${harness.origin}/connections/${connectionId}/api`, authPrefix: 'Bearer' }).setToken(key);

  const catchError = async (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('reads profile and guilds', async () => {
    const user = (await rest.get(Routes.user())) as RESTGetAPICurrentUserResult;
    const query = new URLSearchParams({ limit: '1', with_counts: 'true' });
    const guilds = (await rest.get(Routes.userGuilds(), { query })) as RESTGetAPICurrentUserGuildsResult;

    expect(user).toMatchObject({ id: ada.discordUserId, global_name: 'Ada' });
    expect(guilds.map(({ id }) => id)).toEqual([SEED_GUILDS.analyticalEngine.id]);
  });

  it('gets a code and a message that say what to do', async () => {
    const error = await catchError(rest.get(Routes.userConnections()));

    expect(error).toBeInstanceOf(DiscordAPIError);
    expect(error).toMatchObject({ status: 403, code: 'scope_missing', method: 'GET' });
    expect(String(error)).toContain('Missing: connections.');
  });

  it('gets the fault of a parameter named', async () => {
    const error = await catchError(rest.get(Routes.userGuilds(), { query: new URLSearchParams({ limit: '1.5' }) }));

    expect(error).toMatchObject({ status: 400, code: 'input_invalid' });
    expect(String(error)).toContain('limit: must be a whole number from 1 to 200');
  });

  it('gets a readable error for an operation that is not offered, on any of Discord’s paths', async () => {
    for (const route of [Routes.guildEmojis('197038439483310086'), '/users/@me/relationships'] as const) {
      const error = await catchError(rest.get(route));
      expect(error).toMatchObject({ status: 404, code: 'action_unknown' });
      expect(String(error)).toContain('This Discord operation is not offered');
    }
  });

  it('gets a readable error for a key that is not accepted', async () => {
    const error = await catchError(buildClient(ada.connectionId, 'wrong').get(Routes.user()));

    expect(error).toMatchObject({ status: 401, code: 'caller_unknown' });
    expect(String(error)).toContain('key');
  });

  it('tells an outage of Discord by its status', async () => {
    const patient = buildClient(ada.connectionId, harness.key);
    patient.options.retries = 0;
    await harness.simulator.control.addFault({
      path: '/api/v10/users/@me',
      fault: { kind: 'answer', status: 500, body: '' },
    });
    const error = await catchError(patient.get(Routes.user()));

    expect(error).toBeInstanceOf(HTTPError);
    expect(error).toMatchObject({ status: 502 });
  });

  it('waits as long as a 429 says and tries again by itself', async () => {
    const discord = watchDiscord(harness.simulator);
    await discord.clear();
    await harness.simulator.control.addFault({
      path: '/api/v10/users/@me',
      fault: { kind: 'rate_limit', retry_after_seconds: 0.05 },
    });
    const user = await rest.get(Routes.user());

    expect(user).toMatchObject({ id: ada.discordUserId });
    expect(await discord.calls()).toBe(2);
  });
});
