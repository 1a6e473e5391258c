import type { AuditRecord, Connection } from '../wire.ts';

/** A connection with what is known beside it. */
export interface ConnectionDetail extends Connection {
  readonly connected_at: string;
  readonly tokens_expire_at: string | null;
  readonly is_revocation_owed: boolean;
  /** Other connections that share its authorization at Discord. */
  readonly shared_with: number;
  readonly webhooks_owned: number;
  /** Newest first. */
  readonly history: readonly AuditRecord[];
}
