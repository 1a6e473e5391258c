import type { Integration } from '../../../shared/domain/integration.ts';

/** The settings as scripts get them. Nothing in it is secret. */
export function toSettingsJson({ clientId, scopes, returnOrigins, pkce }: Integration) {
  return { client_id: clientId, scopes, return_origins: returnOrigins, pkce };
}
