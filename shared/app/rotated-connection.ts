import { applyStatus } from '../domain/connection-status.ts';
import type { Connection, TokenPair } from '../domain/connection.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import type { Vault } from './ports.ts';

/** A pair fresh from a refresh, with what was said about it. */
export interface NewTokens {
  readonly pair: TokenPair;
  readonly tokensVersion: number;
  readonly scopes: readonly string[];
  readonly obtainedAtEpochSeconds: number;
  readonly expiresAtEpochSeconds: number;
}

/** The scope without which a user cannot be told from another. */
const INDISPENSABLE_SCOPE = 'identify';

/**
 * Puts a new pair into a connection, whatever has become of it since: usable again, unless it was given up on purpose; then
 * the pair is owed to Discord for revocation. Lease, pause and doubt are over with it.
 */
export async function toRotated(
  { vault }: { readonly vault: Vault },
  base: Connection,
  { pair, tokensVersion, scopes, obtainedAtEpochSeconds, expiresAtEpochSeconds }: NewTokens,
): Promise<Connection> {
  const { refreshLease, refreshHold, refreshUncertainSinceEpochSeconds, ...kept } = base;
  const rotated: Connection = {
    ...(applyStatus(kept, { type: 'tokens_rotated' }) ?? kept),
    sealedTokens: await vault.seal(sealContexts.tokens(base.tenantId, base.id, tokensVersion), JSON.stringify(pair)),
    tokensVersion,
    scopes,
    tokenObtainedAtEpochSeconds: obtainedAtEpochSeconds,
    tokenExpiresAtEpochSeconds: expiresAtEpochSeconds,
    updatedAtEpochSeconds: obtainedAtEpochSeconds,
  };
  if (rotated.status === 'disconnected') return { ...rotated, isRevocationOwed: true };
  if (scopes.includes(INDISPENSABLE_SCOPE)) return rotated;
  return applyStatus(rotated, { type: 'reconnect_needed', reason: 'scope_reduced' }) ?? rotated;
}
