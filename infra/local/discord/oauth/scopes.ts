/** How a scope can be had. `approval` = only applications that Discord has approved; `client` = only by client credentials. */
export type ScopeAccess = 'open' | 'approval' | 'client';

interface ScopeEntry {
  readonly access: ScopeAccess;
  /** What the consent page tells the user. */
  readonly meaning: string;
}

const NOT_OVER_HTTP = 'Does nothing over HTTP; it is for the desktop client on the same computer';

/**
 * Every scope that Discord names.
 * @see Discord docs: topics/oauth2#shared-resources-oauth2-scopes
 */
export const SCOPES: Readonly<Record<string, ScopeEntry>> = {
  identify: { access: 'open', meaning: 'See your user name, avatar and banner' },
  email: { access: 'open', meaning: 'See your e-mail address' },
  guilds: { access: 'open', meaning: 'Know which servers you are in' },
  'guilds.members.read': { access: 'open', meaning: 'Read your own member info in a server' },
  'guilds.join': { access: 'open', meaning: 'Join servers for you' },
  'gdm.join': { access: 'open', meaning: 'Join group DMs for you' },
  connections: { access: 'open', meaning: 'See your linked accounts, hidden ones too' },
  bot: { access: 'open', meaning: 'Add a bot to a server' },
  'webhook.incoming': { access: 'open', meaning: 'Create a webhook in a channel' },
  'applications.commands': { access: 'open', meaning: 'Create commands' },
  'applications.commands.permissions.update': { access: 'open', meaning: 'Change who may use its commands' },
  'applications.entitlements': { access: 'open', meaning: 'Read your entitlements' },
  'applications.builds.read': { access: 'open', meaning: 'Read its builds' },
  'applications.store.update': { access: 'open', meaning: 'Change its store data' },
  'role_connections.write': { access: 'open', meaning: 'Update your linked-role data' },
  openid: { access: 'open', meaning: 'Confirm who you are' },
  'messages.read': { access: 'open', meaning: NOT_OVER_HTTP },
  'applications.commands.update': { access: 'client', meaning: 'Update its own commands' },
  'identify.premium': { access: 'approval', meaning: 'See your Nitro level' },
  'relationships.read': { access: 'approval', meaning: 'See your friends' },
  'dm_channels.read': { access: 'approval', meaning: 'See your direct messages' },
  'activities.read': { access: 'approval', meaning: 'See your activities' },
  'activities.write': { access: 'approval', meaning: 'Change your activity' },
  'activities.invites.write': { access: 'approval', meaning: 'Send activity invites' },
  'applications.builds.upload': { access: 'approval', meaning: 'Upload builds' },
  voice: { access: 'approval', meaning: 'Connect to voice' },
  rpc: { access: 'approval', meaning: NOT_OVER_HTTP },
  'rpc.activities.write': { access: 'approval', meaning: NOT_OVER_HTTP },
  'rpc.notifications.read': { access: 'approval', meaning: NOT_OVER_HTTP },
  'rpc.screenshare.read': { access: 'approval', meaning: NOT_OVER_HTTP },
  'rpc.screenshare.write': { access: 'approval', meaning: NOT_OVER_HTTP },
  'rpc.video.read': { access: 'approval', meaning: NOT_OVER_HTTP },
  'rpc.video.write': { access: 'approval', meaning: NOT_OVER_HTTP },
  'rpc.voice.read': { access: 'approval', meaning: NOT_OVER_HTTP },
  'rpc.voice.write': { access: 'approval', meaning: NOT_OVER_HTTP },
};

/** Scopes that show the consent screen always, since each grant makes something new. */
export const PASSTHROUGH_SCOPES: readonly string[] = ['bot', 'webhook.incoming'];

/** Scopes that alone need no code: an install link. */
export const INSTALL_SCOPES: readonly string[] = ['bot', 'applications.commands'];

/** Scopes that make no sense without a user who picks a server. */
const CONSENT_ONLY_SCOPES: readonly string[] = ['bot', 'webhook.incoming', 'applications.commands'];

/**
 * Reads a `scope` parameter: names with one space between them (RFC 6749 §3.3).
 * @returns the names without repetition, or undefined when the text is empty or has other white space
 */
export function parseScopes(text: string): string[] | undefined {
  const scopes = text.split(' ');
  return scopes.includes('') || /[^\S ]/.test(text) ? undefined : [...new Set(scopes)];
}

/**
 * Whether an application may ask for the scope.
 * @param approvedScopes - what Discord has approved for it
 * @param by - a user's consent, or the application's own credentials
 */
export function isScopeOffered(scope: string, approvedScopes: readonly string[], by: 'consent' | 'client'): boolean {
  const access = Object.hasOwn(SCOPES, scope) ? SCOPES[scope]?.access : undefined;
  if (access === 'approval') return approvedScopes.includes(scope);
  if (access === 'client') return by === 'client';
  return access === 'open' && (by === 'consent' || !CONSENT_ONLY_SCOPES.includes(scope));
}
