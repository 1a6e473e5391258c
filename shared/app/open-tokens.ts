import * as z from 'zod/mini';
import type { Connection, TokenPair } from '../domain/connection.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Vault } from './ports.ts';

/** A token to call Discord with, and the connection as it was stored with it. */
export interface UsableToken {
  readonly accessToken: string;
  readonly connection: Connection;
}

const tokenPair = z.object({ accessToken: z.string(), refreshToken: z.string() });

/** Opens a connection's tokens. @throws OutageError */
export async function openTokens(
  deps: { readonly vault: Vault },
  connection: Connection,
): Promise<TokenPair | undefined> {
  if (connection.sealedTokens === undefined) return undefined;
  const context = sealContexts.tokens(connection.tenantId, connection.id, connection.tokensVersion);
  return tokenPair.parse(JSON.parse(await deps.vault.open(context, connection.sealedTokens)));
}

/** Opens a connection's access token; one without tokens only the end user can mend. @throws OutageError */
export async function openUsable(
  deps: { readonly vault: Vault },
  connection: Connection,
): Promise<Result<UsableToken, Failure>> {
  const pair = await openTokens(deps, connection);
  if (pair === undefined) return fail({ reason: 'reconnect_required', statusReason: 'no_tokens' });
  return ok({ accessToken: pair.accessToken, connection });
}
