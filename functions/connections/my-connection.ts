import { deleteOwnedWebhooks, type DeleteWebhooksDeps } from '../../shared/app/delete-webhooks.ts';
import { disconnectByUser } from '../../shared/app/disconnect-by-user.ts';
import type { DisconnectDeps } from '../../shared/app/disconnect-connection.ts';
import { openUserLink, type OpenedUserLink, type OpenUserLinkDeps } from '../../shared/app/open-user-link.ts';
import { buildFormToken, buildUserLinkCookie, USER_LINK_COOKIE } from '../../shared/domain/user-link.ts';
import { CONNECTED, MY_CONNECTION_PATH } from '../../shared/connect-paths.ts';
import type { Route } from '../../shared/http/http-handler.ts';
import {
  buildConfirmationPage,
  buildDisconnectedPage,
  buildMyConnectionPage,
  FORM_FIELDS,
  YES,
  type MyConnectionView,
} from '../../shared/http/my-connection-page.ts';
import { parseOwnForm } from '../../shared/http/own-form.ts';
import type { PageContent } from '../../shared/http/page.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondPage, respondRedirect, type HttpResponse } from '../../shared/http/respond.ts';
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
  const opened = await open(deps, request, more.length > 0 ? undefined : secret);
  if (!opened.ok) return opened;
  const cookie = buildUserLinkCookie(secret ?? '', opened.value.remainingSeconds);
  return ok(respondRedirect(MY_CONNECTION_PATH, [cookie], 303));
}

async function show(deps: MyConnectionDeps, request: HttpRequest): Outcome {
  const secret = request.cookies.get(USER_LINK_COOKIE);
  const opened = await open(deps, request, secret);
  if (!opened.ok) return opened;
  const isNew = request.query.get(CONNECTED.name) === CONNECTED.value;
  const view = { ...opened.value, formToken: buildFormToken(secret ?? '') };
  return ok(respondOwnPage(view, buildMyConnectionPage(view, isNew)));
}

async function disconnect(deps: MyConnectionDeps, request: HttpRequest): Outcome {
  const secret = request.cookies.get(USER_LINK_COOKIE);
  const opened = await open(deps, request, secret);
  if (!opened.ok) return opened;
  const formToken = buildFormToken(secret ?? '');
  const form = parseOwnForm(request, deps.publicBaseUrl, FORM_FIELDS.token, formToken);
  if (form === undefined) return fail({ reason: 'form_not_recognized' });
  const view: MyConnectionView = { ...opened.value, formToken };
  const wasBefore = view.connection.status === 'disconnected';
  if (form.get(FORM_FIELDS.confirmed) !== YES) {
    const page = wasBefore ? buildDisconnectedPage(view, true) : buildConfirmationPage(view, false);
    return ok(respondOwnPage(view, page));
  }
  let { connection } = view;
  if (form.get(FORM_FIELDS.webhooks) === YES) {
    const left = await deleteOwnedWebhooks(deps, connection, request.deadline);
    if (!left.ok) {
      request.note({ code: left.failure.reason });
      const stored = await openUserLink(deps, secret);
      if (!stored.ok) return stored;
      const page = buildConfirmationPage({ ...stored.value, formToken }, true);
      return ok(respondOwnPage(view, page, PROBLEM_TEXTS[left.failure.reason].status));
    }
    connection = left.value;
  }
  const closed = await disconnectByUser(deps, connection, request.deadline);
  if (!closed.ok) return closed;
  return ok(respondOwnPage(view, buildDisconnectedPage({ ...view, connection: closed.value }, wasBefore)));
}

/** Opens a link, and takes note of what it leads to for the log and for the look of the page. */
async function open(
  deps: MyConnectionDeps,
  request: HttpRequest,
  secret: string | undefined,
): Promise<Result<OpenedUserLink, Failure>> {
  const opened = await openUserLink(deps, secret);
  if (opened.ok) {
    request.note({ tenant: opened.value.connection.tenantId, connection_id: opened.value.connection.id });
    request.brand(opened.value.branding);
  }
  return opened;
}

function respondOwnPage({ branding }: MyConnectionView, page: PageContent, statusCode = 200): HttpResponse {
  return respondPage(page, { statusCode, branding, hasForm: true });
}
