import type * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildBodyErrorAnswer, buildEmptyAnswer, buildJsonAnswer } from '../answer.ts';
import { isTrue, parseQuery } from '../api/query.ts';
import type { ApiCall } from '../api/route.ts';
import { isAnswer } from '../guilds/access.ts';
import { findThreadQuotaRefusal, startThread } from '../guilds/start-thread.ts';
import { joinAttachments } from '../messages/attachments.ts';
import type { Author } from '../messages/build-message.ts';
import { buildMessage, isEmptyMessage } from '../messages/build-message.ts';
import { buildEmptyMessageAnswer } from '../messages/create-message.ts';
import { findLinkError } from '../messages/embed-rules.ts';
import { toMessage } from '../messages/message-object.ts';
import { MESSAGE_FLAG, webhookPayload } from '../messages/message-payload.ts';
import { findPayloadErrors, WEBHOOK_FLAGS } from '../messages/payload-rules.ts';
import { noteThreadActivity } from '../messages/place.ts';
import { readMessageBody } from '../messages/read-body.ts';
import type { PlacedChannel } from '../state/guild-state.ts';
import type { WebhookRecord } from '../state/records.ts';
import { isThread } from '../world/world.ts';
import { findWebhookByToken } from './token-access.ts';
import { computeAvatarHash, findNameErrors } from './webhook-fields.ts';

const FORUM_TYPES: ReadonlySet<number> = new Set([15, 16]);

type Payload = z.output<typeof webhookPayload>;

/** `POST /webhooks/{webhook_id}/{webhook_token}`. @see Discord docs: resources/webhook#execute-webhook */
export function executeWebhook(call: ApiCall): Answer {
  const query = parseQuery(call.request.rawQuery, {
    wait: { kind: 'boolean' },
    thread_id: { kind: 'snowflake' },
    with_components: { kind: 'boolean' },
  });
  if (!query.ok) return query.answer;
  const webhook = findWebhookByToken(call);
  if (isAnswer(webhook)) return webhook;
  const body = readMessageBody(call.request, webhookPayload);
  if (!body.ok) return body.answer;
  const { simulation } = call;
  const payload = body.value;
  const joined = joinAttachments(simulation, payload.attachments ?? undefined, body.files, []);
  if (!joined.ok) return joined.answer;
  const { attachments } = joined;
  const errors = [
    ...findPayloadErrors(payload, {
      settableFlags: WEBHOOK_FLAGS,
      isV2: ((payload.flags ?? 0) & MESSAGE_FLAG.IS_COMPONENTS_V2) !== 0,
      filenames: attachments.map(({ filename }) => filename),
    }),
    ...findNameErrors('username', payload.username),
    ...findAvatarErrors(payload.avatar_url),
  ];
  if (errors.length > 0) return buildBodyErrorAnswer(errors);
  const target = findTarget(call, webhook, payload, query.values.get('thread_id'));
  if (isAnswer(target)) return target;
  const draft = { author: toWebhookAuthor(webhook, payload), payload, attachments };
  const isNewPost = FORUM_TYPES.has(target.channel.type);
  const message = buildMessage(simulation, { ...draft, channelId: target.channel.id });
  if (isEmptyMessage(message)) return buildEmptyMessageAnswer();
  // A forum's post is a thread with the id of its first message.
  const placed = isNewPost ? { ...message, channelId: message.id } : message;
  if (isNewPost) startPost(call, target, placed.id, webhook, payload);
  simulation.messages.put(placed);
  noteThreadActivity(simulation, placed.channelId);
  return isTrue(query.values.get('wait'))
    ? buildJsonAnswer(200, toMessage(simulation, placed, null))
    : buildEmptyAnswer();
}

/** How a webhook is shown, with what a message says of it. */
export function toWebhookAuthor(
  webhook: WebhookRecord,
  { username, avatar_url }: Pick<Payload, 'username' | 'avatar_url'>,
): Author {
  const isPicture = avatar_url !== undefined && avatar_url !== null && avatar_url !== '';
  return {
    id: webhook.id,
    webhook: {
      username: username?.trim() ?? webhook.name,
      // Discord keeps a copy of the picture; its hash stands for it.
      avatar: isPicture ? computeAvatarHash(avatar_url) : (webhook.avatar ?? null),
      applicationId: webhook.clientId,
    },
    mayMentionEveryone: true,
  };
}

/** Where the message goes: the webhook's channel, one of its threads, or the forum that gets a new post. */
function findTarget(
  { simulation }: ApiCall,
  webhook: WebhookRecord,
  { thread_name }: Payload,
  threadId: string | undefined,
): PlacedChannel | Answer {
  const placed = simulation.guilds.findChannel(webhook.channelId);
  if (placed === undefined) return buildApiErrorAnswer(404, 10_015, 'Unknown Webhook');
  const isForum = FORUM_TYPES.has(placed.channel.type);
  const isNamed = thread_name !== undefined && thread_name !== null;
  if (isForum && !isNamed && threadId === undefined) {
    const message = 'Webhooks posted to forum channels must have a thread_name or thread_id';
    return buildApiErrorAnswer(400, 220_001, message);
  }
  if (isForum && isNamed && threadId !== undefined) {
    const message = 'Webhooks posted to forum channels cannot have both a thread_name and thread_id';
    return buildApiErrorAnswer(400, 220_002, message);
  }
  if (!isForum && isNamed) {
    return buildApiErrorAnswer(400, 220_003, 'Webhooks can only create threads in forum channels');
  }
  if (threadId === undefined) return isForum ? (findThreadQuotaRefusal(placed) ?? placed) : placed;
  const thread = simulation.guilds.findChannel(threadId);
  const isOurs = thread !== undefined && isThread(thread.channel) && thread.channel.parent_id === placed.channel.id;
  return isOurs ? thread : buildApiErrorAnswer(404, 10_003, 'Unknown Channel');
}

function startPost(
  { simulation }: ApiCall,
  forum: PlacedChannel,
  id: string,
  webhook: WebhookRecord,
  { thread_name, applied_tags }: Payload,
): void {
  startThread(simulation, forum, {
    id,
    type: 11,
    name: thread_name ?? '',
    ownerId: webhook.id,
    appliedTags: applied_tags,
  });
}

function findAvatarErrors(url: string | null | undefined) {
  const error = url === undefined || url === null || url === '' ? undefined : findLinkError(url, false, []);
  return error === undefined ? [] : [{ path: ['avatar_url'], ...error }];
}
