import { createApiKey } from '../../shared/app/operate-tenants.ts';
import type { ApiKeyLimits } from '../../shared/app/api-key-limits.ts';
import { DEFAULT_TENANT } from '../../infra/local/stack/bootstrap.ts';
import type { Harness } from './harness.ts';
import type { JsonAnswer } from './wire.ts';

/** An API key on the harness's clock, with limits. */
export async function makeLimitedKey(
  harness: Harness,
  limits: ApiKeyLimits = {},
  tenantId = DEFAULT_TENANT,
): Promise<{ key: string; keyId: string }> {
  const made = await createApiKey({ ...harness.edges, clock: harness.clock }, tenantId, 'limited', limits);
  if (!made.ok) throw new Error(made.failure.detail);
  const key = made.value.key.reveal();
  harness.knowSecret({ kind: 'API key', value: key, scope: 'everywhere' });
  return { key, keyId: made.value.record.keyId };
}

/** Asks for a connection token as an app's back end does. What comes back is known as a secret from then on. */
export async function askForToken(
  harness: Harness,
  connectionId: string,
  body?: unknown,
  key: string = harness.key,
): Promise<JsonAnswer> {
  const path = `/connections/${connectionId}/tokens`;
  const answer = await harness.wire.send('POST', path, { key, ...(body === undefined ? {} : { json: body }) });
  const token: unknown = answer.json?.token;
  if (typeof token === 'string') harness.knowSecret({ kind: 'connection token', value: token, scope: 'logs' });
  return answer;
}

/** A connection token that must come. */
export async function makeToken(
  harness: Harness,
  connectionId: string,
  body?: unknown,
  key?: string,
): Promise<{ id: string; token: string }> {
  const { status, json, text } = await askForToken(harness, connectionId, body, key);
  if (status !== 201) throw new Error(`no token: ${status} ${text}`);
  return { id: String(json.id), token: String(json.token) };
}
