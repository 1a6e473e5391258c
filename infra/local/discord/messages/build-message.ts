import { toDiscordTime } from '../api/wire-objects.ts';
import { findAccount } from '../guilds/accounts.ts';
import type { Simulation } from '../simulation.ts';
import type { AttachmentRecord, MentionsRecord, MessageRecord } from '../state/message-record.ts';
import { listComponentTexts } from './component-rules.ts';
import { computeMentions } from './compute-mentions.ts';
import type { AllowedMentions, MessagePayload } from './message-payload.ts';

/** Who sends a message. */
export interface Author {
  readonly id: string;
  /** How a webhook is shown; null for users and bots. */
  readonly webhook: MessageRecord['webhook'];
  readonly mayMentionEveryone: boolean;
}

/** A message that is about to be. Everything in it was checked. */
export interface Draft {
  readonly channelId: string;
  readonly author: Author;
  readonly payload: Omit<Partial<MessagePayload>, 'message_reference'>;
  readonly attachments: AttachmentRecord[];
  /** What it replies to. */
  readonly repliedTo?: MessageRecord | undefined;
  /** Given where Discord's id of the message is known before, as in a forum's new post. */
  readonly id?: string | undefined;
}

/** Hours that a poll is open when nothing else is said. */
const USUAL_POLL_HOURS = 24;

/** Makes the record of a message; it is not kept yet. */
export function buildMessage(simulation: Simulation, draft: Draft): MessageRecord {
  const { payload, repliedTo, author, channelId } = draft;
  const nowEpochMs = simulation.nowEpochMs();
  const content = (payload.content ?? '').trim();
  const components = payload.components ?? [];
  return {
    id: draft.id ?? simulation.store.nextSnowflake(nowEpochMs),
    channelId,
    authorId: author.id,
    webhook: author.webhook,
    type: repliedTo === undefined ? 0 : 19,
    createdAtEpochMs: nowEpochMs,
    editedAtEpochMs: null,
    pinnedAtEpochMs: null,
    content,
    tts: payload.tts ?? false,
    flags: payload.flags ?? 0,
    embeds: payload.embeds ?? [],
    components,
    attachments: draft.attachments,
    stickerIds: payload.sticker_ids ?? [],
    poll: payload.poll === undefined || payload.poll === null ? null : buildPoll(payload.poll, nowEpochMs),
    mentions: findMentions(simulation, {
      channelId,
      author,
      texts: [content, ...listComponentTexts(components)],
      allowed: payload.allowed_mentions,
      repliedUserId: repliedTo?.authorId,
    }),
    reference: repliedTo === undefined ? null : { type: 0, messageId: repliedTo.id, channelId: repliedTo.channelId },
    snapshots: [],
    reactions: [],
  };
}

/** Whom texts of an author ping in a channel. */
export function findMentions(
  simulation: Simulation,
  {
    channelId,
    author,
    texts,
    ...given
  }: {
    readonly channelId: string;
    readonly author: Author;
    readonly texts: readonly string[];
    readonly allowed: AllowedMentions | null | undefined;
    readonly repliedUserId?: string | undefined;
  },
): MentionsRecord {
  return computeMentions({
    ...given,
    text: texts.join('\n'),
    guild: simulation.guilds.findChannel(channelId)?.guild,
    mayMentionEveryone: author.mayMentionEveryone,
    parsedByDefault: author.webhook === null ? ['users', 'roles', 'everyone'] : ['users'],
    isUser: (id) => findAccount(simulation, id) !== undefined,
  });
}

/** Whether there is nothing to show. */
export function isEmptyMessage(message: MessageRecord): boolean {
  const { content, embeds, components, attachments, stickerIds, poll, snapshots } = message;
  return content === '' && poll === null && [embeds, components, attachments, stickerIds, snapshots].every(isEmpty);
}

function isEmpty(items: readonly unknown[]): boolean {
  return items.length === 0;
}

function buildPoll(poll: NonNullable<MessagePayload['poll']>, nowEpochMs: number): Record<string, unknown> {
  return {
    question: poll.question,
    answers: poll.answers.map(({ poll_media }, at) => ({ answer_id: at + 1, poll_media })),
    expiry: toDiscordTime(nowEpochMs + (poll.duration ?? USUAL_POLL_HOURS) * 3_600_000),
    allow_multiselect: poll.allow_multiselect ?? false,
    layout_type: 1,
    results: { is_finalized: false, answer_counts: [] },
  };
}
