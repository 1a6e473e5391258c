import type { BodyError } from '../answer.ts';
import { findComponentErrors } from './component-rules.ts';
import { findEmbedErrors } from './embed-rules.ts';
import type { AllowedMentions, MessagePayload } from './message-payload.ts';
import { MESSAGE_FLAG } from './message-payload.ts';

/** Flags that a bot can set on a new message. */
export const BOT_FLAGS =
  MESSAGE_FLAG.SUPPRESS_EMBEDS |
  MESSAGE_FLAG.SUPPRESS_NOTIFICATIONS |
  MESSAGE_FLAG.IS_VOICE_MESSAGE |
  MESSAGE_FLAG.IS_COMPONENTS_V2;

/** Flags that a webhook can set. */
export const WEBHOOK_FLAGS = BOT_FLAGS & ~MESSAGE_FLAG.IS_VOICE_MESSAGE;

/** Flags that an edit can set. */
export const EDIT_FLAGS = MESSAGE_FLAG.SUPPRESS_EMBEDS | MESSAGE_FLAG.IS_COMPONENTS_V2;

/** What the rules need to know besides the body. */
export interface PayloadContext {
  /** Bits that may be set. */
  readonly settableFlags: number;
  /** Whether the message has IS_COMPONENTS_V2, by the body or from before. */
  readonly isV2: boolean;
  /** Of all attachments that the message will have. */
  readonly filenames: readonly string[];
}

const MAX_NONCE_CHARACTERS = 25;

/** Everything that is wrong with a body whose members are each sound. */
export function findPayloadErrors(payload: Partial<MessagePayload>, context: PayloadContext): BodyError[] {
  const { flags, embeds, components, allowed_mentions, nonce } = payload;
  const errors: BodyError[] = [];
  if (((flags ?? 0) & ~context.settableFlags) !== 0) {
    errors.push({ path: ['flags'], code: 'MESSAGE_FLAGS_INVALID', message: 'These flags cannot be set.' });
  }
  errors.push(...findEmbedErrors(embeds ?? [], context.filenames));
  errors.push(...findComponentErrors(components ?? [], context.isV2));
  if (context.isV2) errors.push(...findLegacyErrors(payload));
  errors.push(...findConflicts(allowed_mentions ?? {}));
  const nonceError = findNonceError(nonce);
  return nonceError === undefined ? errors : [...errors, nonceError];
}

/** A message of components has nothing else. */
function findLegacyErrors({ content, embeds, sticker_ids, poll }: Partial<MessagePayload>): BodyError[] {
  const used = {
    content: (content ?? '') !== '',
    embeds: (embeds ?? []).length > 0,
    sticker_ids: (sticker_ids ?? []).length > 0,
    poll: poll !== undefined && poll !== null,
  };
  return Object.entries(used)
    .filter(([, isUsed]) => isUsed)
    .map(([name]) => ({
      path: [name],
      code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      message: `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    }));
}

/** A type is either parsed or has a list: Discord takes no guess at which of both is meant. */
function findConflicts(allowed: AllowedMentions): BodyError[] {
  return (['users', 'roles'] as const)
    .filter((type) => allowed.parse?.includes(type) === true && (allowed[type] ?? []).length > 0)
    .map((type) => ({
      path: ['allowed_mentions'],
      code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
      message: `parse:["${type}"] and ${type}: [ids...] are mutually exclusive.`,
    }));
}

function findNonceError(nonce: unknown): BodyError | undefined {
  if (nonce === undefined || nonce === null || Number.isSafeInteger(nonce)) return undefined;
  if (typeof nonce !== 'string') {
    return { path: ['nonce'], code: 'STRING_TYPE_CONVERT', message: 'Could not interpret value as string.' };
  }
  if (Array.from(nonce).length <= MAX_NONCE_CHARACTERS) return undefined;
  const message = `Must be ${MAX_NONCE_CHARACTERS} or fewer in length.`;
  return { path: ['nonce'], code: 'BASE_TYPE_MAX_LENGTH', message };
}
