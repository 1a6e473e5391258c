import type { Branding } from './branding.ts';

/** The operator's settings for the one Discord application: everything about it that is not secret. */
export interface Integration {
  readonly clientId: string;
  /** Scopes that connect sessions may ask for. */
  readonly scopes: readonly string[];
  /** Exact origins to which an end user may be sent back. */
  readonly returnOrigins: readonly string[];
  /** Whether PKCE (S256) is sent. Switchable, since Discord documents it only in part (RFC 7636). */
  readonly pkce: boolean;
  /** Days that audit records are kept, for records made from now on; absent: 365. */
  readonly auditRetentionDays?: number;
  /** Days without use after which a connection is disconnected; absent: never. */
  readonly idleExpiryDays?: number;
  /** What the bot asks for when it joins a guild, unless the app says; a decimal number (Discord docs: topics/permissions). */
  readonly botPermissions?: string;
  /** How the pages look that end users see; absent: neutral. */
  readonly branding?: Branding;
  /** Whether end users see a page of ours before Discord's. */
  readonly isConnectPageShown?: boolean;
  /** When what lies in the secret was entered; absent: before this was noted, or not at all. */
  readonly clientSecretSetAtEpochSeconds?: number;
  readonly botTokenSetAtEpochSeconds?: number;
  /** Counts saves, so that two operators never overwrite each other unseen. */
  readonly version: number;
  readonly updatedAtEpochSeconds: number;
}

/** A namespace of API keys and connections. */
export interface Tenant {
  readonly tenantId: string;
  /** Whether the app must confirm who came back before a code is exchanged. Off gives up protection against a foreign link. */
  readonly isConfirmationRequired: boolean;
  readonly createdAtEpochSeconds: number;
  /** Random: by it a creation whose answer was lost knows itself from another one in the same second. */
  readonly creationId?: string;
  /** Set with the operator's wish to delete it: nothing of it is served any more. */
  readonly deletingSinceEpochSeconds?: number;
  /** Set once its data keys are deleted: what is left of it is removed after this. */
  readonly shredAfterEpochSeconds?: number;
}

export interface ApiKeyRecord {
  readonly keyId: string;
  readonly tenantId: string;
  readonly name: string;
  /** SHA-256 of the whole key, hex. */
  readonly hash: string;
  /** Ids of the only actions that it may run; absent: all of the catalogue. */
  readonly actions?: readonly string[];
  readonly createdAtEpochSeconds: number;
  /** From then on it is refused. Not the table's TTL attribute: what has ended stays on the list. */
  readonly validUntilEpochSeconds?: number;
  /** The key that was made to take its place. */
  readonly replacedByKeyId?: string;
  readonly revokedAtEpochSeconds?: number;
}
