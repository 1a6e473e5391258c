import type { AuthorityPlace } from '../authority/check-authority.ts';
import { snowflake } from '../catalogue/parameters.ts';
import type { InputFailure } from '../problems/failure.ts';
import { ok, type Result } from '../result.ts';
import { parseQuery } from './parse-query.ts';

const PARAMETERS = { guild_id: snowflake, channel_id: snowflake };

/** Reads `guild_id` and `channel_id`, both of which may be absent. */
export function parsePlaceQuery(query: URLSearchParams): Result<AuthorityPlace, InputFailure> {
  const parsed = parseQuery(query, PARAMETERS);
  if (!parsed.ok) return parsed;
  const { guild_id: guildId, channel_id: channelId } = parsed.value;
  return ok({ ...(guildId === undefined ? {} : { guildId }), ...(channelId === undefined ? {} : { channelId }) });
}
