import type { InputError } from '../problems/failure.ts';

/** Faults named in one answer; more help nobody. */
const MAX_ERRORS = 20;

/** Levels of nesting that are followed; bodies nest no deeper. */
const MAX_DEPTH = 32;

/** Characters of one step of a pointer, and of a message. */
const MAX_KEY_LENGTH = 64;
const MAX_DETAIL_LENGTH = 200;

/**
 * Reads Discord's nested `errors`: objects by key or array index, with `_errors` where the faults are.
 * @param isBody - whether they are about a body, where a place is a JSON Pointer, or about parameters
 * @see Discord docs: reference (Error Messages)
 */
export function parseFieldErrors(errors: unknown, isBody: boolean): InputError[] {
  return collect(errors, [], isBody).slice(0, MAX_ERRORS);
}

function collect(node: unknown, path: readonly string[], isBody: boolean): InputError[] {
  if (typeof node !== 'object' || node === null || Array.isArray(node) || path.length > MAX_DEPTH) return [];
  const found: InputError[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (found.length >= MAX_ERRORS) break;
    const isLeaf = key === '_errors' && Array.isArray(value);
    found.push(...(isLeaf ? value.map((leaf) => toError(leaf, path, isBody)) : collect(value, [...path, key], isBody)));
  }
  return found;
}

function toError(leaf: unknown, path: readonly string[], isBody: boolean): InputError {
  const { code, message }: { code?: unknown; message?: unknown } =
    typeof leaf === 'object' && leaf !== null ? leaf : {};
  const place = isBody
    ? { pointer: path.map((step) => `/${escapeStep(step)}`).join('') }
    : { parameter: (path[0] ?? '').slice(0, MAX_KEY_LENGTH) };
  const name = typeof code === 'number' ? String(code) : code;
  return {
    ...place,
    detail: isTellable(message) ? message : 'is not accepted by Discord',
    ...(typeof name === 'string' && /^[A-Z0-9_]{1,64}$/.test(name) ? { code: name } : {}),
  };
}

/** @see RFC 6901 §3 */
function escapeStep(step: string): string {
  return step.slice(0, MAX_KEY_LENGTH).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Discord's sentence about a field is passed on when it is one printable line. */
function isTellable(message: unknown): message is string {
  return (
    typeof message === 'string' &&
    message.length > 0 &&
    message.length <= MAX_DETAIL_LENGTH &&
    !/[\p{Cc}\p{Cf}\p{Surrogate}\p{Zl}\p{Zp}]/u.test(message)
  );
}
