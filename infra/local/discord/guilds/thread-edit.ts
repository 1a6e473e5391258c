import * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildJsonAnswer } from '../answer.ts';
import { bodyBoolean, bodyInteger, bodySet, bodySnowflake, bodyText, maybe, parseJsonBody } from '../api/body.ts';
import type { ApiCall } from '../api/route.ts';
import { toDiscordTime } from '../api/wire-objects.ts';
import { PERMISSION } from '../permissions.ts';
import type { WorldChannel, WorldThreadMetadata } from '../world/world.ts';
import type { FoundChannel } from './access.ts';
import { requireBot, requireChannelPermission } from './access.ts';
import { archiveDuration, slowmode } from './channel-edit.ts';
import { toChannel } from './guild-objects.ts';

const threadEdit = z.object({
  name: maybe(bodyText(0, 100)),
  archived: maybe(bodyBoolean),
  locked: maybe(bodyBoolean),
  invitable: maybe(bodyBoolean),
  auto_archive_duration: maybe(archiveDuration),
  rate_limit_per_user: maybe(slowmode),
  flags: maybe(bodyInteger(0, 2 ** 31 - 1)),
  applied_tags: maybe(bodySet(bodySnowflake, 5)),
});

type ThreadEdit = z.output<typeof threadEdit>;

/**
 * `PATCH /channels/{channel_id}` of a thread. Discord lets its maker and, for unarchiving, those who write in it do some of
 * this; here it is always who manages threads.
 * @see Discord docs: resources/channel#modify-channel-json-params-thread
 */
export function editThread(call: ApiCall, found: FoundChannel): Answer {
  const body = parseJsonBody(call.request, threadEdit);
  if (!body.ok) return body.answer;
  const edit = body.value;
  const { guild, channel } = found;
  const refusal = requireChannelPermission(call, found, PERMISSION.MANAGE_THREADS);
  if (refusal !== undefined) return refusal;
  if (channel.thread_metadata?.archived === true && edit.archived !== false) return buildArchivedAnswer();
  const edited = applyEdit(channel, edit, toDiscordTime(call.simulation.nowEpochMs()));
  call.simulation.guilds.putChannel(guild.id, edited);
  return buildJsonAnswer(200, toChannel(guild, edited, requireBot(call).clientId));
}

/** 400 with 50083. */
export function buildArchivedAnswer(): Answer {
  return buildApiErrorAnswer(400, 50_083, 'Thread is archived');
}

/** What a thread has that was put into the guild without it. */
export function readThreadMetadata(thread: WorldChannel): WorldThreadMetadata {
  const start = toDiscordTime(0);
  return (
    thread.thread_metadata ?? {
      archived: false,
      auto_archive_duration: 4320,
      archive_timestamp: start,
      locked: false,
      invitable: true,
      create_timestamp: start,
    }
  );
}

function applyEdit(thread: WorldChannel, edit: ThreadEdit, now: string): WorldChannel {
  const old = readThreadMetadata(thread);
  const archived = edit.archived ?? old.archived;
  const { rate_limit_per_user, flags, applied_tags } = edit;
  const given = Object.entries({ rate_limit_per_user, flags, applied_tags }).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return {
    ...thread,
    name: edit.name === undefined || edit.name === null || edit.name === '' ? thread.name : edit.name,
    thread_metadata: {
      ...old,
      archived,
      archive_timestamp: archived === old.archived ? old.archive_timestamp : now,
      locked: edit.locked ?? old.locked,
      invitable: edit.invitable ?? old.invitable,
      auto_archive_duration: edit.auto_archive_duration ?? old.auto_archive_duration,
    },
    settings: { ...thread.settings, ...Object.fromEntries(given) },
  };
}
