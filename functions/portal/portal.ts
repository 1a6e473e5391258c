import type { Failure } from '../../shared/problems/failure.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import type { HttpResponse } from '../../shared/http/respond.ts';
import { findAllowedMethods } from '../../shared/http/allowed-methods.ts';
import { httpHandler, type HttpHandlerDeps, type LambdaHandler } from '../../shared/http/http-handler.ts';
import { PAGE_HEADERS } from '../../shared/http/page.ts';
import { renderProblemPage } from '../../shared/http/problem-page.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { respondPortalFile, type PortalFiles } from './portal-files.ts';
import { REFERENCE_HEADERS, renderReference } from './reference-page.ts';
import { toOpenApi } from '../../shared/openapi/to-openapi.ts';
import { VERSION } from '../../shared/version.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** Discord's paths below a connection, as its clients build them; those with actions have routes of their own. */
const DISCORD_PATH = /^\/connections\/[^/]+\/api(?:\/|$)/;

const PROBLEM_PATH = /^\/problems\/([a-z_]+)$/;

/**
 * The operator's portal, the reference of the actions, and whatever no other route takes: the pages of the problem codes, and a clear
 * problem for everything else.
 * @param files - the portal's page, script and style
 */
export function createPortalHandler(deps: HttpHandlerDeps, files: PortalFiles): LambdaHandler {
  const servePortal = (request: HttpRequest): Promise<Result<HttpResponse, Failure>> => {
    const response = respondPortalFile(files, request.path, request.headers['accept-encoding']);
    return Promise.resolve(response === undefined ? fail({ reason: 'route_not_found' }) : ok(response));
  };
  let openApi: string | undefined;
  let reference: string | undefined;
  return httpHandler(deps, {
    [ROUTES.portal.openApi]: {
      failureStyle: 'problem',
      run: () => {
        openApi ??= JSON.stringify(toOpenApi(catalogue, { publicBaseUrl: deps.publicBaseUrl, version: VERSION }));
        const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' };
        return Promise.resolve(ok({ statusCode: 200, headers, body: openApi }));
      },
    },
    [ROUTES.portal.reference]: {
      failureStyle: 'problem',
      run: () => {
        reference ??= renderReference(catalogue);
        return Promise.resolve(ok({ statusCode: 200, headers: REFERENCE_HEADERS, body: reference }));
      },
    },
    [ROUTES.portal.app]: { failureStyle: 'problem', run: servePortal },
    [ROUTES.portal.appPath]: { failureStyle: 'problem', run: servePortal },
    [ROUTES.portal.default]: {
      failureStyle: (request) => (DISCORD_PATH.test(request.path) ? 'discord' : 'problem'),
      run: (request) => {
        if (DISCORD_PATH.test(request.path)) return Promise.resolve(fail({ reason: 'action_unknown' }));
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
