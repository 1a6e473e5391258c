import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildEmptyAnswer, buildJsonAnswer } from '../answer.ts';
import { isTrue, parseQuery } from '../api/query.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { toDiscordTime } from '../api/wire-objects.ts';
import { PERMISSION } from '../permissions.ts';
import { compareSnowflakes } from '../snowflake.ts';
import type { WorldThreadMember } from '../world/world.ts';
import { findMember, isThread } from '../world/world.ts';
import type { FoundChannel } from './access.ts';
import {
  buildMissingAccessAnswer,
  buildMissingPermissionsAnswer,
  findVisibleChannel,
  isAnswer,
  requireBot,
  requireChannelPermission,
  requireIntent,
} from './access.ts';
import { buildWrongChannelTypeAnswer } from './channel-edit.ts';
import { buildUnknownMemberAnswer } from './edit-member.ts';
import { evaluatePermissions, has } from './evaluate.ts';
import { toGuildMember, toThreadMember } from './guild-objects.ts';
import { buildArchivedAnswer } from './thread-edit.ts';

const PRIVATE_THREAD = 12;

/** Discord's JSON error 30033. */
const MAX_THREAD_MEMBERS = 1000;

const LIST_PATH = '/channels/{channel_id}/thread-members';
const SHARED = {
  credentials: ['bot'],
  majorParameter: 'channel_id',
  bucket: 'channels/{channel_id}/thread-members',
} as const;

/**
 * Who is in a thread.
 * @see Discord docs: resources/channel#join-thread
 */
export const THREAD_MEMBER_ROUTES: readonly ApiRoute[] = [
  { ...SHARED, method: 'GET', path: LIST_PATH, handle: listThreadMembers },
  { ...SHARED, method: 'PUT', path: `${LIST_PATH}/@me`, handle: joinThread },
  { ...SHARED, method: 'DELETE', path: `${LIST_PATH}/@me`, handle: leaveThread },
  { ...SHARED, method: 'GET', path: `${LIST_PATH}/{user_id}`, handle: readThreadMember },
  { ...SHARED, method: 'PUT', path: `${LIST_PATH}/{user_id}`, handle: addThreadMember },
  { ...SHARED, method: 'DELETE', path: `${LIST_PATH}/{user_id}`, handle: removeThreadMember },
];

function listThreadMembers(call: ApiCall): Answer {
  const query = parseQuery(call.request.rawQuery, {
    with_member: { kind: 'boolean' },
    limit: { kind: 'integer', minimum: 1, maximum: 100 },
    after: { kind: 'snowflake' },
  });
  if (!query.ok) return query.answer;
  const found = findThread(call);
  if (isAnswer(found)) return found;
  const refusal = requireIntent(call, 'GUILD_MEMBERS');
  if (refusal !== undefined) return refusal;
  const withMember = isTrue(query.values.get('with_member'));
  const after = query.values.get('after') ?? '0';
  const limit = Number(query.values.get('limit') ?? 100);
  const members = (found.channel.thread_members ?? [])
    .filter(({ user_id }) => compareSnowflakes(user_id, after) > 0)
    .toSorted((left, right) => compareSnowflakes(left.user_id, right.user_id));
  // Without `with_member` there are no pages: all come at once.
  const page = withMember ? members.slice(0, limit) : members;
  return buildJsonAnswer(
    200,
    page.map((member) => toJson(call, found, member, withMember)),
  );
}

function readThreadMember(call: ApiCall): Answer {
  const query = parseQuery(call.request.rawQuery, { with_member: { kind: 'boolean' } });
  if (!query.ok) return query.answer;
  const found = findThread(call);
  if (isAnswer(found)) return found;
  const member = findThreadMember(found, call.parameters['user_id'] ?? '');
  if (member === undefined) return buildUnknownMemberAnswer(call);
  return buildJsonAnswer(200, toJson(call, found, member, isTrue(query.values.get('with_member'))));
}

function joinThread(call: ApiCall): Answer {
  const found = findOpenThread(call);
  return isAnswer(found) ? found : putThreadMember(call, found, requireBot(call).clientId);
}

function leaveThread(call: ApiCall): Answer {
  const found = findOpenThread(call);
  return isAnswer(found) ? found : dropThreadMember(call, found, requireBot(call).clientId);
}

