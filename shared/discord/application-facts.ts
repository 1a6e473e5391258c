import * as z from 'zod/mini';
import { PRIVILEGED_INTENTS, type PrivilegedIntent } from '../catalogue/action.ts';

/** What Discord says about the application of a bot token, as far as we look at it. */
export interface ApplicationFacts {
  readonly id: string;
  readonly name: string;
  /** Hex, 32 bytes: with it Discord signs events. */
  readonly verifyKey: string;
  readonly intents: readonly PrivilegedIntent[];
  /** Absent when Discord does not show them. */
  readonly redirectUris?: readonly string[];
  readonly isCodeGrantRequired: boolean;
}

/**
 * Flags of an application that say whether an intent is on; the second of each pair is for bots in fewer than 100 guilds.
 * @see Discord docs: resources/application (Application Flags)
 */
const INTENT_FLAGS: Readonly<Record<PrivilegedIntent, bigint>> = {
  GUILD_MEMBERS: (1n << 14n) | (1n << 15n),
  MESSAGE_CONTENT: (1n << 18n) | (1n << 19n),
};

const application = z.object({
  id: z.string(),
  name: z.string(),
  verify_key: z.string(),
  flags: z.optional(z.nullable(z.number())),
  flags_new: z.optional(z.nullable(z.string().check(z.regex(/^[0-9]{1,20}$/)))),
  redirect_uris: z.optional(z.nullable(z.array(z.string()))),
  bot_require_code_grant: z.optional(z.nullable(z.boolean())),
});

/** @returns nothing when the answer has not the documented form */
export function parseApplicationFacts(value: unknown): ApplicationFacts | undefined {
  const { data } = application.safeParse(value);
  if (data === undefined) return undefined;
  const flags = BigInt(data.flags_new ?? data.flags ?? 0);
  return {
    id: data.id,
    name: data.name,
    verifyKey: data.verify_key,
    intents: PRIVILEGED_INTENTS.filter((intent) => (flags & INTENT_FLAGS[intent]) !== 0n),
    isCodeGrantRequired: data.bot_require_code_grant === true,
    ...(data.redirect_uris ? { redirectUris: data.redirect_uris } : {}),
  };
}
