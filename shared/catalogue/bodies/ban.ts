import * as z from 'zod/mini';
import { integer, maybe, snowflakes } from './fields.ts';

/** Seconds back from now of which the messages are deleted: 7 days at most. */
const deleteMessageSeconds = maybe(integer(0, 604_800));

/** @see Discord docs: resources/guild (Create Guild Ban); `delete_message_days` is deprecated and not offered */
export const banBody = z.strictObject({ delete_message_seconds: deleteMessageSeconds });

/** @see Discord docs: resources/guild (Bulk Guild Ban) */
export const bulkBanBody = z.strictObject({
  user_ids: snowflakes(1, 200),
  delete_message_seconds: deleteMessageSeconds,
});
