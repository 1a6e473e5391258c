import { isApiKeyEnded, isApiKeyValid, parseApiKey } from '../domain/api-key.ts';
import { parseConnectionToken, type ConnectionToken } from '../domain/connection-token.ts';
import type { Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { ApiKeyRecord } from '../domain/integration.ts';
import type { CallerFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Clock } from './ports.ts';

/** Who is calling: an app's back end by its API key, or whoever that back end gave a connection token. */
export interface Caller {
  readonly tenantId: string;
  /** The key that calls, or that made the token which calls. */
  readonly keyId: string;
  /** Ids of the only actions that the key may run; absent: all of the catalogue. */
  readonly keyActions?: readonly string[];
  /** Present when a connection token calls. */
  readonly token?: Omit<ConnectionToken, 'hash'>;
}

type Authenticated<T> = Result<{ caller: Caller; loaded: T }, CallerFailure>;

const UNKNOWN = { reason: 'caller_unknown' } as const;

/**
 * Checks a presented API key against the stored one, read together with what the call is about. An unknown id, a wrong
 * secret, a revoked and an expired key give one answer, and each costs one read and one comparison. A connection token is
 * refused by its form: nothing is read for it.
 * @param presented - token of the Authorization header
 * @param load - reads the key by its id, with whatever else the call needs
 */
export async function authenticate<T extends { readonly key: ApiKeyRecord | undefined }>(
  clock: Clock,
  presented: string,
  load: (keyId: string) => Promise<T>,
): Promise<Authenticated<T>> {
  if (parseConnectionToken(presented) !== undefined) return fail({ reason: 'token_not_allowed', limit: 'routes' });
  const parsed = parseApiKey(presented);
  if (parsed === undefined) return fail(UNKNOWN);
  const loaded = await load(parsed.keyId);
  const { key } = loaded;
  const isValid = isApiKeyValid(parsed, key?.hash);
  if (!isValid || key === undefined || isApiKeyEnded(key, nowSeconds(clock))) return fail(UNKNOWN);
  return ok({ caller: toCaller(key), loaded });
}

/**
 * Checks a presented API key or connection token, for calls that both may make. A token ends with the key that made it, and
 * with the connection: one that was made before its user was connected anew is refused. All refusals are one answer.
 * @param load - reads in one round trip what is stored under the ids that the caller presents, and the connection of the call
 */
export async function authenticateCaller<
  T extends {
    readonly key: ApiKeyRecord | undefined;
    readonly token: ConnectionToken | undefined;
    readonly connection: Connection | undefined;
  },
>(
  clock: Clock,
  presented: string,
  load: (ids: { readonly keyId: string; readonly tokenId?: string }) => Promise<T>,
): Promise<Authenticated<T>> {
  const parsed = parseConnectionToken(presented);
  if (parsed === undefined) return authenticate<T>(clock, presented, (keyId) => load({ keyId }));
  const { tokenId, keyId } = parsed;
  const loaded = await load({ tokenId, keyId });
  const { key, token, connection } = loaded;
  const isValid = isApiKeyValid(parsed, token?.hash);
  if (!isValid || token === undefined || isTokenEnded(token, clock)) return fail(UNKNOWN);
  if (key?.tenantId !== token.tenantId || isApiKeyEnded(key, nowSeconds(clock))) return fail(UNKNOWN);
  if (connection?.id === token.connectionId && isOfEarlierTime(token, connection)) return fail(UNKNOWN);
  const { hash: _hash, ...shown } = token;
  return ok({ caller: { ...toCaller(key), token: shown }, loaded });
}

/** Who calls with this key, which has been checked. */
export function toCaller(key: ApiKeyRecord): Caller {
  return {
    tenantId: key.tenantId,
    keyId: key.keyId,
    ...(key.actions === undefined ? {} : { keyActions: key.actions }),
  };
}

/** The table's TTL deletes late by up to days: what counts is the clock. */
function isTokenEnded({ revokedAtEpochSeconds, expiresAtEpochSeconds }: ConnectionToken, clock: Clock): boolean {
  return revokedAtEpochSeconds !== undefined || nowSeconds(clock) >= expiresAtEpochSeconds;
}

/** A disconnect must end tokens for good, also when the same user connects again within their hour. */
function isOfEarlierTime(token: ConnectionToken, { connectedAtEpochSeconds }: Connection): boolean {
  return connectedAtEpochSeconds !== undefined && token.createdAtEpochSeconds < connectedAtEpochSeconds;
}

function nowSeconds(clock: Clock): number {
  return toEpochSeconds(clock.nowEpochMs());
}
