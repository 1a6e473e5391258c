import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import type { Harness } from './harness.ts';
import type { JsonAnswer, SendOptions } from './wire.ts';

/** A connection of a fresh app user, and how to act through it. */
export interface ConnectedUser {
  readonly connectionId: string;
  readonly discordUserId: string;
  /** Path at the gateway of one of Discord's paths (`/users/@me`). */
  path(discordPath?: string): string;
  /** Calls an action; by default reads the profile. */
  call(discordPath?: string, options?: SendOptions & { readonly method?: string }): Promise<JsonAnswer>;
  /** The connection as its app sees it. */
  load(): Promise<JsonAnswer['json']>;
}

export interface ConnectUserOptions {
  readonly user?: keyof typeof SEED_USERS;
  readonly scopes?: readonly string[];
  /** API key; absent: that of the tenant `default`. */
  readonly key?: string;
}

let count = 0;

/** Connects a seed user of the simulator under an app user that no other test has. */
export async function connectUser(harness: Harness, options: ConnectUserOptions = {}): Promise<ConnectedUser> {
  const { wire } = harness;
  const key = options.key ?? harness.key;
  const discordUserId = SEED_USERS[options.user ?? 'ada'].id;
  count += 1;
  const connection = await wire.connect(
    key,
    {
      user_id: `app-user-${count}`,
      return_url: 'http://localhost:9/back',
      ...(options.scopes === undefined ? {} : { scopes: options.scopes }),
    },
    { userId: discordUserId },
  );
  const connectionId = String(connection.id);
  const path = (discordPath = '/users/@me'): string => `/connections/${connectionId}/api/v10${discordPath}`;
  return {
    connectionId,
    discordUserId,
    path,
    call: (discordPath, { method = 'GET', ...send } = {}) => wire.send(method, path(discordPath), { key, ...send }),
    load: async () => (await wire.send('GET', `/connections/${connectionId}`, { key })).json,
  };
}
