import * as z from 'zod/mini';
import { bodyBoolean, bodyInteger, bodySet, bodySnowflake, bodyText, maybe } from '../api/body.ts';
import { embed } from './embed-rules.ts';

/** Flags that a message can be sent with. @see Discord docs: resources/message#message-object-message-flags */
export const MESSAGE_FLAG = {
  CROSSPOSTED: 1 << 0,
  SUPPRESS_EMBEDS: 1 << 2,
  HAS_THREAD: 1 << 5,
  SUPPRESS_NOTIFICATIONS: 1 << 12,
  IS_VOICE_MESSAGE: 1 << 13,
  HAS_SNAPSHOT: 1 << 14,
  IS_COMPONENTS_V2: 1 << 15,
} as const;

const INT32_MAX = 2 ** 31 - 1;

const attachment = z.object({
  id: z.union([bodySnowflake, bodyInteger(0, INT32_MAX)]),
  filename: maybe(bodyText(1, 1024)),
  description: maybe(bodyText(0, 1024)),
});

const allowedMentions = z.object({
  parse: maybe(bodySet(z.literal(['roles', 'users', 'everyone']), 3)),
  users: maybe(bodySet(bodySnowflake, 100)),
  roles: maybe(bodySet(bodySnowflake, 100)),
  replied_user: maybe(bodyBoolean),
});

const poll = z.object({
  question: z.object({ text: bodyText(1, 300) }),
  answers: z
    .array(
      z.object({
        poll_media: z.object({ text: bodyText(1, 55), emoji: maybe(z.record(z.string(), z.unknown())) }),
      }),
    )
    .check(z.minLength(1), z.maxLength(10)),
  /** Hours. */
  duration: maybe(bodyInteger(1, 768)),
  allow_multiselect: maybe(bodyBoolean),
  layout_type: maybe(z.literal(1)),
});

/** What a message can be changed to. */
const editable = {
  content: maybe(bodyText(0, 2000)),
  embeds: maybe(z.array(embed).check(z.maxLength(10))),
  allowed_mentions: maybe(allowedMentions),
  // Their own rules name each place; here they are only a list.
  components: maybe(z.array(z.record(z.string(), z.unknown()))),
  attachments: maybe(z.array(attachment)),
  flags: maybe(bodyInteger(0, INT32_MAX)),
};

/** The body of an edit. */
export const messageEdit = z.object(editable);

/** What a bot sends. @see Discord docs: resources/message#create-message */
export const messagePayload = z.object({
  ...editable,
  nonce: maybe(z.unknown()),
  enforce_nonce: maybe(bodyBoolean),
  tts: maybe(bodyBoolean),
  sticker_ids: maybe(bodySet(bodySnowflake, 3)),
  poll: maybe(poll),
  message_reference: maybe(
    z.object({
      type: maybe(z.literal([0, 1])),
      message_id: bodySnowflake,
      channel_id: maybe(bodySnowflake),
      guild_id: maybe(bodySnowflake),
      fail_if_not_exists: maybe(bodyBoolean),
    }),
  ),
});

/** What a webhook says. @see Discord docs: resources/webhook#execute-webhook */
export const webhookPayload = z.object({
  ...editable,
  tts: maybe(bodyBoolean),
  poll: maybe(poll),
  username: maybe(bodyText(1, 80)),
  avatar_url: maybe(bodyText(0, 2048)),
  thread_name: maybe(bodyText(1, 100)),
  applied_tags: maybe(bodySet(bodySnowflake, 5)),
});

export type AllowedMentions = z.output<typeof allowedMentions>;
export type MessageEdit = z.output<typeof messageEdit>;
export type MessagePayload = z.output<typeof messagePayload>;
