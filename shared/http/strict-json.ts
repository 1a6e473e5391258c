import { fail, ok, type Result } from '../result.ts';

export type JsonFailure = { readonly reason: 'input_not_json'; readonly detail: string; readonly pointer?: string };

/** How deep our own request bodies may nest; the deepest that is documented has three levels. */
const MAX_DEPTH = 32;

/** Keys that could reach an object's prototype in careless code. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads JSON as strictly as a request deserves: whole UTF-8 without byte order mark, bounded depth, no duplicate keys (two
 * readers could choose differently, RFC 8259 §4), no prototype keys, and no whole number that JavaScript would round.
 * @param bytes - the raw body; its size is the caller's to bound
 */
export function parseStrictJson(bytes: Uint8Array): Result<unknown, JsonFailure> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('The body is not valid UTF-8.');
  }
  if (text.startsWith('\ufeff')) return refuse('The body begins with a byte order mark.');
  if (isTooDeep(text)) return refuse(`The body nests deeper than ${MAX_DEPTH} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the body.
    return refuse('The body is not valid JSON.');
  }
  const fault = findFault(text);
  return fault === undefined ? ok(value) : refuse(fault.detail, fault.pointer);
}

function refuse(detail: string, pointer?: string) {
  return fail<JsonFailure>({ reason: 'input_not_json', detail, ...(pointer === undefined ? {} : { pointer }) });
}

/** Counts brackets outside strings, before anything recursive sees the text. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (isInString) {
      if (char === '\\') at += 1;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Tokens of JSON that matter here; the text is known to be valid by now. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9][0-9.eE+-]*|[{}[\],:]|true|false|null/g;

interface Container {
  readonly keys: Set<string> | undefined;
  key: string;
  index: number;
}

/** Walks the tokens once, keeping the path, and finds what `JSON.parse` silently accepts. */
function findFault(text: string): { detail: string; pointer: string } | undefined {
  const path: Container[] = [];
  let isKeyNext = false;
  for (const [token] of text.matchAll(TOKENS)) {
    const inside = path.at(-1);
    if (token === '{' || token === '[') {
      path.push({ keys: token === '{' ? new Set() : undefined, key: '', index: 0 });
      isKeyNext = token === '{';
    } else if (token === '}' || token === ']') {
      path.pop();
      isKeyNext = false;
    } else if (token === ',' && inside !== undefined) {
      inside.index += 1;
      isKeyNext = inside.keys !== undefined;
    } else if (token.startsWith('"') && isKeyNext && inside?.keys !== undefined) {
      inside.key = String(JSON.parse(token));
      isKeyNext = false;
      if (FORBIDDEN_KEYS.has(inside.key)) return { detail: 'The key is not allowed.', pointer: buildPointer(path) };
      if (inside.keys.has(inside.key)) return { detail: 'The key stands there twice.', pointer: buildPointer(path) };
      inside.keys.add(inside.key);
    } else if (/^-?[0-9]/.test(token) && !isExactNumber(token)) {
      return { detail: 'The number is too large to be exact; send it as a string.', pointer: buildPointer(path) };
    }
  }
  return undefined;
}

function isExactNumber(token: string): boolean {
  const value = Number(token);
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

/** Characters of a key that go into a pointer; keys come from the caller and could be long. */
const MAX_KEY_LENGTH = 64;

/** @see RFC 6901 */
function buildPointer(path: readonly Container[]): string {
  const parts = path.map((container) => (container.keys === undefined ? String(container.index) : container.key));
  return parts.map((part) => `/${escapePointer(part)}`).join('');
}

/** Escapes one reference token and clips it. @see RFC 6901 §3 */
export function escapePointer(part: string): string {
  return part.slice(0, MAX_KEY_LENGTH).replaceAll('~', '~0').replaceAll('/', '~1');
}
