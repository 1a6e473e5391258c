import * as z from 'zod/mini';
import type { ConnectSessionInput } from '../../shared/app/create-connect-session.ts';
import { snowflake } from '../../shared/catalogue/parameters.ts';
import { permissionBits, scopeList, userIdSchema } from '../../shared/http/input-schemas.ts';

/** Body of `POST /connect-sessions`. */
export const sessionBody = z.strictObject({
  user_id: userIdSchema,
  return_url: z.optional(z.string().check(z.minLength(1, 'must not be empty'))),
  scopes: z.optional(scopeList),
  permissions: z.optional(permissionBits),
  guild_id: z.optional(snowflake),
  connection_id: z.optional(z.string().check(z.maxLength(64, 'is not a connection id'))),
});

export function toConnectSessionInput(body: z.infer<typeof sessionBody>): ConnectSessionInput {
  return {
    userId: body.user_id,
    ...(body.return_url === undefined ? {} : { returnUrl: body.return_url }),
    ...(body.scopes === undefined ? {} : { scopes: body.scopes }),
    ...(body.permissions === undefined ? {} : { permissions: body.permissions }),
    ...(body.guild_id === undefined ? {} : { guildId: body.guild_id }),
    ...(body.connection_id === undefined ? {} : { connectionId: body.connection_id }),
  };
}
