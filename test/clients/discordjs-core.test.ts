import { API } from '@discordjs/core';
import { DiscordAPIError, REST } from '@discordjs/rest';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { connectUser } from '../support/connected-user.ts';
import { useHarness } from '../support/use-harness.ts';
import { armGuild, PLACES } from './armed-guild.ts';
import { CORE_CALLS, type CoreClient, type CoreClients } from './core-calls.ts';

const harness = useHarness();
let clients: CoreClients;
let member: CoreClient;
let guild: Awaited<ReturnType<typeof harness.simulator.control.readGuild>>['guild'];

const buildClient = (connectionId: string): CoreClient => {
  const api = `${harness.origin}/connections/${connectionId}/api`;
  const rest = new REST({ api, authPrefix: 'Bearer', retries: 0 }).setToken(harness.key);
  return { api: new API(rest), rest };
};

beforeAll(async () => {
  const owner = await armGuild(harness);
  const newcomer = await connectUser(harness, { user: 'solo', scopes: ['identify', 'guilds.join'] });
  clients = { owner: buildClient(owner), newcomer: buildClient(newcomer.connectionId) };
  member = buildClient((await connectUser(harness, { user: 'linus' })).connectionId);
  guild = (await harness.simulator.control.readGuild({ guild_id: PLACES.guild })).guild;
});

beforeEach(async () => {
  await harness.simulator.control.putGuild({ guild });
  await harness.simulator.control.clearRequests();
});

/** Discord's path as a pattern, also that with a webhook's token. */
function buildPattern({ path, byToken }: ActionDefinition): RegExp {
  const ways = [path, ...(byToken === undefined ? [] : [byToken.path])];
  return new RegExp(`^/api/v10(?:${ways.map((way) => way.replaceAll(/\{[a-z_]+\}/g, '[^/]+')).join('|')})$`);
}

async function catchError(call: Promise<unknown>): Promise<DiscordAPIError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DiscordAPIError);
  return error as DiscordAPIError;
}

/** The bot leaves the guild with it, so it comes last. */
const LAST = 'user_guild.leave';
const actions = catalogue.toSorted((a, b) => Number(a.id === LAST) - Number(b.id === LAST));

describe('an unmodified @discordjs/core at a connection', () => {
  it('has a call for each action, and for nothing else', () => {
    expect(Object.keys(CORE_CALLS).toSorted()).toEqual(catalogue.map(({ id }) => id).toSorted());
  });

  describe('its errors', () => {
    it('say what is missing, whose it is and where', async () => {
      const error = await catchError(member.api.guilds.removeMember(PLACES.guild, SEED_USERS.grace.id));

      expect([error.status, error.code]).toEqual([403, 'actor_permission_missing']);
      expect(error.message).toMatch(/KICK_MEMBERS/);
      expect(error.rawError).toMatchObject({
        code: 'actor_permission_missing',
        missing: ['KICK_MEMBERS'],
        who: 'actor',
      });
    });

    it('name the place in the body that is wrong', async () => {
      const call = clients.owner.api.channels.createMessage(PLACES.general, { content: 'x'.repeat(2_001) });
      const error = await catchError(call);

      expect([error.status, error.code]).toEqual([400, 'input_invalid']);
      expect(error.message).toMatch(/content/);
      expect(error.message).toMatch(/2000/);
    });

    it('name what Discord itself finds wrong, where it stands, and give its own code', async () => {
      const components = [{ type: 1, components: [] }];
      const error = await catchError(
        clients.owner.rest.post(`/channels/${PLACES.general}/messages`, { body: { content: 'x', components } }),
      );

      expect([error.status, error.code]).toEqual([400, 'discord_input_rejected']);
      expect(error.rawError).toMatchObject({ discord: { code: 50_035 } });
      expect(error.message).toMatch(/components/);
    });

    it('tell of something that is not there', async () => {
      const error = await catchError(clients.owner.api.channels.getMessage(PLACES.general, '1200000000000000001'));

      expect(error.status).toBe(404);
      expect(error.rawError).toMatchObject({ discord: { code: 10_008 } });
      expect(error.message.length).toBeGreaterThan(10);
    });

    it('tell that a deprecated operation is not offered', async () => {
      const error = await catchError(clients.owner.api.channels.getPins(PLACES.general));

      expect([error.status, error.code]).toEqual([404, 'action_unknown']);
      expect(error.message).toMatch(/not offered/);
    });

    it('say what to do instead of naming the token of a webhook', async () => {
      const error = await catchError(
        clients.owner.rest.post('/webhooks/1200000000000000001/not-needed', { body: { content: 'x' } }),
      );

      expect([error.status, error.code]).toEqual([400, 'webhook_token_refused']);
      expect(error.message).toMatch(/\/webhooks\/\{id\}|token/);
    });
  });

  it('gives a reason in any script, which stands in the audit log', async () => {
    await CORE_CALLS['member.kick']?.(clients);
    const { items } = await harness.simulator.control.listAuditLog();

    expect(items.at(-1)).toMatchObject({ parameters: { user_id: SEED_USERS.linus.id }, reason: 'шум' });
  });

  it.each(actions.map((action) => [action.id, action] as const))('performs %s', async (id, action) => {
    const answer = await CORE_CALLS[id]?.(clients);
    const pattern = buildPattern(action);
    const { items } = await harness.simulator.control.listRequests({ method: action.method });
    const performed = items.filter(({ path }) => pattern.test(path));

    expect(performed.map(({ status }) => action.successStatuses.includes(status ?? 0))).toContain(true);
    // What the client gets is what the catalogue promises.
    expect(action.answer?.safeParse(answer).error).toBeUndefined();
  });
});
