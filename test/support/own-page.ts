import type { Harness } from './harness.ts';
import type { CookieJar, JsonAnswer } from './wire.ts';

/** Where the page of one's own connection is. */
export const OWN_PAGE = '/my/connection';

/** Asks for a link to a connection, as its app. Its secret is known to the leak scan from now on. */
export async function makeUserLink(
  harness: Harness,
  connectionId: string,
  body?: unknown,
  key: string = harness.key,
): Promise<string> {
  const made = await harness.wire.send('POST', `/connections/${connectionId}/user-links`, {
    key,
    ...(body === undefined ? {} : { json: body }),
  });
  if (made.status !== 201) throw new Error(`no link: ${made.status} ${made.text}`);
  const url = String(made.json.url);
  harness.knowSecret({ kind: 'user link', value: readLinkSecret(url), scope: 'logs' });
  return url;
}

export function readLinkSecret(url: string): string {
  return new URL(url).searchParams.get('link') ?? '';
}

/** One browser on the page of its user's connection: keeps cookies, and sends forms as a browser does. */
export class OwnPageBrowser {
  readonly jar: CookieJar = new Map();
  readonly #harness: Harness;

  constructor(harness: Harness) {
    this.#harness = harness;
  }

  /** Follows a link, without its redirect. */
  async follow(url: string): Promise<JsonAnswer> {
    const answer = await this.#harness.wire.send('GET', url.slice(this.#harness.origin.length), this.#cookies());
    for (const cookie of answer.cookies) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
      this.jar.set(name, value);
      this.#harness.knowSecret({ kind: 'user link cookie', value, scope: 'logs' });
    }
    return answer;
  }

  /** Follows a link to the page. */
  async open(url: string): Promise<JsonAnswer> {
    await this.follow(url);
    return this.show();
  }

  show(): Promise<JsonAnswer> {
    return this.#harness.wire.send('GET', OWN_PAGE, this.#cookies());
  }

  /**
   * Sends the form of a page: its hidden fields and what else is ticked.
   * @param page - the page that it stands on
   */
  press(
    page: JsonAnswer,
    ticked: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<JsonAnswer> {
    return this.send({ ...readHiddenFields(page), ...ticked }, headers);
  }

  send(fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<JsonAnswer> {
    return this.#harness.wire.send('POST', `${OWN_PAGE}/disconnect`, {
      body: new URLSearchParams(fields).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: this.#harness.origin,
        'sec-fetch-site': 'same-origin',
        ...this.#cookies().headers,
        ...headers,
      },
    });
  }

  /** Presses "Disconnect" on the page and then on the one that asks. */
  async disconnect(page: JsonAnswer, ticked: Readonly<Record<string, string>> = {}): Promise<JsonAnswer> {
    return this.press(await this.press(page), ticked);
  }

  #cookies(): { headers: Record<string, string> } {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    return { headers: cookie === '' ? {} : { cookie } };
  }
}

export function readHiddenFields(page: JsonAnswer): Record<string, string> {
  const inputs = page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value]));
}
