import * as z from 'zod/mini';
import { snowflake } from '../parameters.ts';
import {
  autoArchiveDuration,
  integer,
  list,
  MAX_INT,
  maybe,
  oneOf,
  permissionBits,
  slowmode,
  snowflakes,
  text,
  word,
} from './fields.ts';

const overwrite = z.strictObject({
  id: snowflake,
  type: oneOf(0, 1),
  allow: maybe(permissionBits),
  deny: maybe(permissionBits),
});

const emojiName = maybe(text(1, 100));

const tag = z.looseObject({
  name: text(0, 50),
  id: maybe(snowflake),
  moderated: maybe(z.boolean()),
  emoji_id: maybe(snowflake),
  emoji_name: emojiName,
});

/** Members of a guild's channels and of threads together: what a channel does not have Discord refuses. @see Discord docs: resources/channel (Modify Channel) */
export const channelEditBody = z.strictObject({
  name: z.optional(text(1, 100)),
  type: maybe(oneOf(0, 2, 4, 5, 13, 15)),
  position: maybe(integer(0, MAX_INT)),
  topic: maybe(text(0, 4_096)),
  nsfw: maybe(z.boolean()),
  rate_limit_per_user: maybe(slowmode),
  bitrate: maybe(integer(8_000, MAX_INT)),
  user_limit: maybe(integer(0, 10_000)),
  permission_overwrites: maybe(list(overwrite, 0, 100)),
  parent_id: maybe(snowflake),
  rtc_region: maybe(text(1, 100)),
  video_quality_mode: maybe(oneOf(1, 2)),
  default_auto_archive_duration: maybe(autoArchiveDuration),
  flags: maybe(integer(0, MAX_INT)),
  available_tags: maybe(list(tag, 0, 20)),
  default_reaction_emoji: maybe(z.looseObject({ emoji_id: maybe(snowflake), emoji_name: emojiName })),
  default_thread_rate_limit_per_user: maybe(slowmode),
  default_sort_order: maybe(oneOf(0, 1)),
  default_forum_layout: maybe(oneOf(0, 1, 2)),
  default_tag_setting: maybe(word('match_all', 'match_some')),
  archived: maybe(z.boolean()),
  locked: maybe(z.boolean()),
  invitable: maybe(z.boolean()),
  auto_archive_duration: maybe(autoArchiveDuration),
  applied_tags: maybe(snowflakes(0, 5)),
});

/** @see Discord docs: resources/message (Bulk Delete Messages) */
export const bulkDeleteBody = z.strictObject({ messages: snowflakes(2, 100) });

/** @see Discord docs: resources/user (Create DM) */
export const directMessageBody = z.strictObject({ recipient_id: snowflake });
