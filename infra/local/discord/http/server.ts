import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../answer.ts';
import { buildJsonAnswer } from '../answer.ts';
import type { IncomingRequest } from './incoming.ts';
import { readIncoming } from './incoming.ts';
import { sendAnswer } from './send-answer.ts';

/** Thrown when the server cannot listen; the message is one line for a person. */
export class ListenError extends Error {
  override name = 'ListenError';
}

/** A listening server. */
export interface RunningServer {
  readonly port: number;
  /** Stops listening and closes all connections, those in use too. */
  close(): Promise<void>;
}

/**
 * Listens on the loopback interface.
 * @param port - 0 takes any free one
 * @param handle - answers one request that was read whole
 * @throws ListenError when the port is taken or not allowed
 */
export async function listen(
  host: string,
  port: number,
  handle: (request: IncomingRequest, response: ServerResponse) => Promise<void>,
): Promise<RunningServer> {
  const server = createServer((message, response) => {
    readIncoming(message).then(
      (request) =>
        handle(request, response).catch((error: unknown) => {
          // A bug of the simulator: told here and answered as Discord answers its own.
          console.error('simulator: request failed', error);
          if (!response.headersSent) return sendAnswer(response, INTERNAL_ERROR, { kind: 'whole' });
          response.destroy();
          return undefined;
        }),
      () => response.destroy(),
    );
  });
  // Malformed HTTP gets a 400 from Node; all that matters here is that it stops nothing.
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  await startListening(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const INTERNAL_ERROR: Answer = buildJsonAnswer(500, { message: '500: Internal Server Error', code: 0 });

function startListening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(
        new ListenError(isTaken ? `port ${port} is already in use` : `cannot listen on port ${port}: ${error.message}`),
      );
    });
    server.listen(port, host, () => resolve());
  });
}
