import * as z from 'zod/mini';
import { guildRecord } from './guild-record.ts';
import { messagesRecord } from './message-record.ts';

const epochMs = z.number();
const text = z.string();

/** A registered application. The client id is also the bot user's id, as for every newer application at Discord. */
export const applicationRecord = z.object({
  clientId: text,
  clientSecret: text,
  name: text,
  description: text,
  ownerUserId: text,
  redirectUris: z.array(text),
  botToken: text,
  /** When true a bot joins only when the code is exchanged, and install links without a code are refused. */
  botRequireCodeGrant: z.boolean(),
  /** Whether others than the owner may add the bot to their servers; so in records that were saved before it could be off. */
  botPublic: z._default(z.boolean(), true),
  /** Scopes that Discord gives on request only and has given to this application. */
  approvedScopes: z.array(text),
  /** Hex, 32 bytes: the private key with which events to this application are signed. */
  signingSeedHex: text,
  /** Privileged intents that are switched on; both in records that were saved before they could be. */
  intents: z._default(z.array(z.enum(['GUILD_MEMBERS', 'MESSAGE_CONTENT'])), ['GUILD_MEMBERS', 'MESSAGE_CONTENT']),
});

/** That a user ever completed a grant to an application, with all scopes of all grants. */
export const authorizationRecord = z.object({
  clientId: text,
  userId: text,
  scopes: z.array(text),
  grantedAtEpochMs: epochMs,
});

/** An authorization code that has not been used. */
export const codeRecord = z.object({
  code: text,
  clientId: text,
  userId: text,
  redirectUri: text,
  scopes: z.array(text),
  /** S256 challenge, or null when the request had none. */
  codeChallenge: z.nullable(text),
  guildId: z.nullable(text),
  channelId: z.nullable(text),
  /** Decimal bit field that the bot asked for. */
  permissions: text,
  expiresAtEpochMs: epochMs,
});

/** A live token pair. `refreshToken` is null for client credentials. */
export const tokenRecord = z.object({
  accessToken: text,
  refreshToken: z.nullable(text),
  clientId: text,
  userId: text,
  scopes: z.array(text),
  accessExpiresAtEpochMs: epochMs,
});

/** A webhook made by a `webhook.incoming` grant or by a bot. */
export const webhookRecord = z.object({
  id: text,
  token: text,
  name: text,
  channelId: text,
  guildId: text,
  clientId: text,
  /** Hash of the picture, absent when it has none. */
  avatar: z.optional(z.nullable(text)),
  /** Bot that made it, absent when a grant did. */
  creatorId: z.optional(text),
});

/** A guild that an application's bot has joined. */
export const installationRecord = z.object({ clientId: text, guildId: text, permissions: text });

const issuedSecret = z.object({ kind: text, value: text });

/** Everything that must survive a restart of the simulator. */
export const simulatorState = z.object({
  version: z.literal(1),
  applications: z.array(applicationRecord),
  authorizations: z.array(authorizationRecord),
  codes: z.array(codeRecord),
  tokens: z.array(tokenRecord),
  webhooks: z.array(webhookRecord),
  installations: z.array(installationRecord),
  issuedSecrets: z.array(issuedSecret),
  nextIncrement: z.number(),
  /** Absent in what was saved before guilds could change. */
  guilds: z.optional(z.array(guildRecord)),
  /** Absent in what was saved before there were messages. */
  messages: z.optional(messagesRecord),
});

/** An intent that Discord gives on request only. @see Discord docs: events/gateway#privileged-intents */
export type PrivilegedIntent = ApplicationRecord['intents'][number];
export type ApplicationRecord = z.output<typeof applicationRecord>;
export type AuthorizationRecord = z.output<typeof authorizationRecord>;
export type CodeRecord = z.output<typeof codeRecord>;
export type TokenRecord = z.output<typeof tokenRecord>;
export type WebhookRecord = z.output<typeof webhookRecord>;
export type InstallationRecord = z.output<typeof installationRecord>;
export type SimulatorState = z.output<typeof simulatorState>;

/** The state of a simulator that nobody has used. */
export function buildEmptyState(): SimulatorState {
  return {
    version: 1,
    applications: [],
    authorizations: [],
    codes: [],
    tokens: [],
    webhooks: [],
    installations: [],
    issuedSecrets: [],
    nextIncrement: 0,
  };
}
