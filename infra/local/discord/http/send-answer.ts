import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Answer } from '../answer.ts';

/** How the bytes of an answer go onto the wire. */
export type Delivery =
  | { readonly kind: 'whole' }
  /** Content-Length promises all of the body, the connection closes after so many bytes of it. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  | { readonly kind: 'drip'; readonly bytesPerPiece: number; readonly pauseMs: number }
  /** Spaces follow until the body has so many bytes: for JSON that changes nothing but the size. */
  | { readonly kind: 'oversize'; readonly bytes: number };

/** Bytes sent at once while filling up, so that memory stays flat whatever the size. */
const FILL_PIECE_BYTES = 65_536;

/**
 * Sends an answer. Resolves when it was sent, or when the client has gone away.
 * @param answer - its headers have lower-case names
 */
export async function sendAnswer(response: ServerResponse, answer: Answer, delivery: Delivery): Promise<void> {
  const body = Buffer.from(answer.body, 'utf8');
  const fillByteCount = delivery.kind === 'oversize' ? Math.max(0, delivery.bytes - body.length) : 0;
  // A 204 has no body, and says nothing about its length (RFC 9110 §8.6).
  const length = answer.status === 204 ? {} : { 'content-length': String(body.length + fillByteCount) };
  response.writeHead(answer.status, { ...answer.headers, ...length });
  switch (delivery.kind) {
    case 'whole':
      response.end(body);
      break;
    case 'truncate':
      response.write(body.subarray(0, delivery.afterBytes));
      // Sends what is buffered and closes; Content-Length has promised more.
      response.socket?.destroySoon();
      return;
    case 'drip':
      for (let at = 0; at < body.length && !response.destroyed; at += Math.max(1, delivery.bytesPerPiece)) {
        response.write(body.subarray(at, at + Math.max(1, delivery.bytesPerPiece)));
        await pause(response, delivery.pauseMs);
      }
      response.end();
      break;
    case 'oversize':
      response.write(body);
      await fill(response, fillByteCount);
      response.end();
      break;
  }
  await finished(response).catch(() => undefined);
}

/** Closes the connection without an answer. */
export function dropConnection(response: ServerResponse): void {
  response.socket?.destroy();
}

/** Waits, but not longer than the client does. */
export function pause(response: ServerResponse, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      response.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, waitMs);
    response.on('close', done);
  });
}

async function fill(response: ServerResponse, byteCount: number): Promise<void> {
  const piece = Buffer.alloc(FILL_PIECE_BYTES, ' ');
  for (let left = byteCount; left > 0 && !response.destroyed; left -= FILL_PIECE_BYTES) {
    const hasRoom = response.write(piece.subarray(0, Math.min(left, FILL_PIECE_BYTES)));
    if (!hasRoom) await drained(response);
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
