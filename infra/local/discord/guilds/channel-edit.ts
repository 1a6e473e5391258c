import * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildBodyErrorAnswer, buildJsonAnswer } from '../answer.ts';
import { bodyBits, bodyBoolean, bodyInteger, bodySnowflake, bodyText, maybe, parseJsonBody } from '../api/body.ts';
import type { ApiCall } from '../api/route.ts';
import { PERMISSION } from '../permissions.ts';
import type { WorldChannel, WorldGuild, WorldOverwrite } from '../world/world.ts';
import type { FoundChannel } from './access.ts';
import { buildMissingPermissionsAnswer, requireBot, requireChannelPermission } from './access.ts';
import { has } from './evaluate.ts';
import { toChannel } from './guild-objects.ts';

/** Minutes after which a quiet thread is archived. */
export const archiveDuration = z.literal([60, 1440, 4320, 10_080]);

/** Seconds between two messages of one user. */
export const slowmode = bodyInteger(0, 21_600);

const INT32_MAX = 2 ** 31 - 1;
const CATEGORY = 4;

const overwrite = z.object({
  id: bodySnowflake,
  type: maybe(z.literal([0, 1])),
  allow: maybe(z.union([bodyBits, bodyInteger(0, Number.MAX_SAFE_INTEGER)])),
  deny: maybe(z.union([bodyBits, bodyInteger(0, Number.MAX_SAFE_INTEGER)])),
});

const tag = z.object({
  name: bodyText(0, 50),
  id: maybe(bodySnowflake),
  emoji_id: maybe(bodySnowflake),
  emoji_name: maybe(bodyText(0, 100)),
  moderated: maybe(bodyBoolean),
});

/** What a channel keeps as it comes. */
const settings = {
  bitrate: maybe(bodyInteger(8000, INT32_MAX)),
  user_limit: maybe(bodyInteger(0, INT32_MAX)),
  nsfw: maybe(bodyBoolean),
  rate_limit_per_user: maybe(slowmode),
  rtc_region: maybe(z.string()),
  video_quality_mode: maybe(z.literal([1, 2])),
  default_auto_archive_duration: maybe(archiveDuration),
  default_reaction_emoji: maybe(z.object({ emoji_id: maybe(bodySnowflake), emoji_name: maybe(bodyText(0, 100)) })),
  default_thread_rate_limit_per_user: maybe(slowmode),
  default_sort_order: maybe(z.literal([0, 1])),
  default_forum_layout: maybe(z.literal([0, 1, 2])),
  default_tag_setting: maybe(z.literal(['match_all', 'match_some'])),
  flags: maybe(bodyInteger(0, INT32_MAX)),
};

const channelEdit = z.object({
  ...settings,
  type: maybe(z.literal([0, 2, 4, 5, 13, 14, 15])),
  name: z.optional(bodyText(1, 100)),
  position: maybe(bodyInteger(0, INT32_MAX)),
  topic: maybe(bodyText(0, 4096)),
  parent_id: maybe(bodySnowflake),
  permission_overwrites: maybe(z.array(overwrite).check(z.maxLength(100))),
  available_tags: maybe(z.array(tag).check(z.maxLength(20))),
});

type ChannelEdit = z.output<typeof channelEdit>;

/** Discord lets a channel have a topic of 1024 characters, a forum one of 4096. */
const LONG_TOPIC_TYPES: ReadonlySet<number> = new Set([15, 16]);

/**
 * `PATCH /channels/{channel_id}` of a channel that is no thread.
 * @see Discord docs: resources/channel#modify-channel
 */
export function editChannel(call: ApiCall, found: FoundChannel): Answer {
  const body = parseJsonBody(call.request, channelEdit);
  if (!body.ok) return body.answer;
  const edit = body.value;
  const { guild, channel } = found;
  const refusal = requireChannelPermission(call, found, PERMISSION.MANAGE_CHANNELS) ?? findBadField(found, edit);
  if (refusal !== undefined) return refusal;
  const given = edit.permission_overwrites;
  const overwrites = given === undefined ? channel.permission_overwrites : readOverwrites(guild, given ?? []);
  if (given !== undefined) {
    const isRefused = requireChannelPermission(call, found, PERMISSION.MANAGE_ROLES);
    if (isRefused !== undefined) return isRefused;
    if (!has(found.permissions, findChangedBits(channel.permission_overwrites, overwrites))) {
      return buildMissingPermissionsAnswer();
    }
  }
  const edited = { ...applyEdit(call, channel, edit), permission_overwrites: overwrites };
  call.simulation.guilds.putChannel(guild.id, edited);
  return buildJsonAnswer(200, toChannel(guild, edited, requireBot(call).clientId));
}

