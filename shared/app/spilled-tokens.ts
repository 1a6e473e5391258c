import * as z from 'zod/mini';
import type { Connection } from '../domain/connection.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import { COUNT } from '../metric-names.ts';
import { OutageError } from '../problems/failure.ts';
import type { Audit, Log, Metrics, SpillStore, Vault } from './ports.ts';
import type { NewTokens } from './rotated-connection.ts';

export interface SpillDeps {
  readonly spills: SpillStore;
  readonly vault: Vault;
  readonly audit: Audit;
  readonly log: Log;
  readonly metrics: Metrics;
}

const spilled = z.object({
  pair: z.object({ accessToken: z.string(), refreshToken: z.string() }),
  tokensVersion: z.number(),
  scopes: z.array(z.string()),
  obtainedAtEpochSeconds: z.number(),
  expiresAtEpochSeconds: z.number(),
});

/**
 * Keeps a pair in the second place. It is sealed like in the first, with the key that is in memory already.
 * @throws OutageError when that failed too: the pair is lost
 * @see docs/adr/0007-spill-to-secrets-manager.md
 */
export async function spillTokens(
  deps: SpillDeps,
  connection: Connection,
  tokens: NewTokens,
  cause: string,
): Promise<void> {
  const { id: connectionId, tenantId } = connection;
  const { tokensVersion } = tokens;
  try {
    const context = sealContexts.spill(tenantId, connectionId, tokensVersion);
    const sealed = await deps.vault.seal(context, JSON.stringify(tokens));
    await deps.spills.save({ connectionId, tokensVersion }, sealed);
  } catch (error) {
    if (error instanceof OutageError) {
      deps.log.error('rotated_tokens_unsaved', { connection_id: connectionId, cause, spill_cause: error.causeName });
      deps.metrics.count(COUNT.rotatedTokensUnsaved);
    }
    throw error;
  }
  deps.log.error('rotated_tokens_spilled', { connection_id: connectionId, cause });
  deps.metrics.count(COUNT.rotatedTokensSpilled);
  await deps.audit.record({
    type: 'rotated_tokens_spilled',
    actor: { kind: 'system' },
    tenantId,
    connectionId,
    details: { cause },
  });
}

/**
 * What an earlier holder of the lease may have left for this connection.
 * @throws OutageError when it can't be said whether there is anything
 */
export async function openSpilledTokens(
  { spills, vault }: Pick<SpillDeps, 'spills' | 'vault'>,
  connection: Connection,
): Promise<NewTokens | undefined> {
  const tokensVersion = connection.tokensVersion + 1;
  const sealed = await spills.load({ connectionId: connection.id, tokensVersion });
  if (sealed === undefined) return undefined;
  const context = sealContexts.spill(connection.tenantId, connection.id, tokensVersion);
  return spilled.parse(JSON.parse(await vault.open(context, sealed)));
}
