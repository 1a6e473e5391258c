import * as z from 'zod/mini';
import type { IntegrationChange } from '../../shared/app/integration-change.ts';
import { Secret } from '../../shared/domain/secret.ts';

/** Characters; longer ones are none of Discord's, and are judged no further. */
const entered = z.string().check(z.maxLength(512));

/** Body of `PUT /integration`: what is left out stays. What the values may be is judged by the use case, in its words. */
export const integrationBody = z.strictObject({
  client_id: z.optional(entered),
  client_secret: z.optional(entered),
  bot_token: z.optional(z.nullable(entered)),
  scopes: z.optional(z.array(entered).check(z.maxLength(50))),
  bot_permissions: z.optional(z.nullable(entered)),
  return_origins: z.optional(z.array(entered).check(z.maxLength(100))),
  pkce: z.optional(z.boolean()),
  audit_retention_days: z.optional(z.number()),
  idle_expiry_days: z.optional(z.nullable(z.number())),
  branding: z.optional(
    z.strictObject({
      name: z.optional(z.nullable(entered)),
      color: z.optional(z.nullable(entered)),
      logo: z.optional(z.nullable(z.string().check(z.maxLength(48 * 1024)))),
    }),
  ),
  connect_page: z.optional(z.boolean()),
});

type IntegrationBody = z.infer<typeof integrationBody>;

/** The change that a body asks for. `null` takes something away. */
export function toIntegrationChange(body: IntegrationBody): IntegrationChange {
  const { scopes, return_origins, pkce, audit_retention_days, idle_expiry_days, bot_permissions, connect_page } = body;
  const credentials = toCredentialsChange(body);
  return {
    ...(credentials === undefined ? {} : { credentials }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(return_origins === undefined ? {} : { returnOrigins: return_origins }),
    ...(pkce === undefined ? {} : { pkce }),
    ...(audit_retention_days === undefined ? {} : { auditRetentionDays: audit_retention_days }),
    ...(idle_expiry_days === undefined ? {} : { idleExpiryDays: idle_expiry_days ?? 'off' }),
    ...(bot_permissions === undefined ? {} : { botPermissions: bot_permissions ?? 'none' }),
    ...(body.branding === undefined ? {} : { branding: toBrandingChange(body.branding) }),
    ...(connect_page === undefined ? {} : { isConnectPageShown: connect_page }),
  };
}

function toCredentialsChange({
  client_id,
  client_secret,
  bot_token,
}: IntegrationBody): IntegrationChange['credentials'] {
  if (client_id === undefined && client_secret === undefined && bot_token === undefined) return undefined;
  return {
    ...(client_id === undefined ? {} : { clientId: client_id }),
    ...(client_secret === undefined ? {} : { clientSecret: new Secret(client_secret) }),
    ...(bot_token === undefined ? {} : { botToken: bot_token === null ? 'removed' : new Secret(bot_token) }),
  };
}

function toBrandingChange(
  branding: NonNullable<IntegrationBody['branding']>,
): NonNullable<IntegrationChange['branding']> {
  return Object.fromEntries(Object.entries(branding).map(([part, value]) => [part, value ?? undefined]));
}
