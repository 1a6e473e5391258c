import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends a request whose path goes out exactly as given; `fetch` would resolve dot segments and encode. */
export function sendRaw(
  origin: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string | string[]>> = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    request({ hostname, port, method, path, headers }, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: body }),
        reject,
      );
    })
      .on('error', reject)
      .end();
  });
}

/**
 * Writes bytes that no HTTP client would send and reads until the other side closes; ask for that with `Connection: close`.
 * @returns status of the answer, 0 when there was none
 */
export async function sendBytes(origin: string, bytes: string): Promise<number> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  const answer = await text(socket).catch(() => '');
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}
