import type { GatewayHttp } from '../deployed/gateway-http.ts';
import type { EndUser } from '../deployed/journey.ts';

/** The simulator's first user. */
const ADA = '175928847299117063';

/** What of an answer moves a browser on. */
export interface Redirect {
  readonly status: number;
  readonly location: string | undefined;
}

/** Requests the gateway's callback with the browser's cookie. */
export type OpenCallback = (pathWithQuery: string, cookie: string) => Promise<Redirect>;

/** An end user by script: a browser with cookies at the gateway, and a yes at the simulator's consent page. */
export class ScriptedUser implements EndUser {
  readonly #http: GatewayHttp;
  readonly #openCallback: OpenCallback;

  constructor(http: GatewayHttp, openCallback: OpenCallback) {
    this.#http = http;
    this.#openCallback = openCallback;
  }

  async connect(authorizeUrl: string): Promise<string> {
    const opened = await this.#http.send('GET', this.#toPath(authorizeUrl));
    const consentUrl = new URL(requireLocation('the link', { ...opened, location: opened.headers['location'] }));
    const form = new URLSearchParams(consentUrl.search);
    form.set('user_id', ADA);
    form.set('decision', 'authorize');
    const consented = await fetch(`${consentUrl.origin}${consentUrl.pathname}`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    const location = consented.headers.get('location') ?? undefined;
    const callback = requireLocation('the consent page', { status: consented.status, location });
    const cookie = opened.cookies.map((line) => line.split(';')[0]).join('; ');
    return requireLocation('the callback', await this.#openCallback(this.#toPath(callback), cookie));
  }

  #toPath(url: string): string {
    if (!url.startsWith(`${this.#http.origin}/`)) throw new Error(`sent to ${new URL(url).origin}, not to the gateway`);
    return url.slice(this.#http.origin.length);
  }
}

function requireLocation(what: string, { status, location }: Redirect): string {
  if (location === undefined) throw new Error(`${what} should redirect, but answers ${status}`);
  return location;
}
