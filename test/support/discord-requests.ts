import type { Simulator } from '../../infra/local/discord/simulator.ts';
import type { RequestRecord } from '../../infra/local/discord/control/request-log.ts';

export const TOKEN_PATH = '/api/oauth2/token';

/** What Discord has received since `clear`, taken apart by purpose. */
export interface DiscordRequests {
  /** Forgets what was received. */
  clear(): Promise<void>;
  all(): Promise<RequestRecord[]>;
  /** Refreshes at the token endpoint. */
  refreshes(): Promise<number>;
  /** Calls of the REST API. */
  calls(): Promise<number>;
}

export function watchDiscord({ control }: Simulator): DiscordRequests {
  const all = async (): Promise<RequestRecord[]> => (await control.listRequests({})).items;
  return {
    clear: async () => {
      await control.clearRequests();
    },
    all,
    refreshes: async () => (await all()).filter(({ grant_type }) => grant_type === 'refresh_token').length,
    calls: async () => (await all()).filter(({ path }) => path.startsWith('/api/v10/')).length,
  };
}
