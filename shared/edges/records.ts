import * as z from 'zod/mini';
import type { ApiKeyRecord, Integration, Tenant } from '../domain/integration.ts';
import type { AuthorizationState, ConnectSession } from '../domain/connect-session.ts';
import type { Connection } from '../domain/connection.ts';
import type { Sealed } from '../domain/envelope.ts';
import type { Item } from './table-client.ts';

/**
 * The attributes of each kind of item, checked on every read: an item that does not fit is a bug or tampering and must not
 * be half-believed. Unknown attributes (keys, TTL twins, a later version's additions) are dropped.
 */
const sealed = z.custom<Sealed>((value) => typeof value === 'string' && value.startsWith('v1.'));
const seconds = z.number();

const integration = z.object({
  clientId: z.string(),
  scopes: z.array(z.string()),
  returnOrigins: z.array(z.string()),
  pkce: z.boolean(),
  version: z.number(),
  updatedAtEpochSeconds: seconds,
});

const tenant = z.object({
  tenantId: z.string(),
  isConfirmationRequired: z.boolean(),
  createdAtEpochSeconds: seconds,
});

const apiKey = z.object({
  keyId: z.string(),
  tenantId: z.string(),
  name: z.string(),
  hash: z.string(),
  createdAtEpochSeconds: seconds,
  revokedAtEpochSeconds: z.exactOptional(seconds),
});

const connectSession = z.object({
  id: z.string(),
  tenantId: z.string(),
  userId: z.string(),
  returnUrl: z.string(),
  scopes: z.array(z.string()),
  permissions: z.exactOptional(z.string()),
  guildId: z.exactOptional(z.string()),
  connectionId: z.exactOptional(z.string()),
  isConfirmationRequired: z.boolean(),
  status: z.enum(['open', 'returned', 'confirming', 'confirmed', 'refused', 'burnt', 'failed']),
  starts: z.number(),
  wrongConfirmations: z.number(),
  confirmationHash: z.exactOptional(z.string()),
  sealedCode: z.exactOptional(sealed),
  returnedAtEpochSeconds: z.exactOptional(seconds),
  claimId: z.exactOptional(z.string()),
  claimedUntilEpochMs: z.exactOptional(z.number()),
  sealedAnswer: z.exactOptional(sealed),
  createdAtEpochSeconds: seconds,
  expiresAtEpochSeconds: seconds,
});

const authorizationState = z.object({
  stateHash: z.string(),
  sessionId: z.string(),
  cookieHash: z.string(),
  codeChallenge: z.exactOptional(z.string()),
  expiresAtEpochSeconds: seconds,
});

const connection = z.object({
  id: z.string(),
  tenantId: z.string(),
  userId: z.string(),
  status: z.enum(['active', 'reconnect_required', 'disconnected']),
  statusReason: z.exactOptional(z.string()),
  clientId: z.string(),
  discordUser: z.object({ id: z.string(), username: z.string(), globalName: z.nullable(z.string()) }),
  scopes: z.array(z.string()),
  guilds: z.array(z.object({ id: z.string(), name: z.string() })),
  webhooks: z.array(
    z.object({
      id: z.string(),
      channelId: z.string(),
      guildId: z.string(),
      sealedToken: z.exactOptional(sealed),
    }),
  ),
  sealedTokens: z.exactOptional(sealed),
  tokensVersion: z.number(),
  tokenObtainedAtEpochSeconds: seconds,
  tokenExpiresAtEpochSeconds: seconds,
  isRevocationOwed: z.exactOptional(z.boolean()),
  createdAtEpochSeconds: seconds,
  updatedAtEpochSeconds: seconds,
  revision: z.number(),
});

/** Builds the reader of one kind of item: absent stays absent, a misshapen item throws. */
function reader<T>(schema: z.ZodMiniType<T>): (item: Item | undefined) => T | undefined {
  return (item) => (item === undefined ? undefined : schema.parse(item));
}

export const parseIntegration: (item: Item | undefined) => Integration | undefined = reader(integration);
export const parseTenant: (item: Item | undefined) => Tenant | undefined = reader(tenant);
export const parseApiKeyRecord: (item: Item | undefined) => ApiKeyRecord | undefined = reader(apiKey);
export const parseConnectSession: (item: Item | undefined) => ConnectSession | undefined = reader(connectSession);
export const parseAuthorizationState: (item: Item | undefined) => AuthorizationState | undefined =
  reader(authorizationState);
export const parseConnection: (item: Item | undefined) => Connection | undefined = reader(connection);
