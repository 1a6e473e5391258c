import { deleteOwnedWebhooks, type DeleteWebhooksDeps } from '../../shared/app/delete-webhooks.ts';
import { disconnectByUser } from '../../shared/app/disconnect-by-user.ts';
import type { DisconnectDeps } from '../../shared/app/disconnect-connection.ts';
import { openUserLink, type OpenedUserLink, type OpenUserLinkDeps } from '../../shared/app/open-user-link.ts';
import { buildFormToken, USER_LINK_COOKIE } from '../../shared/domain/user-link.ts';
import type { Route } from '../../shared/http/http-handler.ts';
import {
  FORM_FIELDS,
  renderConfirmation,
  renderDisconnected,
  renderMyConnection,
  YES,
  type MyConnectionView,
} from '../../shared/http/my-connection-page.ts';
import { parseOwnForm } from '../../shared/http/own-form.ts';
import { FORM_PAGE_HEADERS, PAGE_HEADERS } from '../../shared/http/page.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import type { HttpResponse } from '../../shared/http/respond.ts';
import { MY_CONNECTION_PATH } from '../../shared/http/routes.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { PROBLEM_TEXTS } from '../../shared/problems/problem-texts.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

export type MyConnectionDeps = OpenUserLinkDeps &
  DeleteWebhooksDeps &
  DisconnectDeps & { readonly publicBaseUrl: string };

type Outcome = Promise<Result<HttpResponse, Failure>>;

/**
 * `GET /my/connection`, for the end user's browser. With a link in the address: puts its secret into a cookie and goes on
 * without it, so that it stands in no history, bookmark or picture of the screen. Without: shows the connection. Changes
 * nothing, since previews open links too.
 */
export function myConnectionRoute(deps: MyConnectionDeps): Route {
  return {
    failureStyle: 'own_page',
    run: (request) => (request.query.has('link') ? takeLink(deps, request) : show(deps, request)),
  };
}

/** `POST /my/connection/disconnect`: asks first, and disconnects when the form says that it was asked. */
export function disconnectMineRoute(deps: MyConnectionDeps): Route {
  return { failureStyle: 'own_page', run: (request) => disconnect(deps, request) };
}

async function takeLink(deps: MyConnectionDeps, request: HttpRequest): Outcome {
  const [secret, ...more] = request.query.getAll('link');
  const opened = await openUserLink(deps, more.length > 0 ? undefined : secret);
  if (!opened.ok) return opened;
  noteLink(request, opened.value);
  // Lax, not Strict: who comes from the app's site must have the cookie at the end of this redirect.
  const attributes = `Path=/; Max-Age=${opened.value.remainingSeconds}; Secure; HttpOnly; SameSite=Lax`;
  return ok({
    statusCode: 303,
    headers: { location: MY_CONNECTION_PATH, ...PAGE_HEADERS },
    cookies: [`${USER_LINK_COOKIE}=${secret ?? ''}; ${attributes}`],
    body: '',
  });
}

async function show(deps: MyConnectionDeps, request: HttpRequest): Outcome {
  const secret = request.cookies.get(USER_LINK_COOKIE);
  const opened = await openUserLink(deps, secret);
  if (!opened.ok) return opened;
  noteLink(request, opened.value);
  return ok(respondPage(renderMyConnection({ ...opened.value, formToken: buildFormToken(secret ?? '') })));
}

async function disconnect(deps: MyConnectionDeps, request: HttpRequest): Outcome {
  const secret = request.cookies.get(USER_LINK_COOKIE);
  const opened = await openUserLink(deps, secret);
  if (!opened.ok) return opened;
  noteLink(request, opened.value);
  const formToken = buildFormToken(secret ?? '');
  const form = parseOwnForm(request, deps.publicBaseUrl, FORM_FIELDS.token, formToken);
  if (form === undefined) return fail({ reason: 'form_not_recognized' });
  const view: MyConnectionView = { ...opened.value, formToken };
  const wasBefore = view.connection.status === 'disconnected';
  if (form.get(FORM_FIELDS.confirmed) !== YES) {
    return ok(respondPage(wasBefore ? renderDisconnected(view, true) : renderConfirmation(view, false)));
  }
  let { connection } = view;
  if (form.get(FORM_FIELDS.webhooks) === YES) {
    const left = await deleteOwnedWebhooks(deps, connection, request.deadline);
    if (!left.ok) {
      request.note({ code: left.failure.reason });
      const stored = await openUserLink(deps, secret);
      if (!stored.ok) return stored;
      const page = renderConfirmation({ ...stored.value, formToken }, true);
      return ok(respondPage(page, PROBLEM_TEXTS[left.failure.reason].status));
    }
    connection = left.value;
  }
  const closed = await disconnectByUser(deps, connection, request.deadline);
  return closed.ok ? ok(respondPage(renderDisconnected({ ...view, connection: closed.value }, wasBefore))) : closed;
}

function noteLink(request: HttpRequest, { connection }: OpenedUserLink): void {
  request.note({ tenant: connection.tenantId, connection_id: connection.id });
}

function respondPage(html: string, statusCode = 200): HttpResponse {
  return { statusCode, headers: { ...FORM_PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8' }, body: html };
}
