import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import type { Simulator, SimulatorOptions } from '../../../infra/local/discord/simulator.ts';
import { startSimulator } from '../../../infra/local/discord/simulator.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';

/** The one redirect URI that the test application has registered. */
export const REDIRECT_URI = 'http://localhost:3000/integration-callback';

/** What Discord demands of every API client. */
export const USER_AGENT = 'DiscordBot (https://example.com/app, 1.0.0)';

/** A PKCE pair that fits together. */
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

/** Starts a simulator whose application has the test redirect URI. */
export function startTestSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  return startSimulator({ ...options, application: { redirect_uris: [REDIRECT_URI], ...options.application } });
}

/** An answer with its body read. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as a JSON object; empty when it is none. */
  readonly json: Record<string, unknown>;
}

/** Fields to send; undefined ones are left out. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** An application and its user's browser, by script: each method is one HTTP request that follows no redirect. */
export class ScriptedApp {
  readonly simulator: Simulator;

  constructor(simulator: Simulator) {
    this.simulator = simulator;
  }

  /** The query of a sound authorization request, with changes. */
  authorizeFields(changes: Fields = {}): Fields {
    return {
      response_type: 'code',
      client_id: this.simulator.application.clientId,
      redirect_uri: REDIRECT_URI,
      scope: 'identify',
      state: 'state-1',
      ...changes,
    };
  }

  openConsent(changes: Fields = {}): Promise<Reply> {
    return this.send(`/oauth2/authorize?${encode(this.authorizeFields(changes))}`, {});
  }

  /** Posts the consent form; `user_id` and `decision` default to Ada's yes. */
  postConsent(changes: Fields = {}): Promise<Reply> {
    const fields = this.authorizeFields({ user_id: SEED_USERS.ada.id, decision: 'authorize', ...changes });
    return this.postForm('/oauth2/authorize', fields, {});
  }

  /** Consents and gives the code. */
  async obtainCode(changes: Fields = {}): Promise<string> {
    const reply = await this.postConsent(changes);
    return readCallback(reply).get('code') ?? `no code: ${reply.status} ${reply.text}`;
  }

  /** A token request with the client's secret in the form. */
  requestToken(fields: Fields, headers: Record<string, string> = {}): Promise<Reply> {
    const { clientId, clientSecret } = this.simulator.application;
    return this.postForm(
      '/api/oauth2/token',
      { client_id: clientId, client_secret: clientSecret, ...fields },
      { 'user-agent': USER_AGENT, ...headers },
    );
  }

  exchange(code: string, changes: Fields = {}): Promise<Reply> {
    return this.requestToken({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...changes });
  }

  refresh(refreshToken: unknown, changes: Fields = {}): Promise<Reply> {
    return this.requestToken({ grant_type: 'refresh_token', refresh_token: String(refreshToken), ...changes });
  }

  revoke(token: unknown, changes: Fields = {}): Promise<Reply> {
    const { clientId, clientSecret } = this.simulator.application;
    const fields = { client_id: clientId, client_secret: clientSecret, token: String(token), ...changes };
    return this.postForm('/api/oauth2/token/revoke', fields, { 'user-agent': USER_AGENT });
  }

  /** Consents and exchanges. */
  async connect(changes: Fields = {}): Promise<Record<string, unknown>> {
    const reply = await this.exchange(await this.obtainCode(changes));
    return reply.json;
  }

  /** An API call below `/api/v10` with a bearer. */
  get(path: string, accessToken: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send(`/api/v10${path}`, {
      headers: { authorization: `Bearer ${String(accessToken)}`, 'user-agent': USER_AGENT, ...headers },
    });
  }

  postForm(path: string, fields: Fields, headers: Record<string, string>): Promise<Reply> {
    const body = encode(fields);
    return this.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });
  }

  async send(path: string, init: RequestInit): Promise<Reply> {
    const response = await fetch(`${this.simulator.baseUrl}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: readObject(text) };
  }
}

/**
 * A GET with path and headers exactly as given: `fetch` tidies dot segments up and sets Host itself.
 * @param headers - by name, or name and value in turn where one name comes twice
 */
export function sendAsIs(
  baseUrl: string,
  path: string,
  headers: Readonly<Record<string, string>> | readonly string[],
): Promise<{ status: number | undefined; text: string }> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers }, (response) => {
      readText(response).then((text) => resolve({ status: response.statusCode, text }), reject);
    });
    sent.on('error', reject).end();
  });
}

/** The query of a redirect to the application. */
export function readCallback(reply: Reply): URLSearchParams {
  const location = reply.headers.get('location');
  return location === null ? new URLSearchParams() : new URL(location).searchParams;
}

function encode(fields: Fields): string {
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given).toString();
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
