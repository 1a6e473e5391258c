import type { AuditRecord } from '../domain/audit-record.ts';
import type { Connection } from '../domain/connection.ts';
import { parseConnectionId } from '../domain/grant-member.ts';
import type { AuditReader, ConnectionStore, GrantStore } from './ports.ts';

export interface ConnectionDetailDeps {
  readonly auditRecords: AuditReader;
  readonly connections: ConnectionStore;
  readonly grants: GrantStore;
}

/** What an operator wants to know of a connection beside the connection itself. */
export interface ConnectionDetail {
  /** Other connections that live on the same authorization at Discord: while there are some, disconnecting revokes nothing there. */
  readonly sharedWith: number;
  /** What was recorded of it, newest first; the latest 100. */
  readonly history: readonly AuditRecord[];
}

/** The reader gives as many in one page. */
const MAX_HISTORY = 100;

/** Of an authorization that more share than anybody will, the rest counts as living. */
const MAX_LOOKED_AT = 50;

/** @throws OutageError */
export async function loadConnectionDetail(
  deps: ConnectionDetailDeps,
  connection: Connection,
): Promise<ConnectionDetail> {
  const [sharedWith, history] = await Promise.all([
    countSharing(deps, connection),
    deps.auditRecords.listByConnection(connection.id, { limit: MAX_HISTORY, isNewestFirst: true }),
  ]);
  return { sharedWith, history: history?.records ?? [] };
}

/** A part in the grant that no connection names is left over from a confirmation that died, or is being taken just now. */
async function countSharing(
  deps: Pick<ConnectionDetailDeps, 'connections' | 'grants'>,
  { id, clientId, discordUser }: Connection,
): Promise<number> {
  const members = await deps.grants.load(clientId, discordUser.id);
  const others = members.filter((member) => parseConnectionId(member) !== id);
  const named = await Promise.all(
    others.slice(0, MAX_LOOKED_AT).map(async (member) => {
      const other = await deps.connections.load(parseConnectionId(member));
      return other?.grantMember === member;
    }),
  );
  return named.filter(Boolean).length + Math.max(0, others.length - MAX_LOOKED_AT);
}
