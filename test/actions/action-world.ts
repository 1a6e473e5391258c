import { createTableCopies } from '../crash/table-copies.ts';
import { PERMISSIONS, type PermissionName } from '../../shared/catalogue/permission.ts';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import type { Harness } from '../support/harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import type { WorldIds } from './action-case.ts';
import type { BuiltCall } from './build-call.ts';
import { ACTOR_ROLE, buildGuild, PLACES } from './build-guild.ts';
import { fillGuild } from './fill-guild.ts';

/** Every permission but the one that gives all the others. */
export const EVERYTHING = (Object.keys(PERMISSIONS) as PermissionName[]).filter((name) => name !== 'ADMINISTRATOR');

/** Seconds that the product remembers guilds, channels and members: 5. */
const FACTS_SECONDS = 6;

/** Seconds that it remembers the application's intents: 60. */
const APPLICATION_SECONDS = 61;

const ACTOR_SCOPES = ['connections', 'guilds', 'guilds.members.read', 'guilds.join'];

/** Whose connection a call goes by. `narrow` and `elsewhere` are the actor's equals: without scopes, and of another tenant. */
export type Speaker = 'actor' | 'stranger' | 'narrow' | 'elsewhere';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
}

/** What came of a call, with all that the simulator received meanwhile. */
export interface Outcome {
  readonly answer: JsonAnswer;
  readonly requests: readonly SeenRequest[];
}

export interface ActionWorld {
  readonly ids: WorldIds;
  /** Gives both exactly these permissions, everywhere. */
  setPermissions(actor: readonly PermissionName[], bot: readonly PermissionName[]): Promise<void>;
  setIntents(intents: readonly ('GUILD_MEMBERS' | 'MESSAGE_CONTENT')[]): Promise<void>;
  send(call: BuiltCall, speaker?: Speaker, headers?: Readonly<Record<string, string>>): Promise<Outcome>;
  /** How many calls were sent. */
  countCalls(): number;
  /** Goes back to the beginning, at Discord and in the table. */
  restore(): Promise<void>;
}

/** A guild with everything that actions act upon, connections of everybody, and a way back to it. */
export async function startActionWorld(harness: Harness): Promise<ActionWorld> {
  const { wire, clock, simulator } = harness;
  const { control } = simulator;
  const foreignKey = await harness.makeTenant('elsewhere');
  const connect = async (
    user: keyof typeof SEED_USERS,
    scopes: readonly string[],
    key = harness.key,
    guild?: string,
  ) => {
    const consent = { userId: SEED_USERS[user].id, ...(guild === undefined ? {} : { guildId: guild }) };
    const session = { user_id: user, return_url: 'http://localhost:9/back', scopes };
    return String((await wire.connect(key, session, consent)).id);
  };

  await control.putGuild({ guild: buildGuild() });
  const owner = await connect('ada', ['bot'], harness.key, PLACES.guild);
  const connections: Readonly<Record<Speaker, string>> = {
    actor: await connect('grace', ACTOR_SCOPES),
    stranger: await connect('solo', ACTOR_SCOPES),
    narrow: await connect('noor', ['identify']),
    elsewhere: await connect('grace', ACTOR_SCOPES, foreignKey),
  };

  let calls = 0;
  const send: ActionWorld['send'] = async ({ method, path, query, body }, speaker = 'actor', headers = {}) => {
    await control.clearRequests();
    calls += 1;
    const search = query === '' ? '' : `?${query}`;
    const answer = await wire.send(method, `/connections/${connections[speaker]}/api/v10${path}${search}`, {
      key: speaker === 'elsewhere' ? foreignKey : harness.key,
      headers: { accept: 'application/problem+json', ...body.headers, ...headers },
      ...(body.bytes === undefined ? {} : { body: body.bytes }),
    });
    const { items } = await control.listRequests({});
    return { answer, requests: items.map((item) => ({ method: item.method, path: item.path })) };
  };
  const setPermissions: ActionWorld['setPermissions'] = async (actor, bot) => {
    const { guild } = await control.readGuild({ guild_id: PLACES.guild });
    const permissions = sum(actor);
    const roles = guild.roles.map((role) => (role.id === ACTOR_ROLE ? { ...role, permissions } : role));
    await control.putGuild({ guild: { ...guild, roles } });
    await control.setBotRole({ guild_id: PLACES.guild, permissions: sum(bot), position: 6 });
    clock.advanceSeconds(FACTS_SECONDS);
  };

  await setPermissions(EVERYTHING, EVERYTHING);
  const sendBy = async (
    connection: string,
    method: string,
    path: string,
    json?: unknown,
  ): Promise<JsonAnswer['json']> => {
    const answer = await wire.send(method, `/connections/${connection}/api/v10${path}`, {
      key: harness.key,
      ...(json === undefined ? {} : { json }),
    });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  };
  const made = await fillGuild(
    control,
    (...call) => sendBy(connections.actor, ...call),
    (...call) => sendBy(owner, ...call),
  );
  const ids = { ...PLACES, ...made };
  const table = createTableCopies(harness);
  const items = await table.scan();
  const saved = await control.saveState();

  return {
    ids,
    setPermissions,
    setIntents: async (intents) => {
      await control.setIntents({ intents: [...intents] });
      clock.advanceSeconds(APPLICATION_SECONDS);
    },
    send,
    countCalls: () => calls,
    restore: async () => {
      await table.restore(items);
      await control.restoreState(saved);
      clock.advanceSeconds(FACTS_SECONDS);
    },
  };
}

function sum(names: readonly PermissionName[]): string {
  return String(names.reduce((bits, name) => bits | PERMISSIONS[name], 0n));
}
