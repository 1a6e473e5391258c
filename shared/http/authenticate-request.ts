import { authenticate, type Caller } from '../app/authenticate.ts';
import type { ApiKeyRecord } from '../domain/integration.ts';
import type { CallerFailure } from '../problems/failure.ts';
import type { Result } from '../result.ts';
import { parseBearer } from './bearer.ts';
import type { HttpRequest } from './request.ts';

/** Authenticates the request's API key and notes in the log who called. `load` reads the key with what else is needed. */
export async function authenticateRequest<T extends { readonly key: ApiKeyRecord | undefined }>(
  request: HttpRequest,
  load: (keyId: string) => Promise<T>,
): Promise<Result<{ caller: Caller; loaded: T }, CallerFailure>> {
  const presented = parseBearer(request.headers['authorization']);
  if (!presented.ok) return presented;
  const authenticated = await authenticate(presented.value, load);
  if (authenticated.ok) {
    const { keyId, tenantId } = authenticated.value.caller;
    request.note({ key_id: keyId, tenant: tenantId });
  }
  return authenticated;
}
