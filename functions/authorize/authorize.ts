import { startAuthorization, type StartAuthorizationDeps } from '../../shared/app/start-authorization.ts';
import { httpHandler, type HttpHandlerDeps, type LambdaHandler } from '../../shared/http/http-handler.ts';
import { respondRedirect } from '../../shared/http/respond.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import { fail, ok } from '../../shared/result.ts';

/** Opens a connect link: binds the browser by a cookie and sends it to Discord. */
export function createAuthorizeHandler(deps: HttpHandlerDeps & StartAuthorizationDeps): LambdaHandler {
  return httpHandler(deps, {
    [ROUTES.authorize.start]: {
      failureStyle: 'page',
      run: async (request) => {
        const [sessionId, ...more] = request.query.getAll('session');
        if (sessionId === undefined || more.length > 0) return fail({ reason: 'connect_link_invalid' });
        const started = await startAuthorization(deps, sessionId);
        if (!started.ok) return started;
        const { location, cookie } = started.value;
        const attributes = `Path=/; Max-Age=${cookie.maxAgeSeconds}; Secure; HttpOnly; SameSite=Lax`;
        return ok(respondRedirect(location, [`${cookie.name}=${cookie.value}; ${attributes}`]));
      },
    },
  });
}
