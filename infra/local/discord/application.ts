import { buildBotToken, buildClientSecret } from './secret-shapes.ts';
import type { Simulation } from './simulation.ts';
import type { ApplicationRecord, PrivilegedIntent } from './state/records.ts';

/** Client id of the application that every simulator has, unless another is asked for. */
export const DEFAULT_CLIENT_ID = '1157382094513872926';

/** Those that Discord gives on request only. */
export const PRIVILEGED_INTENTS: readonly PrivilegedIntent[] = ['GUILD_MEMBERS', 'MESSAGE_CONTENT'];

/** Discord takes ten (discord-api-docs #4290). */
export const MAX_REDIRECT_URIS = 10;

/** Characters. */
export const MAX_APPLICATION_NAME_LENGTH = 32;

/** What can be said about an application when it is registered; the rest is made. */
export interface NewApplication {
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
  readonly bot_token?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  /** Whose token client credentials give. The first user of the world when absent. */
  readonly owner_user_id?: string | undefined;
  readonly redirect_uris?: readonly string[] | undefined;
  /** "Requires OAuth2 Code Grant" of the portal. On when absent. */
  readonly bot_require_code_grant?: boolean | undefined;
  /** "Public Bot" of the portal. On when absent. */
  readonly bot_public?: boolean | undefined;
  /** Scopes that Discord gives on request only. None when absent. */
  readonly approved_scopes?: readonly string[] | undefined;
  /** Privileged intents that are switched on. Both when absent. */
  readonly intents?: readonly PrivilegedIntent[] | undefined;
}

/** Makes the record of a new application, with fresh secrets where none were given. */
export function buildApplication(simulation: Simulation, application: NewApplication): ApplicationRecord {
  const { random, store, world } = simulation;
  const clientId = application.client_id ?? store.nextSnowflake(simulation.nowEpochMs());
  return {
    clientId,
    clientSecret: application.client_secret ?? buildClientSecret(random),
    name: application.name,
    description: application.description ?? '',
    ownerUserId: application.owner_user_id ?? world.users[0]?.id ?? '',
    redirectUris: [...(application.redirect_uris ?? [])],
    botToken: application.bot_token ?? buildBotToken(random, clientId),
    botRequireCodeGrant: application.bot_require_code_grant ?? true,
    botPublic: application.bot_public ?? true,
    approvedScopes: [...(application.approved_scopes ?? [])],
    intents: [...(application.intents ?? PRIVILEGED_INTENTS)],
    signingSeedHex: random(32).toString('hex'),
  };
}

/**
 * Checks URIs before they are registered.
 * @returns one sentence, or undefined when all are sound
 */
export function findRedirectUriProblem(redirectUris: readonly string[]): string | undefined {
  if (redirectUris.length > MAX_REDIRECT_URIS) return `at most ${MAX_REDIRECT_URIS} redirect URIs can be registered`;
  const bad = redirectUris.find((uri) => !URL.canParse(uri) || uri.includes('#') || /[\s*]/.test(uri));
  return bad === undefined ? undefined : `not an absolute URI without fragment and wildcard: ${bad}`;
}
