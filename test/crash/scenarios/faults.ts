import { vi } from 'vitest';
import type { AwsFault } from '../../../infra/local/aws/aws-faults.ts';
import type { Fault } from '../../../infra/local/discord/control/fault.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { ConnectInput, CrashWorld } from '../crash-world.ts';

export const TOKEN_PATH = '/api/oauth2/token';
export const REVOKE_PATH = '/api/oauth2/token/revoke';
export const WEBHOOK_PATH = '/api/v10/webhooks/**';
export const IDENTIFY_PATH = '/api/v10/oauth2/@me';
export const PROFILE_PATH = '/api/v10/users/@me';

/** The table refuses every write of that operation on items whose key or value holds the text, until the faults are cleared. */
export function refuseWrites({ harness }: CrashWorld, operation: string, match: string, times?: number): void {
  addAwsFault(harness, {
    service: 'dynamodb',
    operation,
    match,
    // The SDK does not repeat these by itself, so nothing waits for real.
    error: 'AccessDeniedException',
    ...(times === undefined ? {} : { times }),
  });
}

/** Somebody else wrote first, so the table says. */
export function losesRace({ harness }: CrashWorld, operation: string, match: string, times = 1): void {
  const error = 'ConditionalCheckFailedException';
  addAwsFault(harness, { service: 'dynamodb', operation, match, error, times });
}

function addAwsFault({ stack }: CrashWorld['harness'], fault: AwsFault): void {
  stack.aws.faults.add(fault);
}

/** Discord does that to requests for this path; `times` absent: to all. */
export function spoilDiscord({ harness }: CrashWorld, path: string, fault: Fault, times: number | null = null) {
  return harness.simulator.control.addFault({ path, times, fault });
}

/** The user takes everything back at Discord, in his settings. */
export function revokeAtDiscord({ harness }: CrashWorld, user: ConnectInput['user']): Promise<unknown> {
  return harness.simulator.control.revokeAuthorization({ user_id: SEED_USERS[user].id });
}

/** Somebody has reset the client secret at Discord. @returns puts the former one back */
export async function resetSecret({ harness: { simulator } }: CrashWorld): Promise<() => Promise<unknown>> {
  const { clientSecret } = simulator.application;
  await simulator.control.resetClientSecret({});
  return () => simulator.control.resetClientSecret({ client_secret: clientSecret });
}

/** Discord no longer takes the user's access tokens, long before their time; the refresh tokens live on. */
export function expireAtDiscord({ harness }: CrashWorld, user: ConnectInput['user']): Promise<unknown> {
  return harness.simulator.control.expireAccessTokens({ user_id: SEED_USERS[user].id });
}

/** Waits until Discord holds a request back, as a fault has told it to. */
export async function untilHeld({ harness }: CrashWorld): Promise<void> {
  await vi.waitUntil(async () => (await harness.simulator.control.listFaults()).items.some(({ held }) => held > 0), {
    timeout: 60_000,
    interval: 5,
  });
}
