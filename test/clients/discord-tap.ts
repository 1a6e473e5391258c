import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ENV } from '../../shared/env.ts';
import type { Harness } from '../support/harness.ts';

/** One request as it came to Discord and what Discord answered, byte for byte. */
export interface TappedCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly contentType: string;
  readonly body: Buffer;
  readonly answer: { readonly status: number; readonly text: string };
}

export interface DiscordTap {
  /** Oldest first. */
  readonly calls: readonly TappedCall[];
  /** The newest call that was no question of the layer's own: those are all GET. */
  lastWrite(): TappedCall;
  stop(): Promise<void>;
}

/** Headers that belong to one connection and are made anew on the other. */
const OWN_TO_A_HOP = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

/** Puts a listener between the functions and the simulator: it passes everything on as it comes, and remembers it. */
export async function tapDiscord(harness: Harness): Promise<DiscordTap> {
  const calls: TappedCall[] = [];
  const server = createServer((message, response) => {
    void (async () => {
      const body = await readAll(message);
      const { method = 'GET', url = '/' } = message;
      const answered = await fetch(`${harness.simulator.baseUrl}${url}`, {
        method,
        redirect: 'manual',
        headers: Object.entries(message.headers).flatMap(([name, value]): [string, string][] =>
          typeof value !== 'string' || OWN_TO_A_HOP.has(name) ? [] : [[name, value]],
        ),
        ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
      });
      const bytes = Buffer.from(await answered.arrayBuffer());
      calls.push({
        method,
        path: url,
        contentType: message.headers['content-type'] ?? '',
        body,
        answer: { status: answered.status, text: bytes.toString('utf8') },
      });
      const headers = [...answered.headers].filter(([name]) => !OWN_TO_A_HOP.has(name));
      response.writeHead(answered.status, headers.flat()).end(bytes);
    })().catch((error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Functions read their environment when a sandbox starts: from now on they find Discord behind the listener.
  process.env[ENV.discordBaseUrl] = `http://localhost:${(server.address() as AddressInfo).port}`;
  harness.coldStart();
  return {
    calls,
    lastWrite: () => {
      const call = calls.findLast(({ method }) => method !== 'GET');
      if (call === undefined) throw new Error('nothing was written at Discord');
      return call;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
