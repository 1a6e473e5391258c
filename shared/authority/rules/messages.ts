import type { PermissionName } from '../../catalogue/permission.ts';
import type { AuthorityFailure } from '../../problems/failure.ts';
import { CHANNEL_TYPE } from '../channel-kinds.ts';
import { findSendPermission } from '../compute-permissions.ts';
import type { AuthorityFacts } from '../facts.ts';
import { listNames, readList, readMember, readText } from '../../domain/json-fields.ts';
import { isForward, listMessageDemands } from '../message-demands.ts';
import { isDirectWith } from '../resolve-place.ts';
import {
  demandOf,
  demandOfBoth,
  requireParameter,
  requireSite,
  type AuthorityCall,
  type DirectCall,
  type GuildCall,
  type Rule,
  type RuleBase,
} from '../rule.ts';
import { loadLack, loadSite, type Side } from '../side.ts';

const READING = ['READ_MESSAGE_HISTORY'] as const;

const NOT_CONNECTED: AuthorityFailure = { reason: 'guild_not_connected' };
const NOT_OURS: AuthorityFailure = { reason: 'not_made_for_connection', what: 'message' };
const NO_MESSAGE: AuthorityFailure = { reason: 'bot_access_missing', what: 'message' };

/** What the body of a message needs where it will stand. */
export async function demandForMessage(call: GuildCall, body: unknown): Promise<AuthorityFailure[]> {
  const { channel } = requireSite(call);
  const send = findSendPermission(channel);
  const needed = [send, ...listMessageDemands(call.guild, body, call.call.hasFiles)];
  return [...(await demandOfBoth(call, needed)), ...(await demandUnlocked(call))];
}

/** Who does not manage threads writes nothing in a locked one; the bot, too, where writing would take it out of the archive. */
async function demandUnlocked(call: GuildCall): Promise<AuthorityFailure[]> {
  const { isLocked, isArchived } = requireSite(call).channel;
  if (!isLocked) return [];
  return isArchived ? demandOfBoth(call, ['MANAGE_THREADS']) : demandOf(call, 'actor', ['MANAGE_THREADS']);
}

/** The message that a reply answers or that is forwarded: both must be able to read it where it stands. */
async function demandReference(base: RuleBase, channelId: string | undefined): Promise<AuthorityFailure[]> {
  const reference = readMember(base.call.body, 'message_reference');
  if (reference === undefined || reference === null) return [];
  // Discord may take a number for an id, too; such a one cannot be judged.
  if (!isIdOrNothing(reference, 'channel_id') || !isIdOrNothing(reference, 'guild_id')) return [NOT_CONNECTED];
  const sourceId = readText(reference, 'channel_id') ?? channelId;
  if (sourceId === undefined) return [];
  const isReplyHere = sourceId === channelId && !isForward(reference);
  const failures = isReplyHere ? [] : await demandReading(base, sourceId);
  const guildId = readText(reference, 'guild_id');
  if (guildId === undefined || failures.length > 0) return failures;
  const source = await base.facts.loadChannel(sourceId);
  return source?.guildId === guildId ? [] : [NOT_CONNECTED];
}

function isIdOrNothing(value: unknown, name: string): boolean {
  return (readMember(value, name) ?? undefined) === readText(value, name);
}

/** Reading in a channel that need not be of the same guild. */
async function demandReading(base: RuleBase, channelId: string): Promise<AuthorityFailure[]> {
  const { facts, parties, nowEpochMs } = base;
  const site = await loadSite(facts, channelId);
  if (site === undefined) return [NOT_CONNECTED];
  const { guildId } = site.channel;
  if (guildId === undefined) return isDirectWith(site.channel, parties) ? [] : [{ reason: 'direct_message_refused' }];
  if (!(await facts.isTenantGuild(guildId))) return [NOT_CONNECTED];
  const [guild, actor, bot] = await loadThere(facts, base, guildId);
  if (guild === undefined || bot === undefined) return [{ reason: 'bot_access_missing', what: 'guild' }];
  if (actor === undefined) return [{ reason: 'actor_not_in_guild', guildId }];
  const sides: Side[] = [
    { who: 'actor', member: actor },
    { who: 'bot', member: bot },
  ];
  const lacks = [];
  for (const side of sides) lacks.push(...(await loadLack(facts, { guild, site }, side, READING, nowEpochMs)));
  return lacks;
}

