import type { AuthorizationState, ConnectSession } from '../../shared/domain/connect-session.ts';
import type { Connection } from '../../shared/domain/connection.ts';
import type { Sealed } from '../../shared/domain/envelope.ts';
import type { ApiKeyRecord, Integration, Tenant } from '../../shared/domain/integration.ts';

/** Epoch seconds of 2026-11-24T12:00:00Z. */
export const NOW = Date.UTC(2026, 10, 24, 12) / 1000;

/** Something that has the look of a sealed value and is none: no store opens what it keeps. */
export const buildSealed = (content = 'a') =>
  `v1.00112233445566aa.AAAAAAAAAAAAAAAA.${content.padEnd(22, '0')}` as Sealed;

/** An id as connections have it, the same for the same number. */
export const buildConnectionId = (number: number) => `con_${String(number).padStart(22, '0')}`;

export const buildIntegration = (changes: Partial<Integration> = {}): Integration => ({
  clientId: '1',
  scopes: ['identify', 'guilds'],
  returnOrigins: ['https://app.example'],
  pkce: true,
  version: 1,
  updatedAtEpochSeconds: NOW,
  ...changes,
});

export const buildTenant = (tenantId: string, changes: Partial<Tenant> = {}): Tenant => ({
  tenantId,
  isConfirmationRequired: true,
  createdAtEpochSeconds: NOW,
  ...changes,
});

export const buildApiKey = (keyId: string, changes: Partial<ApiKeyRecord> = {}): ApiKeyRecord => ({
  keyId,
  tenantId: 'acme',
  name: 'web',
  hash: 'ab'.repeat(32),
  createdAtEpochSeconds: NOW,
  ...changes,
});

export const buildSession = (changes: Partial<ConnectSession> = {}): ConnectSession => ({
  id: 'ses_1',
  tenantId: 'acme',
  userId: 'user-1',
  returnUrl: 'https://app.example/back',
  scopes: ['identify'],
  isConfirmationRequired: true,
  status: 'open',
  starts: 0,
  wrongConfirmations: 0,
  createdAtEpochSeconds: NOW,
  expiresAtEpochSeconds: NOW + 600,
  ...changes,
});

export const buildState = (changes: Partial<AuthorizationState> = {}): AuthorizationState => ({
  stateHash: 'cd'.repeat(32),
  sessionId: 'ses_1',
  cookieHash: 'ef'.repeat(32),
  codeChallenge: 'challenge',
  expiresAtEpochSeconds: NOW + 600,
  ...changes,
});

/** A connection that is not stored yet. */
export const buildConnection = (changes: Partial<Connection> = {}): Connection => ({
  id: buildConnectionId(1),
  tenantId: 'acme',
  userId: 'user-1',
  status: 'active',
  clientId: '1',
  discordUser: { id: '2', username: 'ada', globalName: null },
  scopes: ['identify'],
  guilds: [],
  webhooks: [],
  sealedTokens: buildSealed(),
  tokensVersion: 1,
  tokenObtainedAtEpochSeconds: NOW,
  tokenExpiresAtEpochSeconds: NOW + 604_800,
  createdAtEpochSeconds: NOW,
  updatedAtEpochSeconds: NOW,
  revision: 0,
  ...changes,
});
