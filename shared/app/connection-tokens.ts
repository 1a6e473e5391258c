import type { AuditActor } from '../domain/audit-event.ts';
import {
  buildConnectionToken,
  MAX_TOKEN_LIFE_SECONDS,
  TOKEN_ID_BYTES,
  TOKEN_ID_PATTERN,
  TOKEN_SECRET_BYTES,
  type ConnectionToken,
  type TokenLimits,
} from '../domain/connection-token.ts';
import type { Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { ApiKeyRecord } from '../domain/integration.ts';
import type { Secret } from '../domain/secret.ts';
import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { checkConnection } from './check-connection.ts';
import type { Audit, Clock, ConnectionTokenStore, Random } from './ports.ts';

export interface ConnectionTokenDeps {
  readonly connectionTokens: ConnectionTokenStore;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly random: Random;
}

export interface ConnectionTokenInput extends TokenLimits {
  /** Seconds. Absent: an hour. */
  readonly expiresInSeconds?: number;
}

/**
 * Makes a bearer for one connection. The token itself is in this answer only; what is stored is its hash.
 * @param key - that asks for it; the token can do no more than the key and does not outlive it
 * @param connection - of the key's tenant
 * @param actor - who asks for it; absent: whoever has the key
 */
export async function createConnectionToken(
  deps: ConnectionTokenDeps,
  key: ApiKeyRecord,
  connection: Connection,
  input: ConnectionTokenInput,
  actor: AuditActor = { kind: 'api_key', id: key.keyId },
): Promise<Result<{ token: Secret; record: ConnectionToken }, Failure>> {
  const unusable = checkConnection(connection, { tenantId: key.tenantId });
  if (unusable !== undefined) return fail(unusable);
  const { expiresInSeconds = MAX_TOKEN_LIFE_SECONDS, ...limits } = input;
  const allowed = key.actions;
  const missing = limits.actions?.filter((id) => allowed?.includes(id) === false) ?? [];
  if (allowed !== undefined && missing.length > 0) return fail({ reason: 'key_not_allowed', missing, allowed });

  const { keyId, tenantId } = key;
  const { random } = deps;
  const built = buildConnectionToken(keyId, random.bytes(TOKEN_ID_BYTES), random.bytes(TOKEN_SECRET_BYTES));
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const record: ConnectionToken = {
    tokenId: built.tokenId,
    connectionId: connection.id,
    tenantId,
    keyId,
    hash: built.hash,
    ...limits,
    createdAtEpochSeconds: nowEpochSeconds,
    expiresAtEpochSeconds: Math.min(nowEpochSeconds + expiresInSeconds, key.validUntilEpochSeconds ?? Infinity),
  };
  // 64 random bits were taken: what stands there is somebody's token, and stays.
  const isCreated = await deps.connectionTokens.create(record);
  if (!isCreated) throw new OutageError({ reason: 'storage_unavailable' }, 'TokenIdTaken');
  await deps.audit.record({
    type: 'connection_token_created',
    actor,
    tenantId,
    connectionId: connection.id,
    details: {
      tokenId: record.tokenId,
      ...(actor.id === keyId ? {} : { keyId }),
      expiresInSeconds: record.expiresAtEpochSeconds - nowEpochSeconds,
      ...limits,
    },
  });
  return ok({ token: built.token, record });
}

/**
 * Revokes a token of a connection, from the next call on: tokens are read with every call. Repeating it is safe for as long
 * as the token is not forgotten.
 */
export async function revokeConnectionToken(
  deps: ConnectionTokenDeps,
  { keyId, tenantId }: Pick<ApiKeyRecord, 'keyId' | 'tenantId'>,
  connectionId: string,
  tokenId: string,
): Promise<Result<undefined, Failure>> {
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const isKnown =
    TOKEN_ID_PATTERN.test(tokenId) && (await deps.connectionTokens.revoke(tokenId, connectionId, nowEpochSeconds));
  if (!isKnown) return fail({ reason: 'connection_token_not_found' });
  await deps.audit.record({
    type: 'connection_token_revoked',
    actor: { kind: 'api_key', id: keyId },
    tenantId,
    connectionId,
    details: { tokenId },
  });
  return ok(undefined);
}
