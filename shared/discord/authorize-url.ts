/** What is sent to Discord's consent screen. */
export interface AuthorizeRequest {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly state: string;
  readonly codeChallenge?: string;
  readonly permissions?: string;
  readonly guildId?: string;
}

/**
 * Builds the address of Discord's consent screen.
 * @see Discord docs: topics/oauth2 (Authorization Code Grant) · RFC 6749 §4.1.1 · RFC 7636 §4.3
 */
export function buildAuthorizeUrl(discordBaseUrl: string, request: AuthorizeRequest): string {
  const url = new URL('/oauth2/authorize', discordBaseUrl);
  const parameters: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: request.clientId,
    scope: request.scopes.join(' '),
    redirect_uri: request.redirectUri,
    state: request.state,
    prompt: 'consent',
    code_challenge: request.codeChallenge,
    code_challenge_method: request.codeChallenge === undefined ? undefined : 'S256',
    permissions: request.permissions,
    guild_id: request.guildId,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  // Discord wants a space as %20 (topics/oauth2); URLSearchParams writes it as +.
  return url.href.replaceAll('+', '%20');
}
