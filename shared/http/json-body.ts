import type * as z from 'zod/mini';
import type { InputError, InputFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { HttpRequest } from './request.ts';
import { escapePointer, parseStrictJson } from './strict-json.ts';

/** Bytes. Our own bodies are a few hundred; this leaves room for the longest allowed values. */
export const MAX_JSON_BYTES = 64 * 1024;

/** Problems named in one answer; more help nobody. */
const MAX_ERRORS = 20;

/** Reads and validates a JSON body. Every fault is named with a JSON Pointer; the caller's values are never echoed. */
export function parseJsonBody<T>(request: HttpRequest, schema: z.ZodMiniType<T>): Result<T, InputFailure> {
  if (!isJsonType(request.headers['content-type'] ?? '')) return fail({ reason: 'input_media_type' });
  if (request.body.byteLength > MAX_JSON_BYTES) return fail({ reason: 'input_too_large', maxBytes: MAX_JSON_BYTES });
  const json = parseStrictJson(request.body);
  if (!json.ok) return json;
  // Without it an issue does not say whether a value is wrong or missing. It is looked at and not passed on.
  const parsed = schema.safeParse(json.value, { reportInput: true });
  if (parsed.success) return ok(parsed.data);
  return fail({ reason: 'input_invalid', errors: listInputErrors(parsed.error) });
}

/** Media types that are JSON for us: UTF-8 and nothing else (RFC 8259 §8.1). */
export function isJsonType(contentType: string): boolean {
  return /^application\/json\s*(;\s*charset=("utf-8"|utf-8)\s*)?$/i.test(contentType);
}

/** What a schema found, each with its place. The schema must have been asked with `reportInput`. */
export function listInputErrors(error: z.core.$ZodError): InputError[] {
  return error.issues.flatMap(toInputErrors).slice(0, MAX_ERRORS);
}

function toInputErrors(issue: z.core.$ZodIssue): InputError[] {
  const pointer = issue.path.map((part) => `/${escapePointer(String(part))}`).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: `${pointer}/${escapePointer(key)}`, detail: 'is not a known field' }));
  }
  if (issue.code === 'invalid_type') {
    const isMissing = issue.input === undefined;
    return [{ pointer, detail: isMissing ? `is required and must be ${issue.expected}` : `must be ${issue.expected}` }];
  }
  return [{ pointer, detail: issue.message }];
}
