import { isApiKeyValid, parseApiKey } from '../domain/api-key.ts';
import type { ApiKeyRecord } from '../domain/integration.ts';
import type { CallerFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';

/** Who is calling: an app's back end, by its API key. */
export interface Caller {
  readonly keyId: string;
  readonly tenantId: string;
}

/**
 * Checks a presented API key against the stored one, read together with what the call is about. An unknown id, a wrong
 * secret and a revoked key give one answer, and each costs one read and one comparison.
 * @param presented - token of the Authorization header
 * @param load - reads the key by its id, with whatever else the call needs
 */
export async function authenticate<T extends { readonly key: ApiKeyRecord | undefined }>(
  presented: string,
  load: (keyId: string) => Promise<T>,
): Promise<Result<{ caller: Caller; loaded: T }, CallerFailure>> {
  const parsed = parseApiKey(presented);
  if (parsed === undefined) return fail({ reason: 'caller_unknown' });
  const loaded = await load(parsed.keyId);
  const { key } = loaded;
  if (!isApiKeyValid(parsed, key?.hash) || key === undefined || key.revokedAtEpochSeconds !== undefined) {
    return fail({ reason: 'caller_unknown' });
  }
  return ok({ caller: { keyId: key.keyId, tenantId: key.tenantId }, loaded });
}
