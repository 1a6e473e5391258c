/** What one narrated request gave. */
export interface NarratedAnswer {
  readonly location: string;
  /** The cookies that were set, as a browser would send them back. */
  readonly cookie: string;
  /** A text member of the JSON answer. @throws Error when there is none */
  text(name: string): string;
}

interface NarratedRequest {
  readonly key?: string;
  readonly json?: unknown;
  readonly form?: URLSearchParams;
  readonly cookie?: string;
}

/** Characters of an answer that are shown. */
const MAX_SHOWN = 900;

export function say(text: string): void {
  console.log(`\n\u001b[1m${text}\u001b[0m`);
}

/** Sends a request and prints it with its answer, as one would with curl. */
export async function narrate(method: string, url: string, request: NarratedRequest): Promise<NarratedAnswer> {
  console.log(`  > ${method} ${shorten(url)}`);
  if (request.json !== undefined) console.log(`    ${JSON.stringify(request.json)}`);
  if (request.form !== undefined) console.log(`    ${shorten(request.form.toString())}`);
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(request.key === undefined ? {} : { authorization: `Bearer ${request.key}` }),
      ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(request.cookie === undefined ? {} : { cookie: request.cookie }),
    },
    ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
    ...(request.form === undefined ? {} : { body: request.form }),
  });
  const text = await response.text();
  const location = response.headers.get('location') ?? '';
  console.log(`  < ${response.status}${location === '' ? '' : ` -> ${shorten(location)}`}`);
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  for (const cookie of cookies) console.log(`    cookie ${cookie.split('=')[0] ?? ''}`);
  const json = parseJson(text);
  if (json !== undefined) printJson(json);
  return {
    location,
    cookie: cookies.join('; '),
    text: (name) => {
      const value: unknown = Reflect.get(Object(json), name);
      if (typeof value !== 'string') throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
      return value;
    },
  };
}

/**
 * Prints stored items, and says of each secret that was handed out whether it can be read in them.
 * @returns whether one can
 */
export function narrateStored(items: readonly Record<string, unknown>[], secrets: readonly string[]): boolean {
  for (const item of items.toSorted((a, b) => String(a['pk']).localeCompare(String(b['pk'])))) {
    const shown = Object.entries(item).map(([name, value]) => `${name}=${shorten(show(value), 60)}`);
    console.log(`  ${shown.join('\n    ')}\n`);
  }
  const stored = JSON.stringify(items);
  const readable = secrets.filter((secret) => stored.includes(secret)).length;
  console.log(`  ${secrets.length} secrets were handed out (tokens, codes, keys); readable in the table: ${readable}`);
  return readable > 0;
}

function show(value: unknown): string {
  if (value instanceof Uint8Array) return `<${value.byteLength} bytes>`;
  if (value instanceof Set) return JSON.stringify([...value]);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function printJson(json: unknown): void {
  const text = JSON.stringify(json, undefined, 2);
  const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)} …` : text;
  console.log(shown.replaceAll(/^/gm, '    '));
}

function shorten(text: string, length = 150): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
