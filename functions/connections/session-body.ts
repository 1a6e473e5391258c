import * as z from 'zod/mini';
import type { ConnectSessionInput } from '../../shared/app/create-connect-session.ts';
import { snowflake } from '../../shared/catalogue/parameters.ts';
import { userIdSchema } from '../../shared/http/input-schemas.ts';

/** Discord's permissions are a decimal bit field of at most 64 bits. @see Discord docs: topics/permissions */
const permissionBits = z
  .string()
  .check(z.regex(/^(0|[1-9][0-9]{0,18})$/, 'must be permission bits as a decimal string'));

/** Body of `POST /connect-sessions`. */
export const sessionBody = z.strictObject({
  user_id: userIdSchema,
  return_url: z.string().check(z.minLength(1, 'must not be empty')),
  scopes: z.optional(
    z.array(z.string().check(z.maxLength(64, 'is not a scope'))).check(
      z.minLength(1, 'must name at least one scope, or be left out'),
      z.maxLength(32, 'names too many scopes'),
      z.refine((scopes) => new Set(scopes).size === scopes.length, 'names a scope twice'),
    ),
  ),
  permissions: z.optional(permissionBits),
  guild_id: z.optional(snowflake),
  connection_id: z.optional(z.string().check(z.maxLength(64, 'is not a connection id'))),
});

export function toConnectSessionInput(body: z.infer<typeof sessionBody>): ConnectSessionInput {
  return {
    userId: body.user_id,
    returnUrl: body.return_url,
    ...(body.scopes === undefined ? {} : { scopes: body.scopes }),
    ...(body.permissions === undefined ? {} : { permissions: body.permissions }),
    ...(body.guild_id === undefined ? {} : { guildId: body.guild_id }),
    ...(body.connection_id === undefined ? {} : { connectionId: body.connection_id }),
  };
}
