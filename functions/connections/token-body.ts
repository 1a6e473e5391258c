import * as z from 'zod/mini';
import type { ConnectionTokenInput } from '../../shared/app/connection-tokens.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { snowflake } from '../../shared/catalogue/parameters.ts';
import { MAX_TOKEN_LIFE_SECONDS, MIN_TOKEN_LIFE_SECONDS } from '../../shared/domain/connection-token.ts';

/** Ids in one list: they are read with every call of the token, which stays one cheap read. */
const MAX_PLACES = 50;

const LIFE_RULE = `must be a whole number of seconds from ${MIN_TOKEN_LIFE_SECONDS} to ${MAX_TOKEN_LIFE_SECONDS}`;

const ACTION_IDS = new Set(catalogue.map(({ id }) => id));

const actionId = z.string().check(z.refine((id) => ACTION_IDS.has(id), 'is not an action of the catalogue'));

/** An empty list would be a token for nothing, or for everything: it is neither. */
function buildList(item: z.ZodMiniType<string>, maxLength: number) {
  return z.optional(
    z.array(item).check(
      // Not `minLength` and `maxLength`: they would count the letters of a text, too.
      z.refine((ids) => ids.length > 0, 'must name at least one, or be left out'),
      z.refine((ids) => ids.length <= maxLength, `must name at most ${maxLength}`),
      z.refine((ids) => new Set(ids).size === ids.length, 'names one twice'),
    ),
  );
}

/** Body of `POST /connections/{connection_id}/tokens`. */
export const tokenBody = z.strictObject({
  actions: buildList(actionId, ACTION_IDS.size),
  guild_ids: buildList(snowflake, MAX_PLACES),
  channel_ids: buildList(snowflake, MAX_PLACES),
  expires_in: z.optional(
    z
      .number()
      .check(
        z.refine(
          (value) => Number.isInteger(value) && value >= MIN_TOKEN_LIFE_SECONDS && value <= MAX_TOKEN_LIFE_SECONDS,
          LIFE_RULE,
        ),
      ),
  ),
});

export function toConnectionTokenInput(body: Partial<z.infer<typeof tokenBody>>): ConnectionTokenInput {
  return {
    ...(body.actions === undefined ? {} : { actions: body.actions }),
    ...(body.guild_ids === undefined ? {} : { guildIds: body.guild_ids }),
    ...(body.channel_ids === undefined ? {} : { channelIds: body.channel_ids }),
    ...(body.expires_in === undefined ? {} : { expiresInSeconds: body.expires_in }),
  };
}
