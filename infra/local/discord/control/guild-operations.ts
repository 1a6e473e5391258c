import * as z from 'zod/mini';
import { guildRecord, memberRecord } from '../state/guild-record.ts';

const done = z.object({});
const whichClient = { client_id: z.optional(z.string()) };
const bits = z.string().check(z.regex(/^[0-9]{1,20}$/, 'must be a bit field in decimal digits'));
const intent = z.enum(['GUILD_MEMBERS', 'MESSAGE_CONTENT']);

const auditLogEntry = z.object({
  at_epoch_ms: z.number(),
  client_id: z.string(),
  /** Discord's operation id. */
  action: z.string(),
  /** Path parameters of the call. */
  parameters: z.record(z.string(), z.string()),
  reason: z.nullable(z.string()),
});

/** What one can do to the simulator's guilds and to the bots in them. Where `client_id` is absent the first application is meant. */
export const GUILD_OPERATIONS = {
  /** A guild as it is now; bit fields are decimal text. */
  readGuild: {
    method: 'GET',
    path: '/guilds',
    input: z.strictObject({ guild_id: z.string() }),
    output: z.object({ guild: guildRecord }),
  },
  /**
   * Replaces a guild, or adds one: roles, channels with overwrites, members with time-outs, threads, bans. Members are users
   * of the world. Bots that are installed and not named stay, with their roles.
   */
  putGuild: { method: 'PUT', path: '/guilds', input: z.strictObject({ guild: guildRecord }), output: done },
  /** Replaces one membership, or adds it. */
  putMember: {
    method: 'PUT',
    path: '/guilds/members',
    input: z.strictObject({ guild_id: z.string(), member: memberRecord }),
    output: done,
  },
  /** As if somebody kicked the user, or the bot. */
  removeMember: {
    method: 'POST',
    path: '/guilds/members/remove',
    input: z.strictObject({ guild_id: z.string(), user_id: z.string() }),
    output: done,
  },
  /** Lets the application's bot join, or gives its role there other permissions. */
  installBot: {
    method: 'POST',
    path: '/installations',
    input: z.strictObject({ ...whichClient, guild_id: z.string(), permissions: bits }),
    output: z.object({ role_id: z.string() }),
  },
  /** Moves the bot's own role, or gives it other permissions, as the server's settings do. */
  setBotRole: {
    method: 'PUT',
    path: '/installations/role',
    input: z.strictObject({
      ...whichClient,
      guild_id: z.string(),
      position: z.optional(z.number().check(z.int(), z.minimum(1))),
      permissions: z.optional(bits),
    }),
    output: done,
  },
  /** Switches privileged intents as the Bot page of the portal does: on those that are named, off the others. */
  setIntents: {
    method: 'PUT',
    path: '/applications/intents',
    input: z.strictObject({ ...whichClient, intents: z.array(intent) }),
    output: done,
  },
  /** What bots changed, oldest first, with the reasons that they gave. */
  listAuditLog: {
    method: 'GET',
    path: '/audit-log',
    input: z.optional(z.strictObject({})),
    output: z.object({ items: z.array(auditLogEntry) }),
  },
} as const;
