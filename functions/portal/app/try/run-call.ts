import { call, send } from '../api.ts';
import type { Call } from './build-call.ts';

/** An answer as the page shows it. */
export interface Answer {
  readonly status: number;
  readonly tookMs: number;
  readonly requestId: string | null;
  /** Discord's word on limits, and ours. */
  readonly limits: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly isClipped: boolean;
}

/** A connection token of this page. It is nowhere but in memory. */
interface PageToken {
  readonly connectionId: string;
  readonly token: string;
  readonly expiresAtEpochMs: number;
}

/** Characters; more would make the page slow and nobody reads them. */
const MAX_SHOWN = 200_000;

/** Seconds: long enough to try a few things. */
const TOKEN_SECONDS = 900;

/** Milliseconds before its end from which a token is not used any more. */
const TOKEN_MARGIN_MS = 30_000;

let kept: PageToken | undefined;

/**
 * Makes the real call: with a connection token, as a browser or an agent of the app would. @throws ProblemError · OfflineError
 * @param headers - `Dry-Run`, `Idempotency-Key`
 */
export async function runCall(
  connectionId: string,
  { method, path, body }: Call,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const token = await takeToken(connectionId);
  const startedAt = performance.now();
  const response = await send(method, path, {
    headers: { ...headers, authorization: `Bearer ${token}`, accept: 'application/problem+json, application/json' },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const tookMs = Math.round(performance.now() - startedAt);
  if (response.status === 401) kept = undefined;
  return {
    status: response.status,
    tookMs,
    requestId: response.headers.get('x-request-id'),
    limits: [...response.headers].filter(([name]) => name.startsWith('x-ratelimit-') || name === 'retry-after'),
    text: prettify(text).slice(0, MAX_SHOWN),
    isClipped: text.length > MAX_SHOWN,
  };
}

async function takeToken(connectionId: string): Promise<string> {
  const now = Date.now();
  if (kept?.connectionId === connectionId && now < kept.expiresAtEpochMs - TOKEN_MARGIN_MS) return kept.token;
  const { data } = await call<{ token: string; expires_at: string }>(
    'POST',
    `/operator/connections/${encodeURIComponent(connectionId)}/tokens`,
    { body: { expires_in: TOKEN_SECONDS } },
  );
  kept = { connectionId, token: data.token, expiresAtEpochMs: Date.parse(data.expires_at) };
  return data.token;
}

/** Only spaces are added: numbers that are longer than exact ones stay as they came, because nothing is parsed into numbers. */
function prettify(text: string): string {
  let result = '';
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (isInString) {
      result += character;
      if (character === '\\') result += text.charAt((index += 1));
      else if (character === '"') isInString = false;
      continue;
    }
    const next = text.charAt(index + 1);
    if (character === '"') isInString = true;
    if ((character === '{' && next === '}') || (character === '[' && next === ']')) {
      result += character + next;
      index += 1;
    } else if (character === '{' || character === '[') result += `${character}${newLine((depth += 1))}`;
    else if (character === '}' || character === ']') result += `${newLine((depth -= 1))}${character}`;
    else if (character === ',') result += `,${newLine(depth)}`;
    else if (character === ':') result += ': ';
    else if (!/\s/.test(character)) result += character;
  }
  return result;
}

function newLine(depth: number): string {
  return `\n${'  '.repeat(Math.max(0, depth))}`;
}
