import * as z from 'zod/mini';
import type { CredentialGateState, CurrentDataKey, KeyUse, SweepState, Todo } from '../app/ports.ts';
import type { AuditEventType } from '../domain/audit-event.ts';
import { AUDIT_POSITION_PATTERN, type AuditRecord } from '../domain/audit-record.ts';
import type { ApiKeyRecord, Integration, Tenant } from '../domain/integration.ts';
import type { AuthorizationState, ConnectSession } from '../domain/connect-session.ts';
import type { ConnectionToken } from '../domain/connection-token.ts';
import type { Connection } from '../domain/connection.ts';
import type { DataKey } from '../domain/data-key.ts';
import type { Sealed } from '../domain/envelope.ts';
import type { UserLink } from '../domain/user-link.ts';
import { TABLE } from '../table.ts';
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
  auditRetentionDays: z.exactOptional(z.number()),
  idleExpiryDays: z.exactOptional(z.number()),
  botPermissions: z.exactOptional(z.string()),
  branding: z.exactOptional(
    z.object({
      name: z.exactOptional(z.string()),
      color: z.exactOptional(z.string()),
      logo: z.exactOptional(z.string()),
    }),
  ),
  isConnectPageShown: z.exactOptional(z.boolean()),
  clientSecretSetAtEpochSeconds: z.exactOptional(seconds),
  botTokenSetAtEpochSeconds: z.exactOptional(seconds),
  version: z.number(),
  updatedAtEpochSeconds: seconds,
});

const tenant = z.object({
  tenantId: z.string(),
  isConfirmationRequired: z.boolean(),
  createdAtEpochSeconds: seconds,
  creationId: z.exactOptional(z.string()),
  deletingSinceEpochSeconds: z.exactOptional(seconds),
  shredAfterEpochSeconds: z.exactOptional(seconds),
});

const dataKey = z.object({
  keyId: z.string(),
  createdAtEpochSeconds: seconds,
  retiredAtEpochSeconds: z.exactOptional(seconds),
});

const currentDataKey = z.object({ keyId: z.string(), isResealOwed: z._default(z.boolean(), false) });

const apiKey = z.object({
  keyId: z.string(),
  tenantId: z.string(),
  name: z.string(),
  hash: z.string(),
  actions: z.exactOptional(z.array(z.string())),
  createdAtEpochSeconds: seconds,
  validUntilEpochSeconds: z.exactOptional(seconds),
  replacedByKeyId: z.exactOptional(z.string()),
  revokedAtEpochSeconds: z.exactOptional(seconds),
});

const keyUse = z.object({ firstUsedAtEpochSeconds: seconds, lastUsedAtEpochSeconds: seconds, firstUseId: z.string() });

const connectionToken = z.object({
  tokenId: z.string(),
  connectionId: z.string(),
  tenantId: z.string(),
  keyId: z.string(),
  hash: z.string(),
  actions: z.exactOptional(z.array(z.string())),
  guildIds: z.exactOptional(z.array(z.string())),
  channelIds: z.exactOptional(z.array(z.string())),
  createdAtEpochSeconds: seconds,
  expiresAtEpochSeconds: seconds,
  revokedAtEpochSeconds: z.exactOptional(seconds),
});

const connectSession = z.object({
  id: z.string(),
  tenantId: z.string(),
  userId: z.string(),
  returnUrl: z.exactOptional(z.string()),
  scopes: z.array(z.string()),
  permissions: z.exactOptional(z.string()),
  guildId: z.exactOptional(z.string()),
  connectionId: z.exactOptional(z.string()),
  isConfirmationRequired: z.boolean(),
  isOperatorTest: z.exactOptional(z.boolean()),
  status: z.enum(['open', 'returned', 'confirming', 'confirmed', 'refused', 'burnt', 'failed']),
  starts: z.number(),
  wrongConfirmations: z.number(),
  confirmationHash: z.exactOptional(z.string()),
  sealedCode: z.exactOptional(sealed),
  returnedAtEpochSeconds: z.exactOptional(seconds),
  claimId: z.exactOptional(z.string()),
  claimedUntilEpochMs: z.exactOptional(z.number()),
  sealedAnswer: z.exactOptional(sealed),
  confirmableUntilEpochSeconds: z.exactOptional(seconds),
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
  grantMember: z.exactOptional(z.string()),
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
  refreshLease: z.exactOptional(z.object({ owner: z.string(), untilEpochMs: z.number() })),
  refreshHold: z.exactOptional(z.object({ untilEpochMs: z.number(), reason: z.string() })),
  refreshUncertainSinceEpochSeconds: z.exactOptional(seconds),
  isRevocationOwed: z.exactOptional(z.boolean()),
  connectedAtEpochSeconds: z.exactOptional(seconds),
  createdAtEpochSeconds: seconds,
  updatedAtEpochSeconds: seconds,
  revision: z.number(),
});

