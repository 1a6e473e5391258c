import { changeIntegration } from '../../../shared/app/operate-integration.ts';
import { createApiKey, createTenant } from '../../../shared/app/operate-tenants.ts';
import { SCOPES } from '../../../shared/domain/scopes.ts';
import type { Secret } from '../../../shared/domain/secret.ts';
import type { OperatorEdges } from '../../operator/operator-edges.ts';

/** Return origins of a local run: any port of this machine. Accepted only while the gateway itself is on loopback. */
export const LOOPBACK_ORIGINS = ['http://localhost:*', 'http://127.0.0.1:*', 'http://[::1]:*'];

export const DEFAULT_TENANT = 'default';

/** What an operator would enter for a first run: credentials, scopes, return origins and a tenant. Safe to repeat. */
export async function enterLocalSettings(
  edges: OperatorEdges,
  credentials: { readonly clientId: string; readonly clientSecret: Secret; readonly botToken?: Secret },
): Promise<void> {
  const stored = await edges.integrations.load();
  const changed = await changeIntegration(edges, {
    credentials,
    // What an operator has chosen in an earlier run stays.
    ...(stored === undefined ? { scopes: SCOPES.map((scope) => scope.name), returnOrigins: LOOPBACK_ORIGINS } : {}),
  });
  if (!changed.ok) throw new Error(changed.failure.detail);
  const tenant = await edges.tenants.load(DEFAULT_TENANT);
  if (tenant === undefined) await createTenant(edges, DEFAULT_TENANT);
}

/** Makes an API key of the default tenant. */
export async function makeDemoKey(edges: OperatorEdges): Promise<Secret> {
  const made = await createApiKey(edges, DEFAULT_TENANT, 'demo');
  if (!made.ok) throw new Error(made.failure.detail);
  return made.value.key;
}
