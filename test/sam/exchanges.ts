import { request } from 'node:http';

/** A request whose event or answer is compared. */
export interface Exchange {
  readonly name: string;
  readonly method: string;
  /** As it goes over the wire. */
  readonly target: string;
  /** Name, value, name, value, … */
  readonly headers?: readonly string[];
  readonly body?: string | Uint8Array;
}

/** An answer in a form that can be compared. */
export interface Observed {
  readonly status: number;
  /** Lower-case name → values. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: unknown;
}

const ANSWERS = ['plain', 'text', 'number', 'empty', 'untyped', 'binary', 'redirect', 'problem', 'malformed', 'throw'];

/** The first twelve are answered with the event that the function saw, the others with each kind of answer. */
export const EXCHANGES: readonly Exchange[] = [
  { name: 'root', method: 'GET', target: '/' },
  { name: 'query', method: 'GET', target: '/things/42?a=1&a=2&b=x%20y&c=a+b&d&e=%C3%A9' },
  { name: 'cookies', method: 'GET', target: '/things/42', headers: ['Cookie', 'a=1; __Host-b=x.y-z; c="q"'] },
  {
    name: 'headers',
    method: 'GET',
    target: '/things/42',
    headers: ['X-Many', '1', 'X-Many', '2', 'Authorization', 'Bearer abc', 'User-Agent', 'test/1', 'Accept', '*/*'],
  },
  { name: 'encoded path', method: 'GET', target: '/things/a%20b' },
  { name: 'encoded slash', method: 'GET', target: '/greedy/a%2Fb/c%25d' },
  { name: 'greedy path', method: 'DELETE', target: '/greedy/a/b/c?limit=1' },
  {
    name: 'json',
    method: 'POST',
    target: '/things/42',
    headers: ['Content-Type', 'application/json'],
    body: '{"name":"é"}',
  },
  {
    name: 'form',
    method: 'POST',
    target: '/things/42',
    headers: ['Content-Type', 'application/x-www-form-urlencoded'],
    body: 'a=1&b=x+y',
  },
  {
    name: 'bytes',
    method: 'POST',
    target: '/things/42',
    headers: ['Content-Type', 'application/octet-stream'],
    body: Uint8Array.from([0, 255, 128, 10]),
  },
  { name: 'other method', method: 'PUT', target: '/things/42', body: '' },
  { name: 'unknown path', method: 'GET', target: '/nothing/here' },
  ...ANSWERS.map((name) => ({ name: `answer ${name}`, method: 'GET', target: `/answers/${name}` })),
];

/** Sends one request as it stands, and reads the answer whole. */
export function send(port: number, exchange: Exchange): Promise<Observed> {
  const body = exchange.body === undefined ? undefined : Buffer.from(exchange.body as Uint8Array);
  const length = body === undefined ? [] : ['Content-Length', String(body.length)];
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method: exchange.method,
        path: exchange.target,
        headers: ['Host', `localhost:${port}`, ...(exchange.headers ?? []), ...length],
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(response.headersDistinct).map(([name, values]) => [name, values ?? []]),
            ),
            body: readBody(Buffer.concat(chunks)),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** JSON as such, other text as text, and bytes that are no text in hexadecimal. */
function readBody(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  } catch {
    return bytes.toString('hex');
  }
}
