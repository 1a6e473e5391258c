import type { AuthorityFailure } from '../../problems/failure.ts';
import { CHANNEL_TYPE, isForum, isThread } from '../channel-kinds.ts';
import { isPrivateThread } from '../compute-permissions.ts';
import { readMember, readNumber } from '../../domain/json-fields.ts';
import { demandOf, demandOfBoth, requireSite, type GuildCall, type Rule } from '../rule.ts';
import { demandForMessage } from './messages.ts';

const NO_THREAD: AuthorityFailure = { reason: 'channel_unsuitable', needed: 'a thread' };

export const createThread: Rule = {
  inGuild: async (call) => {
    const { channel } = requireSite(call);
    const { body, pathParameters } = call.call;
    if (isThread(channel)) return [{ reason: 'channel_unsuitable', needed: 'a channel that is no thread' }];
    if (isForum(channel)) return demandForMessage(call, readMember(body, 'message'));
    // What a thread is when the body does not say.
    const isPrivate =
      !pathParameters.has('message_id') &&
      (readNumber(body, 'type') ?? CHANNEL_TYPE.privateThread) === CHANNEL_TYPE.privateThread;
    return demandOfBoth(call, [isPrivate ? 'CREATE_PRIVATE_THREADS' : 'CREATE_PUBLIC_THREADS']);
  },
};

export const privateThreads: Rule = {
  inGuild: (call) => demandOfBoth(call, ['READ_MESSAGE_HISTORY', 'MANAGE_THREADS']),
};

export const thread: Rule = {
  inGuild: (call) => (isThread(requireSite(call).channel) ? [] : [NO_THREAD]),
};

/** Without a user in the path it is the bot that joins or leaves; the user must be able to write there, the bot to see it. */
export const threadMember: Rule = {
  inGuild: async (call) => {
    if (!isThread(requireSite(call).channel)) return [NO_THREAD];
    const userId = call.call.pathParameters.get('user_id');
    if (userId === undefined) return demandOf(call, 'actor', ['SEND_MESSAGES_IN_THREADS']);
    return call.call.action.method === 'DELETE'
      ? demandToTakeOut(call, userId)
      : [...(await demandOfBoth(call, ['SEND_MESSAGES_IN_THREADS'])), ...(await demandToInvite(call))];
  },
};

/** @see Discord docs: resources/channel (Thread Metadata Object, `invitable`) */
async function demandToInvite(call: GuildCall): Promise<AuthorityFailure[]> {
  const { channel } = requireSite(call);
  if (!isPrivateThread(channel) || channel.isInvitable !== false) return [];
  const failures: AuthorityFailure[] = [];
  for (const { who, member } of [call.actor, call.bot]) {
    if (channel.ownerId !== member.userId) failures.push(...(await demandOf(call, who, ['MANAGE_THREADS'])));
  }
  return failures;
}

/** The user may go by himself; of the bot Discord demands the same for taking itself out by its id as for others. */
async function demandToTakeOut(call: GuildCall, userId: string): Promise<AuthorityFailure[]> {
  const { channel } = requireSite(call);
  const failures: AuthorityFailure[] = [];
  for (const { who, member } of [call.actor, call.bot]) {
    const isOwner = isPrivateThread(channel) && channel.ownerId === member.userId;
    const isGoing = who === 'actor' && userId === member.userId;
    if (!isGoing && !isOwner) failures.push(...(await demandOf(call, who, ['MANAGE_THREADS'])));
  }
  return failures;
}
