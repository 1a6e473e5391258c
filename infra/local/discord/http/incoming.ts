import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Bytes, where no files can come. */
export const MAX_BODY_BYTES = 1_000_000;

/** Bytes, where files can come: 25 MiB. @see Discord docs: reference#uploading-files */
const MAX_FILES_BODY_BYTES = 25 * 1024 * 1024;

/** Messages, threads that start with one, and what webhooks say. */
const FILES_PATH_PATTERN =
  /^\/api\/v[0-9]+\/(?:channels\/[^/]+\/(?:messages|threads)|channels\/[^/]+\/messages\/[0-9]+|webhooks\/[0-9]+\/[^/]+(?:\/messages\/[0-9]+)?)$/;

/** One request, read whole. */
export interface IncomingRequest {
  readonly method: string;
  /** As sent, before the `?`, still percent-encoded. */
  readonly path: string;
  /** Each segment decoded once; undefined when the path is malformed or has empty or dot segments. */
  readonly segments: readonly string[] | undefined;
  /** As sent, after the `?`. */
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  /** How many Authorization headers there were. Node keeps the first and drops the rest silently. */
  readonly authorizationCount: number;
  readonly remoteAddress: string;
  readonly body: Buffer;
  /** True when the body exceeded its bound ({@link MAX_BODY_BYTES}, more where files can come); `body` is then empty. */
  readonly bodyTooLarge: boolean;
}

/**
 * Reads a request with its body, but never keeps more of it than {@link MAX_BODY_BYTES}, or than Discord's 25 MiB where
 * files can come.
 * @throws Error when the client goes away before the body's end
 */
export async function readIncoming(message: IncomingMessage): Promise<IncomingRequest> {
  const target = message.url ?? '/';
  const cut = target.indexOf('?');
  const path = cut === -1 ? target : target.slice(0, cut);
  const { body, tooLarge } = await readBody(
    message,
    FILES_PATH_PATTERN.test(path) ? MAX_FILES_BODY_BYTES : MAX_BODY_BYTES,
  );
  return {
    method: message.method ?? 'GET',
    path,
    segments: parseSegments(path),
    rawQuery: cut === -1 ? '' : target.slice(cut + 1),
    headers: message.headers,
    authorizationCount: message.rawHeaders.filter((name, at) => at % 2 === 0 && /^authorization$/i.test(name)).length,
    remoteAddress: message.socket.remoteAddress ?? '',
    body,
    bodyTooLarge: tooLarge,
  };
}

/** Media type of the request's body, lower case and without parameters; empty when there is none. */
export function parseMediaType(request: IncomingRequest): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

async function readBody(message: IncomingMessage, maxBytes: number): Promise<{ body: Buffer; tooLarge: boolean }> {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    byteCount += chunk.length;
    // Goes on reading after the bound so that the client, still sending, gets the 413 and not a broken pipe.
    if (byteCount <= maxBytes) chunks.push(chunk);
  }
  const tooLarge = byteCount > maxBytes;
  return { body: tooLarge ? Buffer.alloc(0) : Buffer.concat(chunks), tooLarge };
}

function parseSegments(path: string): string[] | undefined {
  if (!path.startsWith('/')) return undefined;
  try {
    const segments = path.slice(1).split('/').map(decodeURIComponent);
    return segments.some((segment) => segment === '' || segment === '.' || segment === '..') ? undefined : segments;
  } catch {
    return undefined;
  }
}
