import * as z from 'zod/mini';
import { faultRule, faultStatus } from './fault.ts';
import { simulatorState } from '../state/records.ts';
import { GUILD_OPERATIONS } from './guild-operations.ts';
import { MESSAGE_OPERATIONS } from './message-operations.ts';
import { requestRecord } from './request-log.ts';

const nothing = z.optional(z.strictObject({}));
const done = z.object({});
const whichClient = { client_id: z.optional(z.string()) };
const rateWindow = z.strictObject({
  limit: z.number().check(z.int(), z.minimum(1)),
  window_ms: z.number().check(z.int(), z.minimum(1)),
});

/** All fields but `name` have defaults; the secret is made here unless given. */
const newApplication = z.strictObject({
  client_id: z.optional(z.string()),
  client_secret: z.optional(z.string()),
  bot_token: z.optional(z.string()),
  name: z.string(),
  description: z.optional(z.string()),
  owner_user_id: z.optional(z.string()),
  redirect_uris: z.optional(z.array(z.string())),
  bot_require_code_grant: z.optional(z.boolean()),
  bot_public: z.optional(z.boolean()),
  approved_scopes: z.optional(z.array(z.string())),
  intents: z.optional(z.array(z.enum(['GUILD_MEMBERS', 'MESSAGE_CONTENT']))),
});

const application = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  bot_token: z.string(),
  name: z.string(),
  owner_user_id: z.string(),
  redirect_uris: z.array(z.string()),
  bot_require_code_grant: z.boolean(),
  bot_public: z.boolean(),
  approved_scopes: z.array(z.string()),
  intents: z.array(z.string()),
});

const authorization = z.object({
  client_id: z.string(),
  user_id: z.string(),
  /** All that was ever granted. */
  scopes: z.array(z.string()),
  live_access_tokens: z.number(),
  live_refresh_tokens: z.number(),
});

const webhook = z.object({ id: z.string(), channel_id: z.string(), guild_id: z.string(), client_id: z.string() });

