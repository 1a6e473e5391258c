import * as z from 'zod/mini';
import { snowflake, time } from '../parameters.ts';
import { integer, MAX_INT, maybe, snowflakes, text } from './fields.ts';

const common = {
  nick: maybe(text(0, 32)),
  mute: maybe(z.boolean()),
  deaf: maybe(z.boolean()),
};

/** @see Discord docs: resources/guild (Add Guild Member); the layer adds `access_token` */
export const memberAddBody = z.strictObject({ ...common, roles: maybe(snowflakes(0, 250)) });

/** `roles` replaces all that the member has. @see Discord docs: resources/guild (Modify Guild Member) */
export const memberEditBody = z.strictObject({
  ...common,
  roles: maybe(snowflakes(0, 350)),
  channel_id: maybe(snowflake),
  communication_disabled_until: maybe(time),
  flags: maybe(integer(0, MAX_INT)),
});
