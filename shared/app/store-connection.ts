import { computeStatus, type StatusFields } from '../domain/connection-status.ts';
import type { ConnectSession } from '../domain/connect-session.ts';
import type { ConnectedWebhook, Connection, TokenPair } from '../domain/connection.ts';
import { isOfSession, type GrantMember } from '../domain/grant-member.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import { OutageError } from '../problems/failure.ts';
import { retryStorage } from './retry-storage.ts';
import type { ObtainedTokens } from './kept-answer.ts';
import type { Clock, ConnectionStore, Deadline, Vault } from './ports.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

export interface StoreConnectionDeps {
  readonly connections: ConnectionStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

/** How often a write is repeated because another request changed the connection in between. */
const MAX_CONFLICTS = 5;

/** What makes a connection, besides the session that it was asked with. */
export interface NewConnection {
  readonly discordUser: Connection['discordUser'];
  /** Its part in the grant. */
  readonly member: GrantMember;
  readonly obtained: ObtainedTokens;
}

/**
 * Stores the connection, new or renewed in place: the same app user at the same Discord account has one connection, whose
 * id, age, guilds and webhooks stay.
 * @returns the connection, and the one that stood there before it
 * @throws OutageError when the storage stayed down
 */
export async function storeConnection(
  deps: StoreConnectionDeps,
  session: ConnectSession,
  connectionId: string,
  added: NewConnection,
  deadline: Deadline,
): Promise<{ stored: Connection; replaced: Connection | undefined }> {
  for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
    const existing = await retryStorage(() => deps.connections.load(connectionId), deadline, deps.sleep);
    // An earlier try of this confirmation got as far as this, and the pair may have been refreshed since.
    if (existing?.grantMember !== undefined && isOfSession(existing.grantMember, connectionId, session.id)) {
      return { stored: existing, replaced: existing };
    }
    const connection = await buildConnection(deps, session, connectionId, added, existing);
    const saved = await retryStorage(() => deps.connections.save(connection), deadline, deps.sleep);
    if (saved !== undefined) return { stored: saved, replaced: existing };
  }
  throw new OutageError({ reason: 'storage_unavailable' }, 'TooManyConflicts');
}

async function buildConnection(
  deps: StoreConnectionDeps,
  session: ConnectSession,
  connectionId: string,
  { discordUser, member, obtained }: NewConnection,
  existing: Connection | undefined,
): Promise<Connection> {
  const { tenantId, userId } = session;
  const tokensVersion = (existing?.tokensVersion ?? 0) + 1;
  const pair: TokenPair = { accessToken: obtained.accessToken, refreshToken: obtained.refreshToken };
  const guilds = new Map(
    [...(existing?.guilds ?? []), ...(obtained.guild ? [obtained.guild] : [])].map((guild) => [guild.id, guild]),
  );
  const webhook = await sealWebhook(deps, tenantId, connectionId, obtained);
  const webhooks = new Map(
    [...(existing?.webhooks ?? []), ...(webhook ? [webhook] : [])].map((hook) => [hook.id, hook]),
  );
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  return {
    id: connectionId,
    tenantId,
    userId,
    ...computeConnected(existing),
    clientId: obtained.clientId,
    grantMember: member,
    discordUser,
    scopes: obtained.scopes,
    guilds: [...guilds.values()],
    webhooks: [...webhooks.values()],
    sealedTokens: await deps.vault.seal(
      sealContexts.tokens(tenantId, connectionId, tokensVersion),
      JSON.stringify(pair),
    ),
    tokensVersion,
    tokenObtainedAtEpochSeconds: obtained.obtainedAtEpochSeconds,
    tokenExpiresAtEpochSeconds: obtained.obtainedAtEpochSeconds + obtained.expiresInSeconds,
    connectedAtEpochSeconds: computeConnectedSince(existing) ?? nowEpochSeconds,
    createdAtEpochSeconds: existing?.createdAtEpochSeconds ?? nowEpochSeconds,
    updatedAtEpochSeconds: nowEpochSeconds,
    revision: existing?.revision ?? 0,
  };
}

/** Since when the connection has been whole; nothing when it is only now. Connection tokens of an earlier time are refused. */
function computeConnectedSince(existing: Connection | undefined): number | undefined {
  return existing?.status === 'active'
    ? (existing.connectedAtEpochSeconds ?? existing.createdAtEpochSeconds)
    : undefined;
}

/** Connecting is allowed in every status. */
function computeConnected(existing: Connection | undefined): StatusFields {
  return computeStatus(existing, { type: 'connected' }) ?? { status: 'active' };
}

/** The webhook's token comes in this one answer and never again: it is sealed with the connection. */
async function sealWebhook(
  deps: StoreConnectionDeps,
  tenantId: string,
  connectionId: string,
  { webhook }: ObtainedTokens,
): Promise<ConnectedWebhook | undefined> {
  if (webhook === undefined) return undefined;
  const { id, channelId, guildId, token } = webhook;
  if (token === undefined) return { id, channelId, guildId };
  return {
    id,
    channelId,
    guildId,
    sealedToken: await deps.vault.seal(sealContexts.webhook(tenantId, connectionId, id), token),
  };
}
