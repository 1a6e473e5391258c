import { isHeldInChannel, type Viewer } from '../authority/filters.ts';
import { computeBase } from '../authority/compute-permissions.ts';
import { ALL_PERMISSIONS } from '../catalogue/permission.ts';
import { buildDiscordPath } from '../discord/discord-path.ts';
import { readMember, readText } from '../domain/json-fields.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { ActionCall } from './action-call.ts';
import { readAsBot, type BotClientDeps } from './bot-client.ts';
import type { Deadline } from './ports.ts';

/** Channels that one search may name. @see Discord docs: resources/message (Search Guild Messages) */
const MAX_SEARCHED_CHANNELS = 500;

/**
 * Confines a search to the channels and active threads that the connected user may read, by naming them. Leaving out hits afterwards
 * would not do: the number of all hits, and which pages are empty, would tell what stands in the channels that are hidden from him.
 * @throws OutageError
 */
export async function limitSearch(
  deps: BotClientDeps,
  viewer: Viewer,
  call: ActionCall,
  deadline: Deadline,
): Promise<Result<ActionCall, Failure>> {
  // Those that the caller names were looked at one by one; who sees everything need not be confined.
  if (call.query.has('channel_id') || computeBase(viewer.guild, viewer.side.member) === ALL_PERMISSIONS)
    return ok(call);
  const channels = await readAsBot(deps, build('/guilds/{guild_id}/channels', call), deadline);
  if (!channels.ok) return channels;
  const threads = await readAsBot(deps, build('/guilds/{guild_id}/threads/active', call), deadline);
  if (!threads.ok) return threads;
  const query = new URLSearchParams(call.query);
  let count = 0;
  for (const id of [...listIds(channels.value), ...listIds(readMember(threads.value, 'threads'))]) {
    if (!(await isHeldInChannel(viewer, id, ['READ_MESSAGE_HISTORY']))) continue;
    query.append('channel_id', id);
    count += 1;
  }
  if (count === 0) {
    return fail({
      reason: 'actor_permission_missing',
      missing: ['READ_MESSAGE_HISTORY'],
      where: 'guild',
      placeId: viewer.guild.id,
    });
  }
  if (count > MAX_SEARCHED_CHANNELS) {
    const detail = `must name the channels: there are more than ${MAX_SEARCHED_CHANNELS} that the user may read`;
    return fail({ reason: 'input_invalid', errors: [{ parameter: 'channel_id', detail }] });
  }
  return ok({ ...call, query, discordPath: buildDiscordPath(call.action.path, call.pathParameters, query) });
}

function build(template: string, { pathParameters }: ActionCall): string {
  return buildDiscordPath(template, pathParameters, new URLSearchParams());
}

function listIds(list: unknown): string[] {
  return (Array.isArray(list) ? list : []).flatMap((item) => readText(item, 'id') ?? []);
}
