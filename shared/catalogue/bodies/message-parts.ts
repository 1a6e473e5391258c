import * as z from 'zod/mini';
import { LIMITS } from '../limits.ts';
import { snowflake } from '../parameters.ts';
import { distinct, integer, maybe, oneOf, snowflakes, text, word } from './fields.ts';

/** Components in one message, nested ones included. @see Discord docs: components/reference */
export const MAX_COMPONENTS = 40;

/**
 * What a message begins with: action row, section, text display, media gallery, file, separator or container. The type decides
 * what else it has; Discord judges that.
 */
export const component = z.looseObject({ type: oneOf(1, 9, 10, 12, 13, 14, 17) });

/** @see Discord docs: resources/message (Allowed Mentions Object) */
export const allowedMentions = z.strictObject({
  parse: z.optional(distinct(word('roles', 'users', 'everyone'), 0, 3)),
  users: z.optional(snowflakes(0, 100)),
  roles: z.optional(snowflakes(0, 100)),
  replied_user: z.optional(z.boolean()),
});

/** Of an attachment that the message has, or the index of a file as text. */
const attachmentId = z
  .string()
  .check(z.regex(/^(0|[1-9][0-9]{0,19})$/))
  .register(LIMITS, { format: 'snowflake' });

/** @see Discord docs: reference (Uploading Files) */
export const attachment = z.looseObject({
  id: z.union(
    [integer(0, 9), attachmentId],
    'must be the index of a file (0 to 9), or the id of an attachment as a string',
  ),
  filename: maybe(text(1, 1_024)),
  description: maybe(text(0, 1_024)),
  title: maybe(text(0, 1_024)),
  is_spoiler: maybe(z.boolean()),
});

/** `type` 0 replies, 1 forwards. @see Discord docs: resources/message (Message Reference) */
export const reference = z.looseObject({
  type: maybe(oneOf(0, 1)),
  message_id: snowflake,
  channel_id: maybe(snowflake),
  guild_id: maybe(snowflake),
  fail_if_not_exists: maybe(z.boolean()),
});

const NONCE_RULE = 'must be a whole number or 1 to 25 characters';

/** Above 2^53 a number may stand for another one; it goes to Discord as it came. */
const int64 = z
  .number()
  .check(z.refine((value) => Number.isInteger(value) && value >= -(2 ** 63) && value <= 2 ** 63, NONCE_RULE))
  .register(LIMITS, { type: 'integer', minimum: -(2 ** 63), maximum: 2 ** 63 });

export const nonce = z.union([int64, text(1, 25)], NONCE_RULE);

/** Counts the objects in lists and members that hold components. */
export function countComponents(components: readonly unknown[]): number {
  return components.reduce<number>((sum, one) => {
    if (typeof one !== 'object' || one === null) return sum;
    const nested = 'components' in one && Array.isArray(one.components) ? countComponents(one.components) : 0;
    const accessory = 'accessory' in one ? countComponents([one.accessory]) : 0;
    return sum + 1 + nested + accessory;
  }, 0);
}
