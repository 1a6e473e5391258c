/** What an app's back end needs of the gateway, over plain `fetch`. Copy it, or generate a client from the OpenAPI document. */

export interface Connection {
  readonly id: string;
  readonly user_id: string;
  readonly status: 'active' | 'reconnect_required' | 'disconnected';
  readonly discord_user: { readonly id: string; readonly username: string; readonly global_name: string | null };
  readonly scopes: readonly string[];
}

/** A refusal of the gateway: an RFC 9457 problem. `code` is what to branch on, `message` is for people. */
export class GatewayError extends Error {
  override name = 'GatewayError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, problem: { readonly code?: string; readonly title?: string; readonly detail?: string }) {
    super(problem.detail ?? problem.title ?? `the gateway answered ${status}`);
    this.status = status;
    this.code = problem.code ?? 'unknown';
  }
}

export class GatewayClient {
  readonly #url: string;
  readonly #apiKey: string;

  constructor(gatewayUrl: string, apiKey: string) {
    this.#url = gatewayUrl;
    this.#apiKey = apiKey;
  }

  /** Makes a single-use link that sends one user to Discord and back to `returnUrl`. */
  createSession(userId: string, returnUrl: string): Promise<{ id: string; authorize_url: string; expires_at: string }> {
    return this.#send('POST', '/connect-sessions', { user_id: userId, return_url: returnUrl });
  }

  /** Says that the user who came back is the one the session was made for. Discord's code lives about 100 seconds. */
  confirm(sessionId: string, userId: string, confirmationCode: string): Promise<Connection> {
    const body = { user_id: userId, confirmation_code: confirmationCode };
    return this.#send('POST', `/connect-sessions/${encodeURIComponent(sessionId)}/confirm`, body);
  }

  /** Calls Discord for the connected user: Discord's own paths and answers. */
  discord<T>(connectionId: string, path: string): Promise<T> {
    return this.#send('GET', `/connections/${encodeURIComponent(connectionId)}/api/v10${path}`);
  }

  /**
   * Makes a bearer for this one connection, to hand to a page or an agent: an hour at most, and only for the named actions.
   * @param limits - `actions` are ids of the catalogue; absent: whatever the API key may do
   */
  createToken(
    connectionId: string,
    limits: {
      readonly actions?: readonly string[];
      readonly guild_ids?: readonly string[];
      readonly expires_in?: number;
    } = {},
  ): Promise<{ id: string; token: string; expires_at: string; actions: readonly string[] }> {
    return this.#send('POST', `/connections/${encodeURIComponent(connectionId)}/tokens`, limits);
  }

  disconnect(connectionId: string): Promise<Connection> {
    return this.#send('DELETE', `/connections/${encodeURIComponent(connectionId)}`);
  }

  async #send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok)
      throw new GatewayError(response.status, Object(answer) as ConstructorParameters<typeof GatewayError>[1]);
    return answer as T;
  }
}
