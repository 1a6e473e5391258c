import type { AcceptedCallback } from '../../shared/app/accept-callback.ts';
import { createUserLink, type CreateUserLinkDeps } from '../../shared/app/create-user-link.ts';
import { reportOutage, type OutageDeps } from '../../shared/app/report-outage.ts';
import { CONNECTED, MY_CONNECTION_PATH } from '../../shared/connect-paths.ts';
import type { Branding } from '../../shared/domain/branding.ts';
import type { Connection } from '../../shared/domain/connection.ts';
import { buildUserLinkCookie, USER_LINK_LIFE_SECONDS } from '../../shared/domain/user-link.ts';
import { buildConnectedUnseenPage, buildNotConnectedPage } from '../../shared/http/result-page.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondPage, respondRedirect, type HttpResponse } from '../../shared/http/respond.ts';
import { OutageError } from '../../shared/problems/failure.ts';

type Deps = CreateUserLinkDeps & OutageDeps;

/**
 * Where no app waits the user ends with us: on the page of his connection, as by a link that his app has made, or on one which says
 * that there is none.
 */
export async function respondHere(
  deps: Deps,
  request: HttpRequest,
  outcome: Exclude<AcceptedCallback, { readonly kind: 'return' }>,
  branding: Branding | undefined,
): Promise<HttpResponse> {
  if (outcome.kind === 'not_connected') return respondPage(buildNotConnectedPage(outcome.error), { branding });
  const { connection } = outcome;
  request.note({ tenant: connection.tenantId, connection_id: connection.id });
  const secret = await makeLink(deps, request, connection);
  if (secret === undefined) return respondPage(buildConnectedUnseenPage(), { branding });
  const cookie = buildUserLinkCookie(secret, USER_LINK_LIFE_SECONDS);
  return respondRedirect(`${MY_CONNECTION_PATH}?${CONNECTED.name}=${CONNECTED.value}`, [cookie], 303);
}

/** The connection stands: that its page cannot be shown is no reason to say that nothing was connected. */
async function makeLink(deps: Deps, { requestId }: HttpRequest, connection: Connection): Promise<string | undefined> {
  try {
    const created = await createUserLink(deps, connection, undefined, { kind: 'end_user' });
    return created.ok ? created.value.secret : undefined;
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    reportOutage(deps, error, { request_id: requestId });
    return undefined;
  }
}
