import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';

/** Thrown when the port cannot be had. The message is one line for the person at the terminal. */
export class PortTakenError extends Error {
  override name = 'PortTakenError';
}

/** An HTTP server on both loopback addresses. */
export interface LoopbackServer {
  readonly port: number;
  /** Stops listening and cuts all connections. */
  readonly close: () => Promise<void>;
}

/** Bytes of a request head after which Node itself gives up; far above the gateway's own limit, which it then answers. */
const PARSER_MAX_HEAD_BYTES = 65_536;

/** Ports to try if port 0 was asked for and the one found is taken on the other loopback address. */
const ATTEMPTS = 5;

/** An answer to bytes that are no request, in API Gateway's form; the connection ends. */
function rawAnswer(statusCode: number, reason: string): string {
  const body = JSON.stringify({ message: reason });
  return [
    `HTTP/1.1 ${statusCode} ${reason}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

function createHttpServer(listener: RequestListener): Server {
  const server = createServer({ maxHeaderSize: PARSER_MAX_HEAD_BYTES }, listener);
  server.on('clientError', (error: Error & { code?: string }, socket) => {
    if (!socket.writable) return;
    const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
    socket.end(tooLarge ? rawAnswer(431, 'Request Header Fields Too Large') : rawAnswer(400, 'Bad Request'));
  });
  return server;
}

/** Port on which the server then listens, or the code of the error that prevented it. */
function listenOn(server: Server, host: string, port: number): Promise<number | string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === undefined) reject(error);
      else resolve(error.code);
    });
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Codes with which a machine without IPv6 answers. */
const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/**
 * Listens on 127.0.0.1 and, if the machine has it, on ::1, with the same port: `localhost` may mean either.
 * @param port - 0 = any free one
 * @throws PortTakenError if the port is taken on one of the two or may not be used
 */
export async function listenOnLoopback(port: number, listener: RequestListener): Promise<LoopbackServer> {
  for (let attempt = 1; ; attempt += 1) {
    const v4 = createHttpServer(listener);
    const found = await listenOn(v4, '127.0.0.1', port);
    if (typeof found === 'string') throw portError(port, found);
    const v6 = createHttpServer(listener);
    const second = await listenOn(v6, '::1', found);
    if (typeof second === 'number') {
      const servers = [v4, v6];
      return { port: found, close: () => Promise.all(servers.map(closeServer)).then(() => undefined) };
    }
    if (NO_IPV6.has(second)) return { port: found, close: () => closeServer(v4) };
    await closeServer(v4);
    if (port !== 0 || attempt === ATTEMPTS) throw portError(found, second);
  }
}

function portError(port: number, code: string): PortTakenError {
  const reason = code === 'EADDRINUSE' ? 'is already in use' : `cannot be used (${code})`;
  return new PortTakenError(`port ${port} ${reason}: stop what listens there, or choose another with PORT`);
}
