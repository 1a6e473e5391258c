import {
  findConnectLink,
  startAuthorization,
  type ConnectLink,
  type StartAuthorizationDeps,
} from '../../shared/app/start-authorization.ts';
import { AUTHORIZE_PATH, GO } from '../../shared/connect-paths.ts';
import { buildConnectPage } from '../../shared/http/connect-page.ts';
import { httpHandler, type HttpHandlerDeps, type LambdaHandler } from '../../shared/http/http-handler.ts';
import { respondPage, respondRedirect, type HttpResponse } from '../../shared/http/respond.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import { fail, ok } from '../../shared/result.ts';

/**
 * Opens a connect link: binds the browser by a cookie and sends it to Discord. Where the operator has switched on a page before that,
 * it comes first, and nothing is made and no opening counted until the user goes on from it.
 */
export function createAuthorizeHandler(deps: HttpHandlerDeps & StartAuthorizationDeps): LambdaHandler {
  return httpHandler(deps, {
    [ROUTES.authorize.start]: {
      failureStyle: 'page',
      run: async (request) => {
        const [sessionId, ...more] = request.query.getAll('session');
        if (sessionId === undefined || more.length > 0) return fail({ reason: 'connect_link_invalid' });
        const { branding, link } = await findConnectLink(deps, sessionId);
        request.brand(branding);
        if (!link.ok) return link;
        const isGoing = request.query.get(GO.name) === GO.value;
        if (link.value.integration.isConnectPageShown === true && !isGoing) return ok(respondConnectPage(link.value));
        const started = await startAuthorization(deps, link.value);
        if (!started.ok) return started;
        const { location, cookie } = started.value;
        const attributes = `Path=/; Max-Age=${cookie.maxAgeSeconds}; Secure; HttpOnly; SameSite=Lax`;
        return ok(respondRedirect(location, [`${cookie.name}=${cookie.value}; ${attributes}`]));
      },
    },
  });
}

function respondConnectPage({ session, integration: { branding } }: ConnectLink): HttpResponse {
  const query = new URLSearchParams({ session: session.id, [GO.name]: GO.value });
  return respondPage(buildConnectPage(session.scopes, `${AUTHORIZE_PATH}?${query.toString()}`), { branding });
}
