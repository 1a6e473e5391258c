/** One part of a `multipart/form-data` body. */
export interface FormPart {
  readonly name: string;
  /** Undefined for a part that is no file. */
  readonly filename: string | undefined;
  /** Lower case without parameters; empty when the part tells none. */
  readonly mediaType: string;
  readonly body: Buffer;
}

/** The parts in their order, or one sentence that says why the body has none. */
export type MultipartResult =
  { readonly ok: true; readonly parts: readonly FormPart[] } | { readonly ok: false; readonly problem: string };

const CRLF = '\r\n';

/** RFC 2046 §5.1.1 without the space, which has to be quoted and which nobody uses. */
const BOUNDARY_PATTERN = /;\s*boundary=(?:"([0-9A-Za-z'()+_,\-./:=?]{1,70})"|([0-9A-Za-z'+_\-.]{1,70}))\s*(?:;|$)/i;

const DISPOSITION_PATTERN = /^form-data((?:; *[a-z]+\*?=(?:"[^"]*"|[^";\s]+))*)$/i;

/**
 * Reads a `multipart/form-data` body strictly: every part needs a name, no name comes twice, line ends are CRLF, and the
 * last boundary is there. Text before the first boundary and after the last is refused.
 * @param contentType - the request's header, with the boundary
 * @see RFC 7578
 */
export function parseMultipart(contentType: string, body: Buffer): MultipartResult {
  const match = BOUNDARY_PATTERN.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return refuse('the Content-Type names no boundary');
  const delimiter = Buffer.from(`${CRLF}--${boundary}`);
  // A CRLF in front makes the first boundary look like the others.
  const whole = Buffer.concat([Buffer.from(CRLF), body]);
  if (whole.indexOf(delimiter) !== 0) return refuse('the body does not start with the boundary');
  const parts: FormPart[] = [];
  let at = delimiter.length;
  for (;;) {
    const mark = whole.subarray(at, at + 2).toString('latin1');
    if (mark === '--') break;
    if (mark !== CRLF) return refuse('a boundary is not at the end of its line');
    const end = whole.indexOf(delimiter, at);
    if (end === -1) return refuse('the last boundary is missing');
    const part = parsePart(whole.subarray(at + 2, end));
    if (typeof part === 'string') return refuse(part);
    if (parts.some(({ name }) => name === part.name)) return refuse(`"${part.name}" is given more than once`);
    parts.push(part);
    at = end + delimiter.length;
  }
  const rest = whole.subarray(at + 2).toString('latin1');
  return rest === '' || rest === CRLF ? { ok: true, parts } : refuse('something follows the last boundary');
}

function parsePart(bytes: Buffer): FormPart | string {
  const cut = bytes.indexOf(`${CRLF}${CRLF}`);
  if (cut === -1) return 'a part has no end of its headers';
  const headers = new Map<string, string>();
  for (const line of bytes.subarray(0, cut).toString('utf8').split(CRLF)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (!/^[a-z-]+$/.test(name) || headers.has(name)) return 'a header of a part is malformed';
    headers.set(name, line.slice(colon + 1).trim());
  }
  const disposition = DISPOSITION_PATTERN.exec(headers.get('content-disposition') ?? '');
  const parameters = parseParameters(disposition?.[1] ?? '');
  const name = parameters.get('name');
  if (name === undefined || name === '') return 'a part has no name';
  return {
    name,
    filename: parameters.get('filename'),
    mediaType: headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '',
    body: Buffer.from(bytes.subarray(cut + 4)),
  };
}

function parseParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain] of text.matchAll(/; *([a-z]+\*?)=(?:"([^"]*)"|([^";\s]+))/gi)) {
    parameters.set(name.toLowerCase(), unescape(quoted ?? plain ?? ''));
  }
  return parameters;
}

/** Undoes what browsers and `fetch` do to quotes and line ends in names. @see WHATWG HTML, multipart/form-data */
function unescape(text: string): string {
  return text.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

function refuse(problem: string): MultipartResult {
  return { ok: false, problem };
}