function findBadField({ guild, channel }: FoundChannel, edit: ChannelEdit): Answer | undefined {
  const maxTopic = LONG_TOPIC_TYPES.has(channel.type) ? 4096 : 1024;
  if (Array.from(edit.topic ?? '').length > maxTopic) {
    const message = `Must be ${maxTopic} or fewer in length.`;
    return buildBodyErrorAnswer([{ path: ['topic'], code: 'BASE_TYPE_MAX_LENGTH', message }]);
  }
  const parent = guild.channels.find(({ id }) => id === edit.parent_id);
  if (typeof edit.parent_id === 'string' && parent?.type !== CATEGORY) {
    const message = 'Category does not exist';
    return buildBodyErrorAnswer([{ path: ['parent_id'], code: 'CHANNEL_PARENT_INVALID', message }]);
  }
  const { type } = edit;
  if (type === undefined || type === null || type === channel.type) return undefined;
  // Text to announcements and back is the only change there is, and announcements are for guilds that have them.
  const isPair = [channel.type, type].every((one) => one === 0 || one === 5);
  if (isPair && guild.features.includes('NEWS')) return undefined;
  const message = 'Cannot convert to this channel type';
  return buildBodyErrorAnswer([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message }]);
}

function readOverwrites(
  guild: WorldGuild,
  given: readonly NonNullable<ChannelEdit['permission_overwrites']>[number][],
): WorldOverwrite[] {
  return given.map(({ id, type, allow, deny }) => ({
    id,
    type: type ?? (guild.roles.some((role) => role.id === id) ? 0 : 1),
    allow: BigInt(allow ?? 0),
    deny: BigInt(deny ?? 0),
  }));
}

/** Every bit that some overwrite allows or denies after the edit and did not before, or the other way round. */
function findChangedBits(before: readonly WorldOverwrite[], after: readonly WorldOverwrite[]): bigint {
  const keyOf = ({ id, type }: WorldOverwrite): string => `${type}:${id}`;
  const keys = new Set([...before, ...after].map(keyOf));
  let changed = 0n;
  for (const key of keys) {
    const old = before.find((item) => keyOf(item) === key);
    const now = after.find((item) => keyOf(item) === key);
    changed |= ((old?.allow ?? 0n) ^ (now?.allow ?? 0n)) | ((old?.deny ?? 0n) ^ (now?.deny ?? 0n));
  }
  return changed;
}

function applyEdit({ simulation }: ApiCall, channel: WorldChannel, edit: ChannelEdit): WorldChannel {
  const { type, name, position, topic, parent_id, permission_overwrites: _overwrites, available_tags, ...kept } = edit;
  const tags = available_tags?.map((item) => ({
    ...{ emoji_id: null, emoji_name: null, moderated: false, ...item },
    id: item.id ?? simulation.store.nextSnowflake(simulation.nowEpochMs()),
  }));
  const given = Object.entries(kept).filter(([, value]) => value !== undefined);
  return {
    ...channel,
    type: type ?? channel.type,
    name: name ?? channel.name,
    position: position ?? channel.position,
    topic: topic === undefined ? channel.topic : topic,
    parent_id: parent_id === undefined ? channel.parent_id : parent_id,
    settings: {
      ...channel.settings,
      ...Object.fromEntries(given),
      ...(tags === undefined ? {} : { available_tags: tags }),
    },
  };
}

/** 400 with 50024: what was asked for is not for channels of this type. */
export function buildWrongChannelTypeAnswer(): Answer {
  return buildApiErrorAnswer(400, 50_024, 'Cannot execute action on this channel type');
}
