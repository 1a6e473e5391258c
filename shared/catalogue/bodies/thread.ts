import * as z from 'zod/mini';
import { autoArchiveDuration, maybe, oneOf, slowmode, snowflakes, text } from './fields.ts';
import { buildSentFields, checkMessage } from './message.ts';

const thread = {
  name: text(1, 100),
  auto_archive_duration: maybe(autoArchiveDuration),
  rate_limit_per_user: maybe(slowmode),
};

/** @see Discord docs: resources/channel (Start Thread from Message) */
export const threadFromMessageBody = z.strictObject(thread);

interface Thread {
  readonly type?: unknown;
  readonly invitable?: unknown;
  readonly applied_tags?: unknown;
  readonly message?: unknown;
}

/** Which member belongs to which of the two: a thread has a `type`, a post in a forum or media channel a `message`. */
const checkKind = z.check<Thread>(({ value, issues }) => {
  const report = (path: string[], message: string): void => {
    issues.push({ code: 'custom', message, path, input: value, continue: true });
  };
  const isPost = value.message !== undefined;
  if (!isPost && value.type === undefined) {
    report([], 'must have `type` (10 announcement, 11 public, 12 private) or, for a post in a forum, `message`');
  }
  const foreign = isPost ? (['type', 'invitable'] as const) : (['applied_tags'] as const);
  for (const name of foreign) {
    if (value[name] !== undefined) {
      report([name], isPost ? 'must be absent where a post has a `message`' : 'is only for a post with a `message`');
    }
  }
});

/**
 * A thread of its own, or a post in a forum or media channel, which has a `message`. Without `type` Discord makes a private
 * thread, so it is asked for.
 * @see Discord docs: resources/channel (Start Thread without Message, Start Thread in Forum or Media Channel)
 */
export const threadBody = z
  .strictObject({
    ...thread,
    type: z.optional(oneOf(10, 11, 12)),
    invitable: maybe(z.boolean()),
    applied_tags: maybe(snowflakes(0, 5)),
    message: z.optional(z.strictObject(buildSentFields()).check(checkMessage)),
  })
  .check(checkKind);
