import * as z from 'zod/mini';
import { LIMITS } from '../limits.ts';
import { countEmbedCharacters, embed, MAX_EMBED_CHARACTERS } from './embed.ts';
import { list, maybe, snowflakes, text } from './fields.ts';
import { MESSAGE_FLAG } from './message-flags.ts';
import {
  allowedMentions,
  attachment,
  component,
  countComponents,
  MAX_COMPONENTS,
  nonce,
  reference,
} from './message-parts.ts';
import { poll } from './poll.ts';

const SENT_FLAGS =
  MESSAGE_FLAG.SUPPRESS_EMBEDS |
  MESSAGE_FLAG.SUPPRESS_NOTIFICATIONS |
  MESSAGE_FLAG.IS_VOICE_MESSAGE |
  MESSAGE_FLAG.IS_COMPONENTS_V2;

const WEBHOOK_FLAGS =
  MESSAGE_FLAG.SUPPRESS_EMBEDS | MESSAGE_FLAG.SUPPRESS_NOTIFICATIONS | MESSAGE_FLAG.IS_COMPONENTS_V2;

function hasOnly(value: number, flags: bigint): boolean {
  return Number.isInteger(value) && value >= 0 && (BigInt(value) & ~flags) === 0n;
}

function listBits(flags: bigint): string {
  return Object.entries(MESSAGE_FLAG)
    .filter(([, bit]) => (flags & bit) !== 0n)
    .map(([name, bit]) => `${bit} (${name})`)
    .join(', ');
}

/**
 * The members that all messages have in common. `content` takes 2000 characters: that is what Discord documents.
 * @see Discord docs: resources/message (Create Message)
 */
function buildCommonFields(flags: bigint) {
  return {
    content: maybe(text(0, 2_000)),
    embeds: maybe(list(embed, 0, 10)),
    allowed_mentions: z.optional(allowedMentions),
    components: maybe(list(component, 0, MAX_COMPONENTS)),
    attachments: maybe(list(attachment, 0, 10)),
    flags: maybe(
      z
        .number()
        .check(z.refine((value) => hasOnly(value, flags), `must be a sum of ${listBits(flags)}`))
        .register(LIMITS, { type: 'integer' }),
    ),
  };
}

/** What the bot sends: as a message, or as the first message of a post in a forum. */
export function buildSentFields() {
  return { ...buildCommonFields(SENT_FLAGS), sticker_ids: maybe(snowflakes(0, 3)) };
}

interface Message {
  readonly embeds?: readonly z.infer<typeof embed>[] | null | undefined;
  readonly content?: string | null | undefined;
  readonly components?: readonly unknown[] | null | undefined;
  readonly flags?: number | null | undefined;
  readonly allowed_mentions?: z.infer<typeof allowedMentions> | undefined;
  readonly sticker_ids?: readonly unknown[] | null | undefined;
  readonly poll?: unknown;
}

/**
 * What no single member shows. It also runs where a member has been found wrong already. Whether there is anything to send is
 * seen with the files, not here.
 */
export const checkMessage = z.check<Message>(({ value, issues }) => {
  const report = (path: string[], message: string): void => {
    issues.push({ code: 'custom', message, path, input: value, continue: true });
  };
  if (countEmbedCharacters(value.embeds ?? []) > MAX_EMBED_CHARACTERS) {
    report(['embeds'], `must have at most ${MAX_EMBED_CHARACTERS} characters in all texts of all embeds together`);
  }
  const components = value.components ?? [];
  if (components.length <= MAX_COMPONENTS && countComponents(components) > MAX_COMPONENTS) {
    report(['components'], `must have at most ${MAX_COMPONENTS} components, nested ones included`);
  }
  const { parse = [], users = [], roles = [] } = value.allowed_mentions ?? {};
  for (const [kind, ids] of [
    ['users', users],
    ['roles', roles],
  ] as const) {
    if (parse.includes(kind) && ids.length > 0) {
      report(['allowed_mentions', kind], `must be empty while parse has ${kind}`);
    }
  }
  if (!isComponentsV2(value.flags ?? 0)) return;
  for (const name of ['content', 'embeds', 'sticker_ids', 'poll'] as const) {
    if (isPresent(value[name])) report([name], 'must be absent with the flag IS_COMPONENTS_V2');
  }
});

function isComponentsV2(flags: number): boolean {
  return hasOnly(flags, SENT_FLAGS) && (BigInt(flags) & MESSAGE_FLAG.IS_COMPONENTS_V2) !== 0n;
}

function isPresent(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';
}

/** @see Discord docs: resources/message (Create Message) */
export const messageBody = z
  .strictObject({
    ...buildSentFields(),
    tts: maybe(z.boolean()),
    poll: maybe(poll),
    message_reference: maybe(reference),
    nonce: maybe(nonce),
    enforce_nonce: maybe(z.boolean()),
  })
  .check(checkMessage);

/** @see Discord docs: resources/message (Edit Message) */
export const messageEditBody = z.strictObject(buildCommonFields(SENT_FLAGS)).check(checkMessage);

/** @see Discord docs: resources/webhook (Execute Webhook) */
export const webhookMessageBody = z
  .strictObject({
    ...buildCommonFields(WEBHOOK_FLAGS),
    username: maybe(text(1, 80)),
    avatar_url: maybe(text(1, 2_048)),
    tts: maybe(z.boolean()),
    thread_name: maybe(text(0, 100)),
    applied_tags: maybe(snowflakes(0, 5)),
    poll: maybe(poll),
  })
  .check(checkMessage);

/** @see Discord docs: resources/webhook (Edit Webhook Message) */
export const webhookMessageEditBody = z
  .strictObject({ ...buildCommonFields(WEBHOOK_FLAGS), poll: maybe(poll) })
  .check(checkMessage);
