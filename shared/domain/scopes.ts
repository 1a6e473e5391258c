/** One OAuth scope of Discord that an operator can enable. */
export interface ScopeInfo {
  readonly name: string;
  /** What it opens over HTTP, in plain words. */
  readonly opens: string;
}

/**
 * The scopes that the layer offers, the founding eight first.
 * @see Discord docs: topics/oauth2 (OAuth2 Scopes)
 */
export const SCOPES: readonly ScopeInfo[] = [
  { name: 'identify', opens: "the user's profile without email; always asked, since it names the user" },
  { name: 'email', opens: "the user's email address in the profile" },
  { name: 'guilds', opens: 'the list of guilds the user is in' },
  { name: 'guilds.members.read', opens: "the user's own member object in one guild" },
  { name: 'messages.read', opens: 'nothing over HTTP (Discord offers it to local desktop clients only)' },
  { name: 'connections', opens: 'accounts elsewhere that the user has linked' },
  { name: 'bot', opens: "installation of the application's bot in a guild the user manages" },
  { name: 'webhook.incoming', opens: 'one new webhook in a channel the user chooses' },
  { name: 'guilds.join', opens: "adding the user to a guild of the bot's (member.add)" },
];

/** Always asked: `/oauth2/@me` names the user only with it. */
export const REQUIRED_SCOPE = 'identify';

/** Asked when a connect session names none, and the least an integration enables. */
export const DEFAULT_SCOPES: readonly string[] = ['identify', 'email', 'guilds'];

const KNOWN = new Set(SCOPES.map((scope) => scope.name));

export function isKnownScope(name: string): boolean {
  return KNOWN.has(name);
}

/** Asked scopes as sent to Discord: each once, `identify` always among them. */
export function buildRequestedScopes(asked: readonly string[]): string[] {
  return [...new Set([REQUIRED_SCOPE, ...asked])];
}

/** Granted scopes of a token answer (space-separated, RFC 6749 §3.3); when absent, the asked ones were granted (§5.1). */
export function parseGrantedScopes(granted: string | undefined, asked: readonly string[]): string[] {
  return granted === undefined ? [...asked] : [...new Set(granted.split(' ').filter((scope) => scope !== ''))];
}

export function computeMissingScopes(needed: readonly string[], held: readonly string[]): string[] {
  return needed.filter((scope) => !held.includes(scope));
}
