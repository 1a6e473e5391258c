/** The operator's settings for the one Discord application: everything about it that is not secret. */
export interface Integration {
  readonly clientId: string;
  /** Scopes that connect sessions may ask for. */
  readonly scopes: readonly string[];
  /** Exact origins to which an end user may be sent back. */
  readonly returnOrigins: readonly string[];
  /** Whether PKCE (S256) is sent. Switchable, since Discord documents it only in part (RFC 7636). */
  readonly pkce: boolean;
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
}

export interface ApiKeyRecord {
  readonly keyId: string;
  readonly tenantId: string;
  readonly name: string;
  /** SHA-256 of the whole key, hex. */
  readonly hash: string;
  readonly createdAtEpochSeconds: number;
  readonly revokedAtEpochSeconds?: number;
}
