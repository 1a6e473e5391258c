import * as oauth from 'oauth4webapi';
import type { AppCredentials, Deadline, DiscordClient } from './ports.ts';
import type { Secret } from '../domain/secret.ts';
import { parseRetryAfter } from '../discord/rate-headers.ts';
import {
  findTokenToDispose,
  normalizeTokenAnswer,
  parseTokenAnswer,
  type TokenAnswer,
} from '../discord/token-answer.ts';
import { fail, ok, type Result } from '../result.ts';
import type { DiscordFailure } from '../problems/failure.ts';

/** Why Discord's token endpoint gave no tokens. */
export type TokenFailure =
  | { readonly reason: 'grant_rejected' }
  | { readonly reason: 'client_rejected' }
  /** Not sent: the secret belongs to another application than the one that the tokens are for. */
  | { readonly reason: 'client_mismatch' }
  /** Answered 200 with something unusable; `salvage` is the raw body, which may hold a live token. */
  | { readonly reason: 'answer_unusable'; readonly salvage: Secret }
  | Exclude<DiscordFailure, { reason: 'discord_rejected' }>;

export interface TokenEndpointDeps {
  readonly discord: DiscordClient;
  readonly discordBaseUrl: string;
  /** Wraps a raw body so that it cannot be printed. */
  readonly seal: (text: string) => Secret;
}

/**
 * Discord's token and revocation endpoints, spoken to through `oauth4webapi`. Its traps are handled here and nowhere else:
 * client authentication by form fields (its Basic percent-encodes `-` and `_`), a `WWW-Authenticate` header that would hide
 * `invalid_client`, and a 200 body that is kept until it has been read, so that no issued token is lost to a strict parser.
 * @see RFC 6749 §4.1.3, §5, §6 · RFC 7009 · Discord docs: topics/oauth2
 */
export function createTokenEndpoint({ discord, discordBaseUrl, seal }: TokenEndpointDeps) {
  const server: oauth.AuthorizationServer = {
    issuer: discordBaseUrl,
    token_endpoint: `${discordBaseUrl}/api/oauth2/token`,
    revocation_endpoint: `${discordBaseUrl}/api/oauth2/token/revoke`,
  };

  const requestTokens = async (
    send: (options: oauth.TokenEndpointRequestOptions) => Promise<Response>,
    credentials: AppCredentials,
    askedScopes: readonly string[],
    deadline: Deadline,
  ): Promise<Result<TokenAnswer, TokenFailure>> => {
    const wire = createWire(discord, discordBaseUrl, deadline);
    try {
      const response = await send(wire.options);
      const parameters = await oauth.processGenericTokenEndpointResponse(
        server,
        { client_id: credentials.clientId },
        response,
      );
      if (parameters.token_type !== 'bearer') return fail({ reason: 'answer_unusable', salvage: seal(wire.body) });
      return ok(parseTokenAnswer(parameters, askedScopes));
    } catch (error) {
      // Causes of these errors hold the whole answer, tokens included: they are looked at here and go no further.
      // Broken off half-way, but Discord has issued tokens: what there is of them can at least be revoked.
      if (findTokenToDispose(wire.brokenBody) !== undefined)
        return fail({ reason: 'answer_unusable', salvage: seal(wire.brokenBody) });
      if (wire.failure !== undefined) return fail(wire.failure);
      if (error instanceof oauth.ResponseBodyError) return fail(toTokenFailure(error.error));
      if (wire.status === 200) return fail({ reason: 'answer_unusable', salvage: seal(wire.body) });
      return fail({ reason: 'discord_answer_unreadable' });
    }
  };

  return {
    /** Exchanges an authorization code. A code works once, whatever the answer. */
    exchangeCode: (
      credentials: AppCredentials,
      input: { code: string; verifier?: string; redirectUri: string; askedScopes: readonly string[] },
      deadline: Deadline,
    ) => {
      const client = { client_id: credentials.clientId };
      const callback = oauth.validateAuthResponse(
        server,
        client,
        new URLSearchParams({ code: input.code }),
        oauth.expectNoState,
      );
      return requestTokens(
        (options) =>
          oauth.authorizationCodeGrantRequest(
            server,
            client,
            oauth.ClientSecretPost(credentials.clientSecret.reveal()),
            callback,
            input.redirectUri,
            // eslint-disable-next-line @typescript-eslint/no-deprecated -- PKCE is switchable (integration.pkce)
            input.verifier ?? oauth.nopkce,
            options,
          ),
        credentials,
        input.askedScopes,
        deadline,
      );
    },

    /**
     * Trades a refresh token for a new pair; the old one is spent by this. The scopes are sent along, since without them
     * Discord answers with everything the user ever granted (discord-api-docs #2222, #3180).
     */
    refresh: (
      credentials: AppCredentials,
      input: { refreshToken: string; scopes: readonly string[] },
      deadline: Deadline,
    ) =>
      requestTokens(
        (options) =>
          oauth.refreshTokenGrantRequest(
            server,
            { client_id: credentials.clientId },
            oauth.ClientSecretPost(credentials.clientSecret.reveal()),
            input.refreshToken,
            { ...options, additionalParameters: { scope: input.scopes.join(' ') } },
          ),
        credentials,
        input.scopes,
        deadline,
      ),

    /** Revokes a token, and with it every token that the application holds for that user (topics/oauth2). */
    revoke: async (
      credentials: AppCredentials,
      token: string,
      deadline: Deadline,
    ): Promise<Result<undefined, TokenFailure>> => {
      const wire = createWire(discord, discordBaseUrl, deadline);
      try {
        const response = await oauth.revocationRequest(
          server,
          { client_id: credentials.clientId },
          oauth.ClientSecretPost(credentials.clientSecret.reveal()),
          token,
          wire.options,
        );
        // RFC 7009 §2.2 says 200; Discord's documentation names no code, so any success counts.
        if (response.ok) return ok(undefined);
        await oauth.processRevocationResponse(response);
        return ok(undefined);
      } catch (error) {
        if (wire.failure !== undefined) return fail(wire.failure);
        if (error instanceof oauth.ResponseBodyError) return fail(toTokenFailure(error.error));
        return fail({ reason: 'discord_answer_unreadable' });
      }
    },
  };
}

