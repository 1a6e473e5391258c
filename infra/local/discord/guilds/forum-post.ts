import * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildBodyErrorAnswer, buildJsonAnswer } from '../answer.ts';
import { bodySet, bodySnowflake, bodyText, maybe } from '../api/body.ts';
import type { ApiCall } from '../api/route.ts';
import { postMessage } from '../messages/create-message.ts';
import { messagePayload } from '../messages/message-payload.ts';
import { readMessageBody } from '../messages/read-body.ts';
import { PERMISSION } from '../permissions.ts';
import type { FoundChannel } from './access.ts';
import { requireBot, requireChannelPermission } from './access.ts';
import { archiveDuration, slowmode } from './channel-edit.ts';
import { toChannel } from './guild-objects.ts';
import { findThreadQuotaRefusal, startThread } from './start-thread.ts';

/** `REQUIRE_TAG` in a channel's flags. Discord docs: resources/channel#channel-object-channel-flags */
const REQUIRE_TAG = 1 << 4;

const forumPost = z.object({
  name: bodyText(1, 100),
  auto_archive_duration: maybe(archiveDuration),
  rate_limit_per_user: maybe(slowmode),
  applied_tags: maybe(bodySet(bodySnowflake, 5)),
  message: messagePayload,
});

/**
 * `POST /channels/{channel_id}/threads` in a forum or media channel: a thread with its first message, whose id it has.
 * @see Discord docs: resources/channel#start-thread-in-forum-or-media-channel
 */
export function createForumPost(call: ApiCall, found: FoundChannel): Answer {
  const body = readMessageBody(call.request, forumPost);
  if (!body.ok) return body.answer;
  const { channel } = found;
  const { guilds, store } = call.simulation;
  const tags = body.value.applied_tags ?? [];
  const refusal =
    requireChannelPermission(call, found, PERMISSION.SEND_MESSAGES) ??
    findThreadQuotaRefusal(found) ??
    findBadTags(channel.settings ?? {}, tags);
  if (refusal !== undefined) return refusal;
  const { clientId } = requireBot(call);
  const thread = startThread(call.simulation, found, {
    id: store.nextSnowflake(call.simulation.nowEpochMs()),
    type: 11,
    name: body.value.name,
    ownerId: clientId,
    autoArchiveDuration: body.value.auto_archive_duration,
    rateLimitPerUser: body.value.rate_limit_per_user,
    appliedTags: tags,
  });
  // Who may post in the forum may say there what its message says: SEND_MESSAGES_IN_THREADS is for answers.
  const place = { kind: 'guild', id: thread.id, found: { ...found, channel: thread } } as const;
  const posted = postMessage(call, place, body.value.message, body.files, thread.id);
  if (posted.status !== 200) {
    guilds.removeChannel(thread.id);
    return nestErrors(posted);
  }
  const stored = guilds.findChannel(thread.id)?.channel ?? thread;
  const message: unknown = JSON.parse(posted.body);
  return buildJsonAnswer(201, { ...toChannel(found.guild, stored, clientId), message });
}

/** What is wrong with the message is told below `message`, where the body has it. */
function nestErrors(answer: Answer): Answer {
  const body = JSON.parse(answer.body) as Readonly<Record<string, unknown>>;
  if (body['errors'] === undefined) return answer;
  return buildJsonAnswer(answer.status, { ...body, errors: { message: body['errors'] } });
}

function findBadTags(settings: Readonly<Record<string, unknown>>, tags: readonly string[]): Answer | undefined {
  const available = (settings['available_tags'] ?? []) as readonly { readonly id: string }[];
  const unknown = tags.findIndex((id) => !available.some((tag) => tag.id === id));
  if (unknown !== -1) {
    return buildBodyErrorAnswer([
      { path: ['applied_tags', unknown], code: 'TAG_INVALID', message: 'The tag is not one of the channel.' },
    ]);
  }
  const isRequired = (Number(settings['flags'] ?? 0) & REQUIRE_TAG) !== 0;
  if (!isRequired || tags.length > 0) return undefined;
  return buildBodyErrorAnswer([
    { path: ['applied_tags'], code: 'BASE_TYPE_REQUIRED', message: 'A tag is required to create a forum post' },
  ]);
}
