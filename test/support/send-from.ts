import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Harness } from './harness.ts';
import { ownHeaders } from './operator-client.ts';
import type { JsonAnswer } from './wire.ts';

/**
 * Sends a request to the gateway from another address of this machine, as a client somewhere else would.
 * @param address - IPv4, in 127.0.0.0/8
 */
export function sendFrom(
  harness: Harness,
  address: string,
  method: string,
  path: string,
  options: { readonly json?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<JsonAnswer> {
  const { host, port } = new URL(harness.origin);
  const body = options.json === undefined ? '' : JSON.stringify(options.json);
  const headers = {
    host,
    ...(body === '' ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    ...ownHeaders(harness),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    request({ hostname: '127.0.0.1', port, method, path, localAddress: address, headers }, (response) => {
      text(response).then((read) => {
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
          cookies: response.headers['set-cookie'] ?? [],
          text: read,
          json: read === '' ? undefined : JSON.parse(read),
        });
      }, reject);
    })
      .on('error', reject)
      .end(body);
  });
}
