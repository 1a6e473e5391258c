import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer } from '../answer.ts';
import { toDiscordTime } from '../api/wire-objects.ts';
import type { Simulation } from '../simulation.ts';
import type { WorldChannel } from '../world/world.ts';
import { isThread } from '../world/world.ts';
import type { PlacedChannel } from '../state/guild-state.ts';

/** What is said about a new thread. */
export interface NewThread {
  /** Of its first message where there is one; else new. */
  readonly id: string;
  /** 10 in an announcement channel, 11 public, 12 private. */
  readonly type: 10 | 11 | 12;
  readonly name: string;
  readonly ownerId: string;
  /** Minutes; the channel's default, or three days, when absent. */
  readonly autoArchiveDuration?: number | null | undefined;
  /** Seconds. */
  readonly rateLimitPerUser?: number | null | undefined;
  readonly invitable?: boolean | null | undefined;
  readonly appliedTags?: readonly string[] | null | undefined;
}

/** Discord's JSON error 160006. */
const MAX_ACTIVE_THREADS = 1000;

/** Minutes: three days. */
const USUAL_ARCHIVE_DURATION = 4320;

/** @returns 400 with 160006 when the guild has no room for another thread */
export function findThreadQuotaRefusal({ guild }: PlacedChannel): Answer | undefined {
  const active = guild.channels.filter((channel) => isThread(channel) && channel.thread_metadata?.archived !== true);
  if (active.length < MAX_ACTIVE_THREADS) return undefined;
  return buildApiErrorAnswer(400, 160_006, 'Maximum number of active threads reached');
}

/**
 * Puts a new thread under a channel; its owner is in it. Whoever calls has checked that he may.
 * @returns the thread as it is stored
 */
export function startThread(simulation: Simulation, { guild, channel }: PlacedChannel, given: NewThread): WorldChannel {
  const now = toDiscordTime(simulation.nowEpochMs());
  const usual = channel.settings?.['default_auto_archive_duration'];
  const thread: WorldChannel = {
    id: given.id,
    type: given.type,
    name: given.name,
    position: 0,
    parent_id: channel.id,
    topic: null,
    permission_overwrites: [],
    owner_id: given.ownerId,
    thread_metadata: {
      archived: false,
      auto_archive_duration: given.autoArchiveDuration ?? (typeof usual === 'number' ? usual : USUAL_ARCHIVE_DURATION),
      archive_timestamp: now,
      locked: false,
      invitable: given.invitable ?? true,
      create_timestamp: now,
    },
    thread_members: [{ user_id: given.ownerId, join_timestamp: now }],
    settings: {
      rate_limit_per_user: given.rateLimitPerUser ?? 0,
      ...(given.appliedTags === undefined || given.appliedTags === null ? {} : { applied_tags: given.appliedTags }),
    },
  };
  simulation.guilds.putChannel(guild.id, thread);
  return thread;
}
