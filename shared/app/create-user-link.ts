import type { AuditActor } from '../domain/audit-event.ts';
import type { Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { sha256Hex } from '../domain/hash.ts';
import { checkReturnUrl } from '../domain/return-url.ts';
import { USER_LINK_BYTES, USER_LINK_LIFE_SECONDS } from '../domain/user-link.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Audit, Clock, IntegrationStore, Random, UserLinkStore } from './ports.ts';

export interface CreateUserLinkDeps {
  readonly userLinks: UserLinkStore;
  readonly integrations: IntegrationStore;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Makes a link with which the end user of a connection can see and end it himself.
 * @param returnUrl - where the page shall lead back to; checked like that of a connect session
 * @param actor - who asked for the link
 * @returns the link's secret, which is stored as a hash only, and when it expires
 */
export async function createUserLink(
  deps: CreateUserLinkDeps,
  connection: Connection,
  returnUrl: string | undefined,
  actor: AuditActor,
): Promise<Result<{ secret: string; expiresAtEpochSeconds: number }, Failure>> {
  const checked = returnUrl === undefined ? ok(undefined) : await checkReturn(deps, returnUrl);
  if (!checked.ok) return checked;
  const secret = Buffer.from(deps.random.bytes(USER_LINK_BYTES)).toString('base64url');
  const createdAtEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const expiresAtEpochSeconds = createdAtEpochSeconds + USER_LINK_LIFE_SECONDS;
  const { tenantId, id: connectionId } = connection;
  await deps.userLinks.create(sha256Hex(secret), {
    tenantId,
    connectionId,
    ...(returnUrl === undefined ? {} : { returnUrl }),
    createdAtEpochSeconds,
    expiresAtEpochSeconds,
  });
  await deps.audit.record({ type: 'user_link_created', actor, tenantId, connectionId });
  return ok({ secret, expiresAtEpochSeconds });
}

async function checkReturn(deps: CreateUserLinkDeps, returnUrl: string): Promise<Result<unknown, Failure>> {
  const integration = await deps.integrations.load();
  if (integration === undefined) return fail({ reason: 'operator_setup_incomplete', missing: 'client id' });
  return checkReturnUrl(returnUrl, integration.returnOrigins);
}
