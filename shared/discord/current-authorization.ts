import * as z from 'zod/mini';
import type { DiscordRequest } from '../app/ports.ts';

/** Who a token belongs to and what it may do. `user` is absent without the scope `identify`. */
export interface CurrentAuthorization {
  readonly scopes: readonly string[];
  readonly user?: { readonly id: string; readonly username: string; readonly globalName: string | null };
}

const schema = z.object({
  scopes: z.array(z.string()),
  user: z.optional(
    z.object({
      id: z.string().check(z.regex(/^[0-9]{1,20}$/)),
      username: z.string(),
      global_name: z.optional(z.nullable(z.string())),
    }),
  ),
});

/** @see Discord docs: topics/oauth2 (Get Current Authorization Information) */
export function buildCurrentAuthorizationRequest(accessToken: string): DiscordRequest {
  return { method: 'GET', path: '/api/v10/oauth2/@me', headers: { authorization: `Bearer ${accessToken}` } };
}

/** @returns nothing when the answer is not what Discord documents */
export function parseCurrentAuthorization(body: Uint8Array): CurrentAuthorization | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) return undefined;
  const { scopes, user } = parsed.data;
  return {
    scopes,
    ...(user === undefined
      ? {}
      : { user: { id: user.id, username: user.username, globalName: user.global_name ?? null } }),
  };
}
