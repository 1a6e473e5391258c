import type { Connection } from '../../domain/connection.ts';
import type { Sealed } from '../../domain/envelope.ts';
import type { RefreshHold, RefreshLease } from '../../domain/refresh-lease.ts';

export interface ConnectionStore {
  load(connectionId: string): Promise<Connection | undefined>;
  /**
   * Stores the connection if the stored one still has the revision that `connection` was read with (0: none is stored).
   * @returns the connection with its new revision, or nothing when another writer was first
   */
  save(connection: Connection): Promise<Connection | undefined>;
  /**
   * Takes the right to refresh, if the connection is active, has still the tokens that were read, and nobody holds it.
   * @returns the connection as it is now, and whether an earlier holder never gave the lease back; nothing when it is not to be had
   */
  acquireRefreshLease(
    connection: Connection,
    lease: RefreshLease,
    nowEpochMs: number,
  ): Promise<{ connection: Connection; isTakenOver: boolean } | undefined>;
  /**
   * Gives an own lease back after a refresh that brought nothing.
   * @param uncertainSinceEpochSeconds - when it is not known whether Discord has taken the refresh token
   */
  releaseRefreshLease(
    connectionId: string,
    owner: string,
    hold: RefreshHold,
    uncertainSinceEpochSeconds: number | undefined,
  ): Promise<void>;
  /** @returns one page, or nothing when the cursor does not belong to this list */
  list(tenantId: string, page: ListPage): Promise<{ connections: Connection[]; nextCursor?: string } | undefined>;
  /** Removes one for good, if it is still as it was read. */
  remove(connection: Connection): Promise<boolean>;
}

export interface ListPage {
  readonly userId?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/**
 * Who shares one authorization at Discord: (application, Discord user). One revoke kills it for all of them.
 * Members are parts in it as `domain/grant-member.ts` names them.
 */
export interface GrantStore {
  /** @returns false while the authorization is being revoked */
  add(clientId: string, discordUserId: string, member: string, nowEpochSeconds: number): Promise<boolean>;
  remove(clientId: string, discordUserId: string, members: readonly string[]): Promise<void>;
  /**
   * Takes members out.
   * @returns whether nobody is left, in which case the grant is now marked as being revoked by the caller
   */
  leaveAndClaimRevocation(
    clientId: string,
    discordUserId: string,
    isLeaving: (member: string) => boolean,
    nowEpochSeconds: number,
  ): Promise<boolean>;
  /** After the revocation: forgets the grant. */
  finishRevocation(clientId: string, discordUserId: string): Promise<void>;
  load(clientId: string, discordUserId: string): Promise<string[]>;
}

/**
 * Second, independent place for a rotated pair that the table did not take.
 * @see docs/adr/0007-spill-to-secrets-manager.md
 */
export interface SpillStore {
  save(spill: SpillName, sealed: Sealed): Promise<void>;
  load(spill: SpillName): Promise<Sealed | undefined>;
  remove(spill: SpillName): Promise<void>;
}

export interface SpillName {
  readonly connectionId: string;
  /** Version that the spilled pair would have had. */
  readonly tokensVersion: number;
}
