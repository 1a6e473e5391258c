/** One request as it goes out, byte for byte. */
export interface FuzzedRequest {
  readonly method: string;
  /** Path and query: visible ASCII and bytes above it, one character for each. */
  readonly target: string;
  /** In this order; a name may stand there twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** What came back. */
export interface FuzzAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly text: string;
}

/** Characters of a body that a report shows. */
const SHOWN = 600;

/** A request as a person reads it. Its credentials died with the world in which they were made. */
export function describeRequest({ method, target, headers, body }: FuzzedRequest): string {
  const text = JSON.stringify(Buffer.from(body).toString('latin1'));
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${body.byteLength} bytes)` : text;
  const lines = headers.map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`);
  return [`${method} ${target}`, ...lines, ...(body.byteLength === 0 ? [] : [`  ${shown}`])].join('\n');
}