const todo = z.object({
  kind: z.enum(['REVOKE', 'ANSWER']),
  id: z.string(),
  claimId: z.string(),
  sinceEpochSeconds: seconds,
  notBeforeEpochSeconds: seconds,
});

const sweepState = z.object({
  pass: z.exactOptional(
    z.object({
      beganAtEpochSeconds: seconds,
      tenant: z.exactOptional(
        z.object({
          tenantId: z.string(),
          beganAtEpochSeconds: seconds,
          keyId: z.exactOptional(z.string()),
          isUnfinished: z.boolean(),
          cursor: z.exactOptional(z.string()),
          isDone: z.boolean(),
        }),
      ),
    }),
  ),
  isPassWanted: z.exactOptional(z.boolean()),
  lastPassBeganAtEpochSeconds: z.exactOptional(seconds),
  lastPassEndedAtEpochSeconds: z.exactOptional(seconds),
});

const credentialGate = z.object({
  state: z.enum(['rejected', 'recovering']),
  sinceEpochMs: z.number(),
  nextProbeAtEpochMs: z.number(),
});

/** A type that this version does not know is shown all the same. */
const auditRecord = z.object({
  type: z.custom<AuditEventType>((value) => typeof value === 'string'),
  actor: z.object({
    kind: z.enum(['api_key', 'connection_token', 'end_user', 'operator', 'system']),
    id: z.exactOptional(z.string()),
  }),
  tenantId: z.exactOptional(z.string()),
  connectionId: z.exactOptional(z.string()),
  details: z.exactOptional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))),
  atEpochMs: z.number(),
  position: z.string().check(z.regex(AUDIT_POSITION_PATTERN)),
});

const userLink = z.object({
  tenantId: z.string(),
  connectionId: z.string(),
  returnUrl: z.exactOptional(z.string()),
  createdAtEpochSeconds: seconds,
  expiresAtEpochSeconds: seconds,
});

/** Builds the reader of one kind of item: absent stays absent, a misshapen item throws. */
export function reader<T>(schema: z.ZodMiniType<T>): (item: Item | undefined) => T | undefined {
  return (item) => (item === undefined ? undefined : schema.parse(item));
}

export const parseIntegration: (item: Item | undefined) => Integration | undefined = reader(integration);
export const parseTenant: (item: Item | undefined) => Tenant | undefined = reader(tenant);
export const parseApiKeyRecord: (item: Item | undefined) => ApiKeyRecord | undefined = reader(apiKey);
export const parseKeyUse: (item: Item | undefined) => KeyUse | undefined = reader(keyUse);
export const parseConnectionTokenRecord: (item: Item | undefined) => ConnectionToken | undefined =
  reader(connectionToken);
export const parseConnectSession: (item: Item | undefined) => ConnectSession | undefined = reader(connectSession);
export const parseAuthorizationState: (item: Item | undefined) => AuthorizationState | undefined =
  reader(authorizationState);
export const parseConnection: (item: Item | undefined) => Connection | undefined = reader(connection);
export const parseDataKey: (item: Item | undefined) => DataKey | undefined = reader(dataKey);
export const parseCurrentDataKey: (item: Item | undefined) => CurrentDataKey | undefined = reader(currentDataKey);
export const parseSweepState: (item: Item | undefined) => SweepState | undefined = reader(sweepState);
export const parseTodo: (item: Item | undefined) => Todo | undefined = reader(todo);
export const parseCredentialGate: (item: Item | undefined) => CredentialGateState | undefined = reader(credentialGate);
/** The record's position is its sort key. */
export function parseAuditRecord(item: Item | undefined): AuditRecord | undefined {
  return item && auditRecord.parse({ ...item, position: item[TABLE.sortKey] });
}
export const parseUserLink: (item: Item | undefined) => UserLink | undefined = reader(userLink);
