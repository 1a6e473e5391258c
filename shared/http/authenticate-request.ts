import { authenticate, authenticateCaller, type Caller } from '../app/authenticate.ts';
import { noteKeyUse, type KeyUseDeps } from '../app/note-key-use.ts';
import type { CallerReader } from '../app/ports.ts';
import type { ApiKeyRecord } from '../domain/integration.ts';
import { CONNECTION_ID_PATTERN } from '../domain/ids.ts';
import type { CallerFailure } from '../problems/failure.ts';
import type { Result } from '../result.ts';
import { parseBearer } from './bearer.ts';
import type { HttpRequest } from './request.ts';

export type AuthenticateDeps = KeyUseDeps & { readonly callers: CallerReader };

type Authenticated<T> = Result<{ caller: Caller; loaded: T }, CallerFailure>;

/**
 * Authenticates a request that only an app's back end may make: by API key, never by connection token. `load` reads the key
 * with what else is needed.
 */
export async function authenticateRequest<T extends { readonly key: ApiKeyRecord | undefined }>(
  deps: AuthenticateDeps,
  request: HttpRequest,
  load: (keyId: string) => Promise<T>,
): Promise<Authenticated<T>> {
  const presented = parseBearer(request.headers['authorization']);
  if (!presented.ok) return presented;
  return welcome(deps, request, await authenticate(deps.clock, presented.value, load));
}

/** Authenticates a request on a connection by API key or connection token; key, token and connection are one read. */
export async function authenticateOnConnection(
  deps: AuthenticateDeps,
  request: HttpRequest,
): Promise<Authenticated<Awaited<ReturnType<CallerReader['loadCallerAndConnection']>>>> {
  const presented = parseBearer(request.headers['authorization']);
  if (!presented.ok) return presented;
  const connectionId = request.pathParameters['connection_id'] ?? '';
  const possibleId = CONNECTION_ID_PATTERN.test(connectionId) ? connectionId : undefined;
  const authenticated = await authenticateCaller(deps.clock, presented.value, (ids) =>
    deps.callers.loadCallerAndConnection(ids, possibleId),
  );
  return welcome(deps, request, authenticated);
}

/** Notes in the log who called, and in the table that the key was used. */
function welcome<T>(deps: AuthenticateDeps, request: HttpRequest, authenticated: Authenticated<T>): Authenticated<T> {
  if (!authenticated.ok) return authenticated;
  const { caller } = authenticated.value;
  const { keyId, tenantId, token } = caller;
  request.note({ key_id: keyId, tenant: tenantId, ...(token === undefined ? {} : { token_id: token.tokenId }) });
  request.alongside(noteKeyUse(deps, caller));
  return authenticated;
}
