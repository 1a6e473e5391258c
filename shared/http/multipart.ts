import { fail, ok, type Result } from '../result.ts';

/** One part of a form, its bytes as they came. */
export interface FormPart {
  readonly name: string;
  readonly filename?: string;
  readonly contentType?: string;
  readonly bytes: Uint8Array;
}

/** Parts that a form may have: ten files and `payload_json`, and one more to tell that it is too many. */
const MAX_PARTS = 12;

/** Bytes of the headers of one part. */
const MAX_HEAD_BYTES = 4096;

/** @see RFC 2046 §5.1.1 */
const BOUNDARY =
  /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"\\]{1,70})"|([\w'()+,./:=?-]{1,70}))\s*(?:;.*)?$/i;

const BOUNDARY_CHARACTERS = /^[\w'()+,./:=? -]*[\w'()+,./:=?-]$/;

/** @returns nothing when it is not the media type of a form */
export function parseBoundary(contentType: string): string | undefined {
  const match = BOUNDARY.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  return boundary !== undefined && BOUNDARY_CHARACTERS.test(boundary) ? boundary : undefined;
}

/**
 * Reads a form (RFC 7578) by its bytes. Node's own `Response.formData()` is not used: it replaces bytes that are not UTF-8
 * without a word, drops a byte order mark, and refuses the `filename*` and the order of headers of some clients.
 * Strict all the same: nothing before the first boundary and nothing after the last, no encodings, one name per part.
 * @returns the parts in their order, or what is wrong with the form
 */
export function parseMultipart(body: Uint8Array, boundary: string): Result<FormPart[], string> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const opening = delimiter.subarray(2);
  if (!bytes.subarray(0, opening.length).equals(opening)) return fail('does not begin with its boundary');
  const parts: FormPart[] = [];
  let at = opening.length;
  while (bytes.toString('latin1', at, at + 2) === '\r\n') {
    if (parts.length === MAX_PARTS) return fail('has too many parts');
    const end = bytes.indexOf(delimiter, at + 2);
    if (end === -1) return fail('breaks off in a part');
    const part = parsePart(bytes.subarray(at + 2, end));
    if (!part.ok) return part;
    parts.push(part.value);
    at = end + delimiter.length;
  }
  return /^--(\r\n)?$/.test(bytes.toString('latin1', at, at + 5)) ? ok(parts) : fail('does not end with its boundary');
}

function parsePart(bytes: Buffer): Result<FormPart, string> {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1 || headEnd > MAX_HEAD_BYTES) return fail('has a part without readable headers');
  const headers = parseHead(bytes.subarray(0, headEnd));
  if (headers === undefined) return fail('has a part whose headers are not readable');
  if (headers.has('content-transfer-encoding')) return fail('has a part with a transfer encoding');
  const disposition = parseDisposition(headers.get('content-disposition') ?? '');
  if (disposition === undefined) return fail('has a part without a readable name');
  const contentType = headers.get('content-type');
  return ok({
    ...disposition,
    ...(contentType === undefined ? {} : { contentType }),
    bytes: bytes.subarray(headEnd + 4),
  });
}

/** Header lines by their names in lower case; nothing when one is folded, doubled or not UTF-8. */
function parseHead(bytes: Buffer): Map<string, string> | undefined {
  const headers = new Map<string, string>();
  for (const line of decodeUtf8(bytes)?.split('\r\n') ?? ['']) {
    const match = /^([\w-]+):[ \t]*([^\u0000-\u001f\u007f]*)$/.exec(line);
    const name = match?.[1]?.toLowerCase();
    if (name === undefined || headers.has(name)) return undefined;
    headers.set(name, (match?.[2] ?? '').trimEnd());
  }
  return headers;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const PARAMETER = /;\s*([\w-]+\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s";]+))/gy;

function parseDisposition(value: string): { name: string; filename?: string } | undefined {
  const kind = /^form-data\s*(?=;)/i.exec(value)?.[0];
  if (kind === undefined) return undefined;
  const rest = value.slice(kind.length);
  const found = [...rest.matchAll(PARAMETER)];
  if (found.map(([text]) => text).join('') !== rest.trimEnd()) return undefined;
  // Browsers write `%22` for a quotation mark and leave backslashes alone; curl and others write `\"` (RFC 7578 §4.2).
  const pairs = found.map(
    (match) => [match[1]?.toLowerCase() ?? '', match[2]?.replace(/\\(["\\])/g, '$1') ?? match[3] ?? ''] as const,
  );
  const parameters = new Map(pairs);
  const name = parameters.get('name');
  if (name === undefined || parameters.size !== pairs.length) return undefined;
  const extended = parameters.get('filename*');
  const filename = extended === undefined ? parameters.get('filename') : decodeExtended(extended);
  if (extended !== undefined && filename === undefined) return undefined;
  return filename === undefined ? { name } : { name, filename };
}

/** @see RFC 8187 §3.2.1 */
function decodeExtended(value: string): string | undefined {
  const encoded = /^utf-8'[\w-]*'(.*)$/i.exec(value)?.[1];
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
