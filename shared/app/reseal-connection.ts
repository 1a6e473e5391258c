import type { ConnectedWebhook, Connection } from '../domain/connection.ts';
import { parseSealedKeyId, type SealContext, type Sealed } from '../domain/envelope.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import { changeConnection } from './change-connection.ts';
import type { ConnectionStore, Vault } from './ports.ts';

export interface ResealDeps {
  readonly connections: ConnectionStore;
  /** Seals with the tenant's current key already. */
  readonly vault: Vault;
}

/** Whether anything in a connection is sealed under another data key than this one. */
export function isSealedOtherwise(connection: Connection, keyId: string): boolean {
  const { sealedTokens, webhooks } = connection;
  return [sealedTokens, ...webhooks.map(({ sealedToken }) => sealedToken)].some(
    (sealed) => sealed !== undefined && parseSealedKeyId(sealed) !== keyId,
  );
}

/**
 * Seals what a connection holds anew under the tenant's current data key; nothing else about it changes. A refresh that runs
 * at the same time stores its pair over this, or this gives way and looks again.
 * @param keyId - of the current data key
 * @returns whether it was done; `unsettled`: others wrote too often meanwhile
 * @throws OutageError `sealed_data_unreadable` when something in it does not open
 */
export async function resealConnection(
  deps: ResealDeps,
  connection: Connection,
  keyId: string,
): Promise<'unneeded' | 'resealed' | 'unsettled'> {
  if (!isSealedOtherwise(connection, keyId)) return 'unneeded';
  const saved = await changeConnection(deps, connection, (stored) =>
    isSealedOtherwise(stored, keyId) ? sealAnew(deps, stored, keyId) : undefined,
  );
  if (saved !== undefined) return 'resealed';
  const stored = await deps.connections.load(connection.id);
  return stored !== undefined && isSealedOtherwise(stored, keyId) ? 'unsettled' : 'unneeded';
}

async function sealAnew({ vault }: ResealDeps, stored: Connection, keyId: string): Promise<Connection> {
  const { id, tenantId, sealedTokens, tokensVersion } = stored;
  const renew = async (context: SealContext, sealed: Sealed): Promise<Sealed> =>
    parseSealedKeyId(sealed) === keyId ? sealed : vault.seal(context, await vault.open(context, sealed));
  const webhooks: ConnectedWebhook[] = [];
  for (const webhook of stored.webhooks) {
    const { sealedToken } = webhook;
    const context = sealContexts.webhook(tenantId, id, webhook.id);
    webhooks.push(sealedToken === undefined ? webhook : { ...webhook, sealedToken: await renew(context, sealedToken) });
  }
  return {
    ...stored,
    ...(sealedTokens === undefined
      ? {}
      : { sealedTokens: await renew(sealContexts.tokens(tenantId, id, tokensVersion), sealedTokens) }),
    webhooks,
  };
}
