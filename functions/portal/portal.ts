import { findAllowedMethods } from '../../shared/http/allowed-methods.ts';
import { httpHandler, type HttpHandlerDeps, type LambdaHandler } from '../../shared/http/http-handler.ts';
import { PAGE_HEADERS } from '../../shared/http/page.ts';
import { renderProblemPage } from '../../shared/http/problem-page.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import { fail, ok } from '../../shared/result.ts';

const PROBLEM_PATH = /^\/problems\/([a-z_]+)$/;

/** Whatever no other route takes: the pages of the problem codes, and a clear problem for everything else. */
export function createPortalHandler(deps: HttpHandlerDeps): LambdaHandler {
  return httpHandler(deps, {
    [ROUTES.portal.default]: {
      failureStyle: 'problem',
      run: (request) => {
        const code = PROBLEM_PATH.exec(request.path)?.[1];
        const page = code === undefined ? undefined : renderProblemPage(code);
        if (page !== undefined && request.method === 'GET') {
          const headers = { ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8' };
          return Promise.resolve(ok({ statusCode: 200, headers, body: page }));
        }
        const allowed = page === undefined ? findAllowedMethods(request.path) : ['GET'];
        return Promise.resolve(
          allowed.length > 0 ? fail({ reason: 'method_not_allowed', allowed }) : fail({ reason: 'route_not_found' }),
        );
      },
    },
  });
}