export type TokenEndpoint = ReturnType<typeof createTokenEndpoint>;

function toTokenFailure(error: string): TokenFailure {
  // An unknown grant and a malformed one were told apart differently over the years (discord-api-docs #2027, #5254).
  if (error === 'invalid_grant' || error === 'invalid_request' || error === 'invalid_scope')
    return { reason: 'grant_rejected' };
  if (error === 'invalid_client' || error === 'unauthorized_client') return { reason: 'client_rejected' };
  return { reason: 'discord_answer_unreadable' };
}

/** One request on the wire: sends through our client and keeps what came back until it has been understood. */
function createWire(discord: DiscordClient, discordBaseUrl: string, deadline: Deadline) {
  const wire = {
    body: '',
    brokenBody: '',
    status: 0,
    failure: undefined as Exclude<DiscordFailure, { reason: 'discord_rejected' }> | undefined,
    options: {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the simulator on loopback speaks plain http
      [oauth.allowInsecureRequests]: discordBaseUrl.startsWith('http://'),
      [oauth.customFetch]: async (
        url: string,
        init: { method: string; headers: Record<string, string>; body?: URLSearchParams | null },
      ) => {
        const sent = await discord.send(
          {
            method: init.method,
            path: url.slice(discordBaseUrl.length),
            headers: init.headers,
            onBrokenAnswer: (status, received) => {
              if (status === 200) wire.brokenBody = Buffer.from(received).toString('utf8');
            },
            ...(init.body === undefined || init.body === null ? {} : { body: init.body.toString() }),
          },
          deadline,
        );
        if (!sent.ok) {
          wire.failure = sent.failure;
          throw new Error(sent.failure.reason);
        }
        const { status, headers, body } = sent.value;
        wire.status = status;
        wire.body = Buffer.from(body).toString('utf8');
        if (status === 429) wire.failure = parseRetryAfter(headers, wire.body);
        if (status >= 500) wire.failure = { reason: 'discord_unavailable', status };
        if (wire.failure !== undefined) throw new Error(wire.failure.reason);
        const kept = new Headers(headers);
        for (const name of ['www-authenticate', 'content-encoding', 'content-length', 'transfer-encoding'])
          kept.delete(name);
        const isBodyless = status === 204 || status === 304;
        return new Response(isBodyless ? null : status === 200 ? normalizeTokenAnswer(wire.body) : wire.body, {
          status,
          headers: kept,
        });
      },
    },
  };
  return wire;
}