function loadThere(facts: AuthorityFacts, { parties }: RuleBase, guildId: string) {
  return Promise.all([
    facts.loadGuild(guildId),
    facts.loadMember(guildId, parties.actorId),
    facts.loadMember(guildId, parties.botId),
  ]);
}

export const sendMessage: Rule = {
  inGuild: async (call) => [
    ...(await demandForMessage(call, call.call.body)),
    ...(await demandReference(call, requireSite(call).channel.id)),
  ],
  inDirect: (call) => demandReference(call, call.channelId),
};

/** Whether the message of the path was sent for this connection. */
async function isOurs(base: RuleBase, channelId: string | undefined): Promise<boolean> {
  return channelId !== undefined && base.facts.isSentForConnection(channelId, requireParameter(base, 'message_id'));
}

async function demandOurs(call: DirectCall): Promise<AuthorityFailure[]> {
  return (await isOurs(call, call.channelId)) ? [] : [NOT_OURS];
}

/** Of the bot Discord demands nothing for a message of its own. */
async function demandForOthers(call: GuildCall, isFreeForAuthor: boolean): Promise<AuthorityFailure[]> {
  const messageId = requireParameter(call, 'message_id');
  const message = await call.facts.loadMessage(requireSite(call).channel.id, messageId);
  if (message === undefined) {
    const reading = await demandOf(call, 'bot', READING);
    return reading.length > 0 ? reading : [NO_MESSAGE];
  }
  const isFree = isFreeForAuthor && message.authorId === call.parties.actorId;
  return [
    ...(isFree ? [] : await demandOf(call, 'actor', ['MANAGE_MESSAGES'])),
    ...(message.authorId === call.parties.botId ? [] : await demandOf(call, 'bot', ['MANAGE_MESSAGES'])),
  ];
}

/** Embeds and files that come anew need of the bot what they need in a new message. */
function listEditDemands({ body, hasFiles }: AuthorityCall): PermissionName[] {
  return [
    ...(readList(body, 'embeds').length > 0 ? (['EMBED_LINKS'] as const) : []),
    ...(hasFiles ? (['ATTACH_FILES'] as const) : []),
  ];
}

export const editMessage: Rule = {
  inGuild: async (call) => {
    const { guild, call: asked } = call;
    if (await isOurs(call, requireSite(call).channel.id)) {
      // What the user may not write he may not write by way of an edit.
      return [
        ...(await demandOf(call, 'actor', listMessageDemands(guild, asked.body, asked.hasFiles))),
        ...(await demandOf(call, 'bot', listEditDemands(asked))),
        ...(await demandUnlocked(call)),
      ];
    }
    const names = listNames(asked.body);
    const isFlagsOnly = names.length > 0 && names.every((name) => name === 'flags') && !asked.hasFiles;
    return isFlagsOnly ? demandForOthers(call, false) : [NOT_OURS];
  },
  inDirect: demandOurs,
};

export const deleteMessage: Rule = {
  inGuild: async (call) => ((await isOurs(call, requireSite(call).channel.id)) ? [] : demandForOthers(call, true)),
  inDirect: demandOurs,
};

export const crosspostMessage: Rule = {
  inGuild: async (call) => {
    const { channel } = requireSite(call);
    if (channel.type !== CHANNEL_TYPE.announcement)
      return [{ reason: 'channel_unsuitable', needed: 'an announcement channel' }];
    return [
      ...(await demandOfBoth(call, ['SEND_MESSAGES'])),
      ...((await isOurs(call, channel.id)) ? [] : await demandForOthers(call, false)),
    ];
  },
};