/** Where `client_id` is optional, absent means the first application. */
export const CONTROL_OPERATIONS = {
  ...GUILD_OPERATIONS,
  ...MESSAGE_OPERATIONS,
  /** Makes requests go wrong. */
  addFault: { method: 'POST', path: '/faults', input: faultRule, output: z.object({ id: z.string() }) },
  listFaults: { method: 'GET', path: '/faults', input: nothing, output: z.object({ items: z.array(faultStatus) }) },
  /** Removes one fault, used up or not. */
  removeFault: {
    method: 'POST',
    path: '/faults/remove',
    input: z.strictObject({ id: z.string() }),
    output: z.object({ removed: z.boolean() }),
  },
  /** Removes all faults and lets go of held requests. */
  clearFaults: { method: 'DELETE', path: '/faults', input: nothing, output: done },
  /** Lets go of what `hold` faults keep: of one, or of all. */
  releaseFaults: {
    method: 'POST',
    path: '/faults/release',
    input: z.strictObject({ id: z.optional(z.string()) }),
    output: z.object({ released: z.number() }),
  },
  /** What was received, oldest first, requests to the control API left out. */
  listRequests: {
    method: 'GET',
    path: '/requests',
    input: z.strictObject({ method: z.optional(z.string()), path: z.optional(z.string()) }),
    output: z.object({ count: z.number(), items: z.array(requestRecord) }),
  },
  clearRequests: { method: 'DELETE', path: '/requests', input: nothing, output: done },
  readClock: { method: 'GET', path: '/clock', input: nothing, output: z.object({ now_epoch_ms: z.number() }) },
  /** Moves the simulator's time forward. */
  advanceClock: {
    method: 'POST',
    path: '/clock',
    input: z.strictObject({ advance_ms: z.number().check(z.minimum(0)) }),
    output: z.object({ now_epoch_ms: z.number() }),
  },
  /** Lets a user's access tokens run out now; the refresh tokens live on. */
  expireAccessTokens: {
    method: 'POST',
    path: '/access-tokens/expire',
    input: z.strictObject({ ...whichClient, user_id: z.string() }),
    output: z.object({ expired: z.number() }),
  },
  /** As if the user removed the application in his settings: all tokens and codes die. */
  revokeAuthorization: {
    method: 'POST',
    path: '/authorizations/revoke',
    input: z.strictObject({ ...whichClient, user_id: z.string() }),
    output: done,
  },
  /** What a token is good for, without using it: `kind` and `user_id` are null for one that is spent, revoked or unknown. */
  inspectToken: {
    method: 'POST',
    path: '/tokens/inspect',
    input: z.strictObject({ token: z.string() }),
    output: z.object({
      kind: z.nullable(z.enum(['access', 'refresh'])),
      user_id: z.nullable(z.string()),
      /** False also for an access token that has run out. */
      is_usable: z.boolean(),
    }),
  },
  listAuthorizations: {
    method: 'GET',
    path: '/authorizations',
    input: nothing,
    output: z.object({ items: z.array(authorization) }),
  },
  /** Webhooks that there are, without what is secret about them. */
  listWebhooks: {
    method: 'GET',
    path: '/webhooks',
    input: nothing,
    output: z.object({ items: z.array(webhook) }),
  },
  /** As if somebody deleted it in the server's settings. */
  deleteWebhook: { method: 'POST', path: '/webhooks/delete', input: z.strictObject({ id: z.string() }), output: done },
  listApplications: {
    method: 'GET',
    path: '/applications',
    input: nothing,
    output: z.object({ items: z.array(application) }),
  },
  registerApplication: { method: 'POST', path: '/applications', input: newApplication, output: application },
  /** Replaces the registered redirect URIs: 10 at most, absolute, no fragment. */
  setRedirectUris: {
    method: 'PUT',
    path: '/applications/redirect-uris',
    input: z.strictObject({ ...whichClient, redirect_uris: z.array(z.string()) }),
    output: done,
  },
  /** Resets the client secret; the old one is void at once. */
  resetClientSecret: {
    method: 'POST',
    path: '/applications/reset-secret',
    input: z.strictObject({ ...whichClient, client_secret: z.optional(z.string()) }),
    output: z.object({ client_secret: z.string() }),
  },
  /** Every secret ever handed out, for scans that look for leaks. */
  listSecrets: {
    method: 'GET',
    path: '/secrets',
    input: nothing,
    output: z.object({ items: z.array(z.object({ kind: z.string(), value: z.string() })) }),
  },
  /** Changes the rate limits that are given and forgets all counts. */
  setRateLimits: {
    method: 'PUT',
    path: '/rate-limits',
    input: z.strictObject({
      route: z.optional(rateWindow),
      routes: z.optional(z.record(z.string(), rateWindow)),
      global_per_bot: z.optional(rateWindow),
      global_per_user: z.optional(rateWindow),
      global_per_ip: z.optional(rateWindow),
    }),
    output: done,
  },
  /** Users, guilds, roles, channels and members; permissions as decimal strings. */
  readWorld: {
    method: 'GET',
    path: '/world',
    input: nothing,
    output: z.object({ users: z.array(z.unknown()), guilds: z.array(z.unknown()) }),
  },
  /** Applications and everything that users granted, to be put back later. */
  saveState: { method: 'GET', path: '/state', input: nothing, output: z.object({ state: simulatorState }) },
  /** Goes back to a saved state. Clock, faults, limits and the lists of requests and secrets stay as they are. */
  restoreState: {
    method: 'PUT',
    path: '/state',
    input: z.strictObject({ state: simulatorState }),
    output: done,
  },
  /** Forgets grants, webhooks, faults, requests, clock and limits. Applications and the list of secrets stay. */
  reset: { method: 'POST', path: '/reset', input: nothing, output: done },
} as const;

type Operations = typeof CONTROL_OPERATIONS;

export type ControlOperationName = keyof Operations;

type Arguments<I> = undefined extends I ? [] : [input: I];

/**
 * Everything one can do to a running simulator from outside Discord's API: the same in the simulator's own process
 * (`Simulator.control`) and over HTTP (`connectControl`).
 */
export type SimulatorControl = {
  readonly [Name in ControlOperationName]: (
    ...input: Arguments<z.output<Operations[Name]['input']>>
  ) => Promise<z.output<Operations[Name]['output']>>;
};

/** Below this path the control API is served. */
export const CONTROL_PREFIX = '/_control';
