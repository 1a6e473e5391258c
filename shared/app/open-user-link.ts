import type { Branding } from '../domain/branding.ts';
import type { Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { sha256Hex } from '../domain/hash.ts';
import { checkReturnUrl } from '../domain/return-url.ts';
import { USER_LINK_PATTERN } from '../domain/user-link.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Clock, ConnectionStore, IntegrationStore, TenantStore, UserLinkStore } from './ports.ts';

export interface OpenUserLinkDeps {
  readonly userLinks: UserLinkStore;
  readonly connections: ConnectionStore;
  readonly tenants: TenantStore;
  readonly integrations: IntegrationStore;
  readonly clock: Clock;
}

/** What a link leads to. */
export interface OpenedUserLink {
  readonly connection: Connection;
  /** Where the page leads back to; absent when the app has not said, or the operator no longer allows it. */
  readonly returnUrl?: URL;
  /** How the operator wants the page to look. */
  readonly branding?: Branding;
  /** Seconds that the link still works. */
  readonly remainingSeconds: number;
}

/**
 * Finds what a link leads to. Reads only. Unknown, expired and pointing to something that is gone are one answer.
 * @param secret - from the address or the cookie; absent: the browser has neither
 */
export async function openUserLink(
  deps: OpenUserLinkDeps,
  secret: string | undefined,
): Promise<Result<OpenedUserLink, Failure>> {
  if (secret === undefined || !USER_LINK_PATTERN.test(secret)) return fail({ reason: 'user_link_invalid' });
  const link = await deps.userLinks.load(sha256Hex(secret));
  const remainingSeconds = (link?.expiresAtEpochSeconds ?? 0) - toEpochSeconds(deps.clock.nowEpochMs());
  if (link === undefined || remainingSeconds <= 0) return fail({ reason: 'user_link_invalid' });
  const [connection, tenant, integration] = await Promise.all([
    deps.connections.load(link.connectionId),
    deps.tenants.load(link.tenantId),
    deps.integrations.load(),
  ]);
  if (tenant === undefined || connection?.tenantId !== link.tenantId) return fail({ reason: 'user_link_invalid' });
  // Made again: the operator may have taken the origin off his list since.
  const returnUrl =
    link.returnUrl === undefined ? undefined : checkReturnUrl(link.returnUrl, integration?.returnOrigins ?? []);
  return ok({
    connection,
    remainingSeconds,
    ...(returnUrl?.ok === true ? { returnUrl: returnUrl.value } : {}),
    ...(integration?.branding === undefined ? {} : { branding: integration.branding }),
  });
}
