import * as z from 'zod/mini';
import { parseGrantedScopes } from '../domain/scopes.ts';

/** A token answer as we use it: the pair, its life, what was granted and what came along. */
export interface TokenAnswer {
  readonly accessToken: string;
  /** Absent when Discord sent none. */
  readonly refreshToken?: string;
  /** Seconds from receipt. */
  readonly expiresInSeconds: number;
  readonly scopes: readonly string[];
  readonly guild?: { readonly id: string; readonly name: string };
  readonly webhook?: {
    readonly id: string;
    readonly channelId: string;
    readonly guildId: string;
    readonly token?: string;
  };
}

/** Seconds. What Discord documents as a token's life (7 days); an answer may shorten but never stretch it. */
const MAX_EXPIRES_IN_SECONDS = 604_800;

const id = z.string().check(z.regex(/^[0-9]{1,20}$/));
const guildSchema = z.object({ id, name: z.string() });
const webhookSchema = z.object({ id, channel_id: id, guild_id: id, token: z.optional(z.string()) });

/**
 * Mends what is harmless in a 200 token answer before it is checked strictly: an `expires_in` that is missing, negative,
 * not a number or absurdly large. A token whose life is not known counts as expired at once, so that it is refreshed
 * before use and nothing is lost. An `id_token` is left out: we ask for none, and a malformed one would spoil the rest.
 * @param text - body of the answer
 * @returns JSON with a whole `expires_in` from 0 to 604800, or the text unchanged when it is not a JSON object
 */
export function normalizeTokenAnswer(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return text;
  const given = 'expires_in' in value ? value.expires_in : undefined;
  // Not just Number(): it throws for an object with a member `toString`.
  const expiresIn = typeof given === 'number' || typeof given === 'string' ? Number(given) : Number.NaN;
  const seconds = Number.isFinite(expiresIn) ? Math.trunc(expiresIn) : 0;
  return JSON.stringify({
    ...value,
    id_token: undefined,
    expires_in: Math.min(Math.max(seconds, 0), MAX_EXPIRES_IN_SECONDS),
  });
}

/**
 * Reads the checked parameters of a token answer. `guild` and `webhook` are read leniently: they are extras, and one that
 * does not fit must not cost the user the whole connection.
 * @param askedScopes - what was asked, for an answer that names no scope (RFC 6749 §5.1)
 * @see Discord docs: topics/oauth2 (Advanced Bot Authorization, Webhooks)
 */
export function parseTokenAnswer(
  parameters: Readonly<Record<string, unknown>>,
  askedScopes: readonly string[],
): TokenAnswer {
  const { access_token, refresh_token, expires_in, scope } = parameters;
  const guild = guildSchema.safeParse(parameters['guild']);
  const webhook = webhookSchema.safeParse(parameters['webhook']);
  return {
    accessToken: String(access_token),
    ...(typeof refresh_token === 'string' ? { refreshToken: refresh_token } : {}),
    expiresInSeconds: Number(expires_in),
    scopes: parseGrantedScopes(typeof scope === 'string' ? scope : undefined, askedScopes),
    ...(guild.success ? { guild: { id: guild.data.id, name: guild.data.name } } : {}),
    ...(webhook.success
      ? {
          webhook: {
            id: webhook.data.id,
            channelId: webhook.data.channel_id,
            guildId: webhook.data.guild_id,
            ...(webhook.data.token === undefined ? {} : { token: webhook.data.token }),
          },
        }
      : {}),
  };
}

/**
 * Looks for a token in an answer that is otherwise unusable, cut off in the middle for example, so that what Discord has
 * issued can still be revoked and does not stay alive in nobody's hands.
 */
export function findTokenToDispose(text: string): string | undefined {
  return /"(?:access|refresh)_token"\s*:\s*"([A-Za-z0-9._~+/=-]{8,512})"/.exec(text)?.[1];
}
