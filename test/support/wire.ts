import type { KnownSecret } from './evidence.ts';

/** An answer of the gateway, read whole. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly text: string;
}

/** An answer with its body as JSON. */
export interface JsonAnswer extends WireAnswer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of any shape
  readonly json: any;
}

export interface SendOptions {
  readonly key?: string;
  readonly json?: unknown;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the person at the consent page chooses. */
export interface Consent {
  readonly userId: string;
  readonly decision?: 'authorize' | 'cancel';
  readonly guildId?: string;
  readonly channelId?: string;
}

export interface SessionInput {
  readonly user_id: string;
  readonly return_url: string;
  readonly scopes?: readonly string[];
  readonly [field: string]: unknown;
}

/** A browser's cookies for the gateway. */
export type CookieJar = Map<string, string>;

/** Real HTTP to gateway and simulator: as an app's back end, and as an end user's browser. Every gateway answer is recorded. */
export class Wire {
  readonly #origin: string;
  readonly #discord: string;
  readonly #answers: WireAnswer[];
  readonly #know: (secret: KnownSecret) => void;

  constructor(origin: string, discord: string, answers: WireAnswer[], know: (secret: KnownSecret) => void) {
    this.#origin = origin;
    this.#discord = discord;
    this.#answers = answers;
    this.#know = know;
  }

  /** Sends one request to the gateway. The path goes out as given (through `fetch`, which normalizes dot segments). */
  async send(method: string, path: string, options: SendOptions = {}): Promise<JsonAnswer> {
    const body = options.json === undefined ? options.body : JSON.stringify(options.json);
    const response = await fetch(`${this.#origin}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
        ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: body as string }),
    });
    const answer: WireAnswer = {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      cookies: response.headers.getSetCookie(),
      text: await response.text(),
    };
    this.#answers.push(answer);
    return { ...answer, json: parseJson(answer.text) };
  }

  createSession(key: string, input: SessionInput): Promise<JsonAnswer> {
    return this.send('POST', '/connect-sessions', { key, json: input });
  }

  /** Opens a connect link in a browser: keeps its cookies and gives the address at Discord, or the page that came instead. */
  async openLink(authorizeUrl: string, jar: CookieJar): Promise<JsonAnswer> {
    const answer = await this.send('GET', authorizeUrl.slice(this.#origin.length));
    for (const cookie of answer.cookies) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
      jar.set(name, value);
      for (const part of value.split('.')) this.#know({ kind: 'connect cookie', value: part, scope: 'logs' });
    }
    const state = new URL(answer.headers['location'] ?? 'none:').searchParams.get('state');
    if (state !== null) this.#know({ kind: 'state', value: state, scope: 'logs' });
    return answer;
  }

  /** Decides at the simulator's consent page. @returns where Discord sends the browser: our callback with its query */
  async consent(discordUrl: string, consent: Consent): Promise<string> {
    const form = new URLSearchParams(new URL(discordUrl).search);
    form.set('user_id', consent.userId);
    form.set('decision', consent.decision ?? 'authorize');
    if (consent.guildId !== undefined) form.set('guild_id', consent.guildId);
    if (consent.channelId !== undefined) form.set('channel_id', consent.channelId);
    const response = await fetch(`${this.#discord}/oauth2/authorize`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    const location = response.headers.get('location');
    if (location === null) throw new Error(`the consent page answered ${response.status}: ${await response.text()}`);
    return location;
  }

  /** Follows the redirect back from Discord in a browser. */
  async returnFromDiscord(callbackUrl: string, jar: CookieJar): Promise<JsonAnswer> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.send('GET', callbackUrl.slice(this.#origin.length), {
      headers: cookie === '' ? {} : { cookie },
    });
    const code = new URL(answer.headers['location'] ?? 'none:', this.#origin).searchParams.get('confirmation_code');
    if (code !== null) this.#know({ kind: 'confirmation code', value: code, scope: 'logs' });
    return answer;
  }

  confirm(key: string, sessionId: string, userId: string, confirmationCode: string): Promise<JsonAnswer> {
    const json = { confirmation_code: confirmationCode, user_id: userId };
    return this.send('POST', `/connect-sessions/${sessionId}/confirm`, { key, json });
  }

  /** Everything up to the app's confirmation: session, link, consent, callback. */
  async comeBack(
    key: string,
    input: SessionInput,
    consent: Consent,
  ): Promise<{ sessionId: string; confirmationCode: string; jar: CookieJar; callbackUrl: string }> {
    const session = await this.createSession(key, input);
    if (session.status !== 201) throw new Error(`no session: ${session.status} ${session.text}`);
    const { id, authorize_url } = session.json as { id: string; authorize_url: string };
    const jar: CookieJar = new Map();
    const opened = await this.openLink(authorize_url, jar);
    const callbackUrl = await this.consent(opened.headers['location'] ?? '', consent);
    const returned = await this.returnFromDiscord(callbackUrl, jar);
    const location = returned.headers['location'];
    if (location === undefined) throw new Error(`no return: ${returned.status} ${returned.text}`);
    const confirmationCode = new URL(location).searchParams.get('confirmation_code') ?? '';
    return { sessionId: id, confirmationCode, jar, callbackUrl };
  }

  /** The whole flow. @returns the connection */
  async connect(key: string, input: SessionInput, consent: Consent): Promise<JsonAnswer['json']> {
    const { sessionId, confirmationCode } = await this.comeBack(key, input, consent);
    const confirmed = await this.confirm(key, sessionId, input.user_id, confirmationCode);
    if (confirmed.status !== 200) throw new Error(`not confirmed: ${confirmed.status} ${confirmed.text}`);
    return confirmed.json;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
