import type { AuditActor, AuditEvent } from '../domain/audit-event.ts';
import type { Connection } from '../domain/connection.ts';
import type { ConnectSession } from '../domain/connect-session.ts';
import { sha256Hex } from '../domain/hash.ts';
import type { Audit } from './ports.ts';

/** Hex digits: enough to tell the sessions of a tenant apart. */
const SESSION_MARK_LENGTH = 16;

/**
 * Records what happened to a connect session. All records of one session have the same mark, a part of a hash, in place of
 * its id: until it is used the id opens the link. Whom the app made it for is left out too, since records outlive what is
 * deleted at a user's request; the connection leads to him for as long as there is one.
 */
export async function recordSessionEvent(
  { audit }: { readonly audit: Audit },
  session: Pick<ConnectSession, 'id' | 'tenantId' | 'connectionId'>,
  actor: AuditActor,
  event: Pick<AuditEvent, 'type' | 'connectionId' | 'details'>,
): Promise<void> {
  const connectionId = event.connectionId ?? session.connectionId;
  await audit.record({
    type: event.type,
    actor,
    tenantId: session.tenantId,
    ...(connectionId === undefined ? {} : { connectionId }),
    details: { session: sha256Hex(session.id).slice(0, SESSION_MARK_LENGTH), ...event.details },
  });
}

/** Records that there is a connection now. A confirmation that takes up what an interrupted one had stored already finds the connection there: it is recorded as anew. */
export async function recordConnected(
  deps: { readonly audit: Audit },
  session: ConnectSession,
  actor: AuditActor,
  { id, revision, scopes }: Connection,
): Promise<void> {
  await recordSessionEvent(deps, session, actor, {
    type: revision === 1 ? 'connection_connected' : 'connection_reconnected',
    connectionId: id,
    details: { scopes },
  });
}
