import type { ConnectionStatus } from './connection-status.ts';
import type { Sealed } from './envelope.ts';
import type { RefreshHold, RefreshLease } from './refresh-lease.ts';

export interface ConnectedGuild {
  readonly id: string;
  readonly name: string;
}

/** A webhook that the user made at consent or through the layer. Its token (and URL) is only ever stored sealed. */
export interface ConnectedWebhook {
  readonly id: string;
  readonly channelId: string;
  readonly guildId: string;
  /** Sealed under the field `webhook:<id>`, version 1. Absent when Discord did not deliver the token. */
  readonly sealedToken?: Sealed;
}

/** One end user's authorization at Discord, as stored. */
export interface Connection {
  readonly id: string;
  readonly tenantId: string;
  /** The app's own id of the user. */
  readonly userId: string;
  readonly status: ConnectionStatus;
  readonly statusReason?: string;
  readonly clientId: string;
  /** Its part in the grant; see `grant-member.ts`. */
  readonly grantMember?: string;
  readonly discordUser: { readonly id: string; readonly username: string; readonly globalName: string | null };
  /** Scopes that Discord granted, not those that were asked. */
  readonly scopes: readonly string[];
  readonly guilds: readonly ConnectedGuild[];
  readonly webhooks: readonly ConnectedWebhook[];
  /** Sealed {@link TokenPair}; absent once disconnected and revoked. */
  readonly sealedTokens?: Sealed;
  /** Counts token pairs; part of the seal's context, so that an older pair put back does not open. */
  readonly tokensVersion: number;
  readonly tokenObtainedAtEpochSeconds: number;
  readonly tokenExpiresAtEpochSeconds: number;
  /** While one invocation refreshes; still there afterwards when it died or could not store what it got. */
  readonly refreshLease?: RefreshLease;
  /** After a refresh that failed for a passing reason. */
  readonly refreshHold?: RefreshHold;
  /** Since when it is not known whether Discord has taken the refresh token: an answer was lost. Ends with the next pair. */
  readonly refreshUncertainSinceEpochSeconds?: number;
  /** Set while a disconnected connection's tokens are not revoked at Discord yet; a to-do of the sweep belongs to it. */
  readonly isRevocationOwed?: boolean;
  /** Since when the user has been connected without an end in between: what was issued before, he may have wanted to end. */
  readonly connectedAtEpochSeconds?: number;
  readonly createdAtEpochSeconds: number;
  readonly updatedAtEpochSeconds: number;
  /** Counts writes of the item, 0 before the first: every write is conditional on the revision that was read. */
  readonly revision: number;
}

/** The secret part of a connection. Only ever in memory or sealed. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** @returns nothing when the webhook was not made for this connection */
export function findOwnWebhook({ webhooks }: Connection, webhookId: string): ConnectedWebhook | undefined {
  return webhooks.find(({ id }) => id === webhookId);
}

/** The connection as callers see it. */
export function toConnectionJson(connection: Connection): Record<string, unknown> {
  return {
    id: connection.id,
    user_id: connection.userId,
    status: connection.status,
    ...(connection.statusReason === undefined ? {} : { status_reason: connection.statusReason }),
    discord_user: {
      id: connection.discordUser.id,
      username: connection.discordUser.username,
      global_name: connection.discordUser.globalName,
    },
    scopes: connection.scopes,
    guilds: connection.guilds.map(({ id, name }) => ({ id, name })),
    webhooks: connection.webhooks.map(({ id, channelId, guildId }) => ({
      id,
      channel_id: channelId,
      guild_id: guildId,
    })),
    created_at: toRfc3339(connection.createdAtEpochSeconds),
    updated_at: toRfc3339(connection.updatedAtEpochSeconds),
  };
}

/** RFC 3339 in UTC, whole seconds. */
export function toRfc3339(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().replace('.000Z', 'Z');
}
