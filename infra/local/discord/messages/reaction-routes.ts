import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildEmptyAnswer, buildJsonAnswer } from '../answer.ts';
import { parseQuery } from '../api/query.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { findAccount } from '../guilds/accounts.ts';
import { isAnswer, requireBot } from '../guilds/access.ts';
import { PERMISSION } from '../permissions.ts';
import { compareSnowflakes } from '../snowflake.ts';
import type { MessageRecord } from '../state/message-record.ts';
import type { FoundEmoji } from './parse-emoji.ts';
import { findEmoji, isSameEmoji } from './parse-emoji.ts';
import type { FoundMessage } from './place.ts';
import { findMessage, findReadableMessage, requireIn } from './place.ts';

const REACTIONS = '/channels/{channel_id}/messages/{message_id}/reactions';
const SHARED = {
  credentials: ['bot'],
  majorParameter: 'channel_id',
  bucket: 'channels/{channel_id}/messages/{message_id}/reactions',
} as const;

/** Discord's JSON error 30010. */
const MAX_KINDS = 20;

type Reaction = MessageRecord['reactions'][number];

/**
 * Reactions to a message.
 * @see Discord docs: resources/message#create-reaction
 */
export const REACTION_ROUTES: readonly ApiRoute[] = [
  { ...SHARED, method: 'PUT', path: `${REACTIONS}/{emoji}/@me`, handle: addReaction },
  { ...SHARED, method: 'DELETE', path: `${REACTIONS}/{emoji}/@me`, handle: removeOwnReaction },
  { ...SHARED, method: 'DELETE', path: `${REACTIONS}/{emoji}/{user_id}`, handle: removeUserReaction },
  { ...SHARED, method: 'GET', path: `${REACTIONS}/{emoji}`, handle: listReactions },
  { ...SHARED, method: 'DELETE', path: `${REACTIONS}/{emoji}`, handle: clearEmoji },
  { ...SHARED, method: 'DELETE', path: REACTIONS, handle: clearReactions },
];

function addReaction(call: ApiCall): Answer {
  const found = findReaction(call, findReadableMessage);
  if (isAnswer(found)) return found;
  const { message, place, emoji, guildId, reaction } = found;
  const { clientId } = requireBot(call);
  const isForeign = guildId !== null && (place.kind === 'dm' || place.found.guild.id !== guildId);
  // Joining others needs no permission; only the first of a kind does.
  const needed = reaction === undefined ? [PERMISSION.ADD_REACTIONS] : [];
  if (reaction === undefined && isForeign) needed.push(PERMISSION.USE_EXTERNAL_EMOJIS);
  const refusal = requireIn(call, place, ...needed);
  if (refusal !== undefined) return refusal;
  if (reaction === undefined && message.reactions.length >= MAX_KINDS) {
    return buildApiErrorAnswer(400, 30_010, `Maximum number of reactions reached (${MAX_KINDS})`);
  }
  const userIds = [...new Set([...(reaction?.userIds ?? []), clientId])];
  const others = reaction === undefined ? [...message.reactions, { emoji, userIds }] : message.reactions;
  return keep(
    call,
    message,
    others.map((item) => (item === reaction ? { ...item, userIds } : item)),
  );
}

function removeOwnReaction(call: ApiCall): Answer {
  const found = findReaction(call);
  return isAnswer(found) ? found : removeReaction(call, found, requireBot(call).clientId);
}

function removeUserReaction(call: ApiCall): Answer {
  const found = findReaction(call);
  if (isAnswer(found)) return found;
  const userId = call.parameters['user_id'] ?? '';
  const isOwn = userId === requireBot(call).clientId;
  const refusal = isOwn ? undefined : requireIn(call, found.place, PERMISSION.MANAGE_MESSAGES);
  return refusal ?? removeReaction(call, found, userId);
}

function listReactions(call: ApiCall): Answer {
  const query = parseQuery(call.request.rawQuery, {
    type: { kind: 'integer', minimum: 0, maximum: 1 },
    after: { kind: 'snowflake' },
    limit: { kind: 'integer', minimum: 1, maximum: 100 },
  });
  if (!query.ok) return query.answer;
  const found = findReaction(call, findReadableMessage);
  if (isAnswer(found)) return found;
  const after = query.values.get('after') ?? '0';
  // The simulator knows no burst reactions.
  const userIds = query.values.get('type') === '1' ? [] : (found.reaction?.userIds ?? []);
  const page = userIds
    .filter((id) => compareSnowflakes(id, after) > 0)
    .toSorted(compareSnowflakes)
    .slice(0, Number(query.values.get('limit') ?? 25));
  return buildJsonAnswer(
    200,
    page.map((id) => findAccount(call.simulation, id)?.json ?? { id }),
  );
}

function clearEmoji(call: ApiCall): Answer {
  const found = findReaction(call);
  if (isAnswer(found)) return found;
  const { message, place, reaction } = found;
  return (
    requireIn(call, place, PERMISSION.MANAGE_MESSAGES) ??
    keep(
      call,
      message,
      message.reactions.filter((item) => item !== reaction),
    )
  );
}

function clearReactions(call: ApiCall): Answer {
  const found = findMessage(call);
  if (isAnswer(found)) return found;
  return requireIn(call, found.place, PERMISSION.MANAGE_MESSAGES) ?? keep(call, found.message, []);
}

/**
 * What the path names: the message, the emoji, and the reactions with it that there are.
 * @param find - how the message is looked for; to take reactions away nobody need read what was said before
 */
function findReaction(
  call: ApiCall,
  find = findMessage,
): (FoundMessage & FoundEmoji & { reaction: Reaction | undefined }) | Answer {
  const found = find(call);
  if (isAnswer(found)) return found;
  const emoji = findEmoji(call.simulation, call.parameters['emoji'] ?? '');
  if (emoji === undefined) return buildApiErrorAnswer(400, 10_014, 'Unknown Emoji');
  const reaction = found.message.reactions.find((item) => isSameEmoji(item.emoji, emoji.emoji));
  return { ...found, ...emoji, reaction };
}

/** Taking away what is not there is done already. */
function removeReaction(
  call: ApiCall,
  { message, reaction }: { message: MessageRecord; reaction: Reaction | undefined },
  userId: string,
): Answer {
  const changed = message.reactions.map((item) =>
    item === reaction ? { ...item, userIds: item.userIds.filter((id) => id !== userId) } : item,
  );
  return keep(
    call,
    message,
    changed.filter(({ userIds }) => userIds.length > 0),
  );
}

function keep({ simulation }: ApiCall, message: MessageRecord, reactions: Reaction[]): Answer {
  simulation.messages.put({ ...message, reactions });
  return buildEmptyAnswer();
}