/** Who can write in a thread may add others; to a private one that is closed for this only its owner and who manages threads. */
function addThreadMember(call: ApiCall): Answer {
  const found = findOpenThread(call);
  if (isAnswer(found)) return found;
  const refusal = requireChannelPermission(call, found, PERMISSION.SEND_MESSAGES_IN_THREADS);
  if (refusal !== undefined) return refusal;
  const isClosed = found.channel.type === PRIVATE_THREAD && found.channel.thread_metadata?.invitable === false;
  if (isClosed && !isOwner(call, found) && !has(found.permissions, PERMISSION.MANAGE_THREADS)) {
    return buildMissingPermissionsAnswer();
  }
  const { guild, channel } = found;
  const userId = call.parameters['user_id'] ?? '';
  if (findMember(guild, userId) === undefined) return buildUnknownMemberAnswer(call);
  // Who cannot see the channel cannot be brought into its threads.
  const parent = guild.channels.find(({ id }) => id === channel.parent_id);
  const nowEpochMs = call.simulation.nowEpochMs();
  const sees = evaluatePermissions({ guild, memberId: userId, channel: parent, nowEpochMs });
  if (!has(sees, PERMISSION.VIEW_CHANNEL)) return buildMissingAccessAnswer();
  return putThreadMember(call, found, userId);
}

function removeThreadMember(call: ApiCall): Answer {
  const found = findOpenThread(call);
  if (isAnswer(found)) return found;
  const mayAsOwner = found.channel.type === PRIVATE_THREAD && isOwner(call, found);
  const refusal = mayAsOwner ? undefined : requireChannelPermission(call, found, PERMISSION.MANAGE_THREADS);
  return refusal ?? dropThreadMember(call, found, call.parameters['user_id'] ?? '');
}

function findThread(call: ApiCall): FoundChannel | Answer {
  const found = findVisibleChannel(call, call.parameters['channel_id'] ?? '');
  return isAnswer(found) || isThread(found.channel) ? found : buildWrongChannelTypeAnswer();
}

function findOpenThread(call: ApiCall): FoundChannel | Answer {
  const found = findThread(call);
  if (isAnswer(found)) return found;
  return found.channel.thread_metadata?.archived === true ? buildArchivedAnswer() : found;
}

function isOwner(call: ApiCall, { channel }: FoundChannel): boolean {
  return channel.owner_id === requireBot(call).clientId;
}

function findThreadMember({ channel }: FoundChannel, userId: string): WorldThreadMember | undefined {
  return channel.thread_members?.find(({ user_id }) => user_id === userId);
}

function putThreadMember({ simulation }: ApiCall, found: FoundChannel, userId: string): Answer {
  const { guild, channel } = found;
  if (findThreadMember(found, userId) !== undefined) return buildEmptyAnswer();
  const members = channel.thread_members ?? [];
  if (members.length >= MAX_THREAD_MEMBERS) {
    return buildApiErrorAnswer(400, 30_033, `Maximum number of thread participants reached (${MAX_THREAD_MEMBERS})`);
  }
  const member = { user_id: userId, join_timestamp: toDiscordTime(simulation.nowEpochMs()) };
  simulation.guilds.putChannel(guild.id, { ...channel, thread_members: [...members, member] });
  return buildEmptyAnswer();
}

function dropThreadMember(call: ApiCall, found: FoundChannel, userId: string): Answer {
  const { guild, channel } = found;
  if (findThreadMember(found, userId) === undefined) return buildUnknownMemberAnswer(call, userId);
  const members = (channel.thread_members ?? []).filter(({ user_id }) => user_id !== userId);
  call.simulation.guilds.putChannel(guild.id, { ...channel, thread_members: members });
  return buildEmptyAnswer();
}

function toJson(
  { simulation }: ApiCall,
  { guild, channel }: FoundChannel,
  member: WorldThreadMember,
  withMember: boolean,
) {
  const inGuild = withMember ? findMember(guild, member.user_id) : undefined;
  const json = toThreadMember(channel.id, member);
  return inGuild === undefined ? json : { ...json, member: toGuildMember(simulation, inGuild) };
}
