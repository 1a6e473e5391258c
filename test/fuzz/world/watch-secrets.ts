import type { SimulatorControl } from '../../../infra/local/discord/control/operations.ts';
import type { FuzzSecret } from '../judge.ts';

/** The secrets that a request could give away now. */
export interface SecretWatch {
  /** Forgets what was issued since the watch began: it is gone with the world in which it was. */
  reset(): Promise<void>;
  list(): Promise<readonly FuzzSecret[]>;
}

/** @param credentials - API keys and connection tokens, beside everything that the simulator has issued */
export async function watchSecrets(control: SimulatorControl, credentials: readonly string[]): Promise<SecretWatch> {
  const issued = async () => (await control.listSecrets()).items;
  const first = [...(await issued()), ...credentials.map((value) => ({ kind: 'credential of a caller', value }))];
  let from = (await issued()).length;
  return {
    reset: async () => {
      from = (await issued()).length;
    },
    list: async () => [...first, ...(await issued()).slice(from)],
  };
}
