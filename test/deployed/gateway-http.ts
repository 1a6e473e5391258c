import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { text as readText } from 'node:stream/consumers';
import * as z from 'zod/mini';

/** An answer of the gateway, read whole. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Each `Set-Cookie` line. */
  readonly cookies: readonly string[];
  readonly text: string;
  /** The body as a JSON object; empty when it is none. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface GatewayRequest {
  readonly key?: string;
  readonly json?: unknown;
  readonly cookie?: string;
}

/** Milliseconds: a second more than the gateway may take. */
const TIMEOUT_MS = 31_000;

const jsonObject = z.record(z.string(), z.unknown());

/** Plain HTTP to one deployed gateway, following no redirect. */
export class GatewayHttp {
  readonly origin: string;
  readonly #connectTo: string;

  /**
   * @param origin - of the gateway, as the stack's outputs name it
   * @param connectTo - origin of a server that answers for it where its name does not resolve (an emulator)
   */
  constructor(origin: string, connectTo: string = origin) {
    this.origin = origin;
    this.#connectTo = connectTo;
  }

  async send(method: string, path: string, { key, json, cookie }: GatewayRequest = {}): Promise<GatewayAnswer> {
    // Not fetch: it does not let a caller choose the Host header.
    const target = new URL(`${this.#connectTo}${path}`);
    const request = target.protocol === 'https:' ? requestTls : requestPlain;
    const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
    const sent = request(target, {
      method,
      headers: {
        host: new URL(this.origin).host,
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return await new Promise((resolve, reject) => {
      sent.once('error', reject).once('response', (response) => {
        readText(response).then((text) => {
          const { 'set-cookie': cookies = [], ...headers } = response.headers;
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
            cookies,
            text,
            json: toObject(text),
          });
        }, reject);
      });
      sent.end(body);
    });
  }
}

function toObject(text: string): Record<string, unknown> {
  try {
    return jsonObject.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}
