import type { Answer } from '../answer.ts';
import { buildEmptyAnswer, buildJsonAnswer } from '../answer.ts';
import { isTrue, parseQuery } from '../api/query.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { PERMISSION } from '../permissions.ts';
import { compareSnowflakes } from '../snowflake.ts';
import { isThread } from '../world/world.ts';
import type { FoundGuild } from './access.ts';
import { findGuildOfBot, isAnswer, requireBot } from './access.ts';
import { evaluatePermissions, has } from './evaluate.ts';
import { toChannel, toGuild, toRole, toThreadList } from './guild-objects.ts';
import { uninstallBot } from './installation.ts';

/**
 * What a bot reads of a guild as a whole, and leaving it.
 * @see Discord docs: resources/guild
 */
export const GUILD_ROUTES: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/guilds/{guild_id}',
    credentials: ['bot'],
    bucket: 'guilds/{guild_id}',
    majorParameter: 'guild_id',
    handle: (call) => {
      const query = parseQuery(call.request.rawQuery, { with_counts: { kind: 'boolean' } });
      if (!query.ok) return query.answer;
      return withGuild(call, ({ guild }) => toGuild(guild, isTrue(query.values.get('with_counts'))));
    },
  },
  {
    method: 'GET',
    path: '/guilds/{guild_id}/roles',
    credentials: ['bot'],
    bucket: 'guilds/{guild_id}/roles',
    majorParameter: 'guild_id',
    handle: (call) => withGuild(call, ({ guild }) => guild.roles.map(toRole)),
  },
  {
    method: 'GET',
    path: '/guilds/{guild_id}/channels',
    credentials: ['bot'],
    bucket: 'guilds/{guild_id}/channels',
    majorParameter: 'guild_id',
    // All of them: Discord gives those too that the bot cannot see (discord-api-docs #5825).
    handle: (call) =>
      withGuild(call, ({ guild }) =>
        guild.channels
          .filter((channel) => !isThread(channel))
          .map((channel) => toChannel(guild, channel, requireBot(call).clientId)),
      ),
  },
  {
    method: 'GET',
    path: '/guilds/{guild_id}/threads/active',
    credentials: ['bot'],
    bucket: 'guilds/{guild_id}/threads/active',
    majorParameter: 'guild_id',
    handle: (call) => withGuild(call, (found) => listActiveThreads(call, found)),
  },
  {
    method: 'DELETE',
    path: '/users/@me/guilds/{guild_id}',
    credentials: ['bot'],
    bucket: 'users/@me/guilds/{guild_id}',
    majorParameter: 'guild_id',
    handle: (call) => {
      const found = findGuildOfBot(call, call.parameters['guild_id'] ?? '');
      if (isAnswer(found)) return found;
      uninstallBot(call.simulation, requireBot(call).clientId, found.guild.id);
      return buildEmptyAnswer();
    },
  },
];

function withGuild(call: ApiCall, read: (found: FoundGuild) => unknown): Answer {
  const found = findGuildOfBot(call, call.parameters['guild_id'] ?? '');
  return isAnswer(found) ? found : buildJsonAnswer(200, read(found));
}

/** Newest first, as far as the bot can see them. */
function listActiveThreads(call: ApiCall, { guild }: FoundGuild) {
  const { clientId } = requireBot(call);
  const nowEpochMs = call.simulation.nowEpochMs();
  const threads = guild.channels
    .filter((channel) => isThread(channel) && channel.thread_metadata?.archived !== true)
    .filter((channel) =>
      has(evaluatePermissions({ guild, memberId: clientId, channel, nowEpochMs }), PERMISSION.VIEW_CHANNEL),
    )
    .toSorted((left, right) => compareSnowflakes(right.id, left.id));
  return toThreadList(guild, threads, clientId, false);
}
