/** How often the path is percent-decoded before the function sees it; see {@link parseTarget}. */
export type PathDecoding = 'once' | 'twice';

/** A request target, taken apart. */
export interface Target {
  /** Decoded, beginning with a slash, without anything from a decoded `?` on. */
  readonly path: string;
  /** As sent, without the `?`; empty if there is none. */
  readonly rawQueryString: string;
}

/** Strict UTF-8: an overlong form, a lone surrogate or a cut sequence is an error, and a byte-order mark is kept. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes percent escapes and UTF-8. Undefined for a `%` without two hex digits and for bytes that are not UTF-8. */
function decodePercent(bytes: Buffer): string | undefined {
  const decoded = Buffer.alloc(bytes.length);
  let length = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte !== 0x25) {
      decoded[length++] = byte;
      continue;
    }
    const digits = bytes.toString('latin1', index + 1, index + 3);
    if (!/^[0-9a-f]{2}$/i.test(digits)) return undefined;
    decoded[length++] = Number.parseInt(digits, 16);
    index += 2;
  }
  try {
    return utf8.decode(decoded.subarray(0, length));
  } catch {
    return undefined;
  }
}

function cutAtQuestionMark(path: string): string {
  return path.split('?', 1)[0] ?? '';
}

/** Path and query of a target in origin form, or in absolute form (RFC 9112 §3.2.2). */
function toOriginForm(target: string): string | undefined {
  const form = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1];
  const origin = form === undefined ? target : form.startsWith('/') ? form : `/${form}`;
  return origin.startsWith('/') && !origin.includes('#') ? origin : undefined;
}

/**
 * Takes a request target apart as an HTTP API does: the path is decoded *before* the function sees it and cut at a decoded `?`;
 * the query stays as sent. Dot segments, `//`, `%2F` and control characters are not treated: they arrive decoded. Pure.
 *
 * `twice` is what captures of live HTTP APIs show beyond that: decoded, cut, and decoded again, so that `%252F` arrives as `/`,
 * `%253F` as `?`, and `%25` before anything but two hex digits gets a 400 (hotsock/voker, `vokerhttp/testdata/ingress-paths.json`,
 * July 2026). AWS documents neither.
 * @param target - as Node gives it: one character for each byte
 * @returns undefined = 400: no path, a fragment, a malformed escape, or bytes that are not UTF-8
 * @see API Gateway Developer Guide, "Create routes for HTTP APIs" ("API Gateway decodes URL-encoded request parameters …")
 */
export function parseTarget(target: string, decoding: PathDecoding): Target | undefined {
  const origin = toOriginForm(target);
  if (origin === undefined) return undefined;
  const mark = origin.indexOf('?');
  const encodedPath = mark === -1 ? origin : origin.slice(0, mark);
  const rawQueryString = mark === -1 ? '' : origin.slice(mark + 1);
  const once = decodePercent(Buffer.from(encodedPath, 'latin1'));
  if (once === undefined) return undefined;
  const cut = cutAtQuestionMark(once);
  const path = decoding === 'once' ? cut : decodePercent(Buffer.from(cut, 'utf8'));
  return path === undefined ? undefined : { path, rawQueryString };
}
