import type { ApiKeyRecord, Integration, Tenant } from '../domain/integration.ts';
import type { AuthorizationState, ConnectSession } from '../domain/connect-session.ts';
import type { Connection } from '../domain/connection.ts';
import type { Sealed, SealContext } from '../domain/envelope.ts';
import type { Secret } from '../domain/secret.ts';
import type { CountName, LatencyName } from '../metric-names.ts';
import type { Failure } from '../problems/failure.ts';
import type { Result } from '../result.ts';

/**
 * What the use cases need from the world, as interfaces. Unless said otherwise each method throws `OutageError` when what
 * it talks to is down, and a method that answers `boolean` tells whether its condition held and the write happened.
 */
export interface Clock {
  nowEpochMs(): number;
}

export interface Random {
  /** Cryptographically strong random bytes. */
  bytes(count: number): Uint8Array;
}

/** Structured log. Fields are facts that may be seen by an operator: never a token, code, key, cookie or URL with a query. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** The log of a sandbox, which takes one request at a time: what is begun and noted holds until the next request begins. */
export interface RequestLog extends Log {
  /** Forgets the request before; these facts stand on every line of this one. */
  begin(facts: LogFields): void;
  /** Adds facts to every further line of this request. */
  note(facts: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Counts and times for dashboards and alarms. Kept until they are published, once for each request. Never throws. */
export interface Metrics {
  /** Adds one. */
  count(name: CountName): void;
  measure(name: LatencyName, milliseconds: number): void;
  publish(): void;
}

export interface IntegrationStore {
  load(): Promise<Integration | undefined>;
  /** Saves when the stored version is still `expectedVersion` (0: nothing stored yet). */
  save(integration: Integration, expectedVersion: number): Promise<boolean>;
}

export interface TenantStore {
  load(tenantId: string): Promise<Tenant | undefined>;
  create(tenant: Tenant): Promise<boolean>;
  save(tenant: Tenant): Promise<void>;
  list(): Promise<Tenant[]>;
}

export interface ApiKeyStore {
  create(key: ApiKeyRecord): Promise<boolean>;
  /** @returns false when there is no such key */
  revoke(keyId: string, atEpochSeconds: number): Promise<boolean>;
  load(keyId: string): Promise<ApiKeyRecord | undefined>;
  list(tenantId: string): Promise<ApiKeyRecord[]>;
}

/** The one read of a call: the caller's key and what the call is about, together and consistent. */
export interface CallerReader {
  loadKeyAndConnection(
    keyId: string,
    connectionId: string,
  ): Promise<{ key: ApiKeyRecord | undefined; connection: Connection | undefined }>;
  loadKeyAndSession(
    keyId: string,
    sessionId: string,
  ): Promise<{ key: ApiKeyRecord | undefined; session: ConnectSession | undefined }>;
  loadKeyAndIntegration(
    keyId: string,
  ): Promise<{ key: ApiKeyRecord | undefined; integration: Integration | undefined }>;
  loadKey(keyId: string): Promise<ApiKeyRecord | undefined>;
}

/**
 * Connect sessions and their states. Every step is one conditional write; a write whose answer was lost and which the SDK
 * repeats is recognized by its claim id, so that nobody loses a race against himself.
 */
export interface ConnectSessionStore {
  create(session: ConnectSession): Promise<void>;
  load(id: string): Promise<ConnectSession | undefined>;
  loadWithIntegration(
    id: string,
  ): Promise<{ session: ConnectSession | undefined; integration: Integration | undefined }>;
  /** Counts one opening of an open session; false when it was opened `maxStarts` times or is not open. */
  countStart(id: string, maxStarts: number): Promise<boolean>;
  saveState(state: AuthorizationState): Promise<void>;
  loadState(stateHash: string): Promise<AuthorizationState | undefined>;
  deleteState(stateHash: string): Promise<void>;
  /** `open` → `returned`, with the sealed code. */
  consume(
    id: string,
    claimId: string,
    returned: {
      sealedCode: Sealed;
      confirmationHash: string;
      returnedAtEpochSeconds: number;
      expiresAtEpochSeconds: number;
    },
  ): Promise<boolean>;
  /** `open` → `refused`. */
  refuse(id: string, claimId: string, expiresAtEpochSeconds: number): Promise<boolean>;
  /**
   * Counts a wrong confirmation of a `returned` or `confirming` session.
   * @returns attempts left, or nothing when there were none left or the session waits for no confirmation
   */
  countWrongConfirmation(id: string, maxWrong: number): Promise<number | undefined>;
  /** `returned`, or `confirming` whose claim is over, → `confirming` by this claim. */
  claimConfirmation(id: string, claimId: string, nowEpochMs: number, claimedUntilEpochMs: number): Promise<boolean>;
  /** Gives an unused claim back: `confirming` → `returned`. */
  releaseConfirmation(id: string, claimId: string): Promise<void>;
  /** Keeps the sealed token answer and forgets the code, which is used up. */
  saveAnswer(id: string, claimId: string, sealedAnswer: Sealed, expiresAtEpochSeconds: number): Promise<boolean>;
  /** `confirming` → `confirmed`, `failed` or `burnt`; forgets everything sealed. */
  finish(id: string, claimId: string, status: 'confirmed' | 'failed' | 'burnt'): Promise<void>;
}

export interface ConnectionStore {
  load(connectionId: string): Promise<Connection | undefined>;
  /**
   * Stores the connection if the stored one still has the revision that `connection` was read with (0: none is stored).
   * @returns the connection with its new revision, or nothing when another writer was first
   */
  save(connection: Connection): Promise<Connection | undefined>;
  /** @returns one page, or nothing when the cursor does not belong to this list */
  list(tenantId: string, page: ListPage): Promise<{ connections: Connection[]; nextCursor?: string } | undefined>;
}
export interface ListPage {
  readonly userId?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Which connections share one authorization at Discord: (application, Discord user). One revoke kills them all. */
export interface GrantStore {
  /** @returns the ids that now share the authorization, or nothing while it is being revoked */
  add(
    clientId: string,
    discordUserId: string,
    connectionId: string,
    nowEpochSeconds: number,
  ): Promise<string[] | undefined>;
  /** Takes the id out. @returns whether it was the last, in which case the grant is now marked as being revoked by the caller */
  removeAndClaimRevocation(
    clientId: string,
    discordUserId: string,
    connectionId: string,
    nowEpochSeconds: number,
  ): Promise<boolean>;
  /** After the revocation: forgets the grant. */
  finishRevocation(clientId: string, discordUserId: string): Promise<void>;
  load(clientId: string, discordUserId: string): Promise<string[]>;
}

/** Seals and opens secrets with the tenant's data key. Throws `OutageError` when key service or storage is down or a seal is broken. */
export interface Vault {
  seal(context: SealContext, plaintext: string): Promise<Sealed>;
  open(context: SealContext, sealed: string): Promise<string>;
}

/** What is secret about the Discord application. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly botToken?: Secret;
}

export interface AppSecrets {
  /** Cached for minutes. @throws OutageError when unavailable, missing or malformed */
  load(): Promise<AppCredentials>;
  /** Read afresh: the operator may have just entered another secret. */
  reload(): Promise<AppCredentials>;
}

/** The operator's side of the integration's secret. */
export interface AppSecretWriter {
  save(credentials: AppCredentials): Promise<void>;
  /** @returns nothing while no credentials have been entered */
  load(): Promise<AppCredentials | undefined>;
}

export interface DiscordRequest {
  readonly method: string;
  /** Path and query below Discord's origin; made from the catalogue or from constants, never from a caller's path. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Gets what had arrived of an answer that then broke off or took too long: it may name a token that must be revoked. */
  readonly onBrokenAnswer?: (status: number, received: Uint8Array) => void;
}

export interface DiscordAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export type DiscordCallFailure = Extract<
  Failure,
  { reason: 'discord_timeout' | 'discord_unavailable' | 'discord_answer_too_large' }
>;

/** Sends one request to Discord: bounded in time and size, no redirects followed, nothing retried. */
export interface DiscordClient {
  send(request: DiscordRequest, deadline: Deadline): Promise<Result<DiscordAnswer, DiscordCallFailure>>;
}

/** How long this invocation may still run. */
export interface Deadline {
  /** Milliseconds until the function is stopped. */
  remainingMs(): number;
}
