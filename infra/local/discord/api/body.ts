import * as z from 'zod/mini';
import type { Answer, BodyError } from '../answer.ts';
import { buildApiErrorAnswer, buildBodyErrorAnswer, buildFieldErrorAnswer } from '../answer.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import { parseMediaType } from '../http/incoming.ts';
import { isSnowflake } from '../snowflake.ts';
import { isIsoTime } from './query.ts';

/** A body that fits its schema, or Discord's refusal naming everything that does not. */
export type BodyResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer };

/** An id in a body. Discord takes numbers too, but those above 2^53 arrive mangled, so they are refused. */
export const bodySnowflake = z.string().check(z.refine(isSnowflake, 'snowflake'));

/** A moment in ISO 8601, with a zone. */
export const bodyTime = z.string().check(z.refine(isIsoTime, 'time'));

/** A bit field in decimal digits. */
export const bodyBits = z.string().check(z.refine(isSnowflake, 'bits'));

export const bodyBoolean = z.boolean();

/** Text of so many characters, as code points. */
export function bodyText(minimum: number, maximum: number) {
  return z.string().check((payload) => {
    const count = Array.from(payload.value).length;
    const shared = { origin: 'string', input: payload.value } as const;
    if (count < minimum) payload.issues.push({ ...shared, code: 'too_small', minimum });
    if (count > maximum) payload.issues.push({ ...shared, code: 'too_big', maximum });
  });
}

/** A whole number in a range. */
export function bodyInteger(minimum: number, maximum: number) {
  return z.number().check(z.int(), z.minimum(minimum), z.maximum(maximum));
}

/** A list of so many items at most, each once. */
export function bodySet<T extends z.ZodMiniType>(item: T, maximum: number) {
  return z.array(item).check(
    z.maxLength(maximum),
    z.refine((items) => new Set(items).size === items.length, 'unique'),
  );
}

/** May be left out or be null. */
export function maybe<T extends z.ZodMiniType>(schema: T) {
  return z.optional(z.nullable(schema));
}

/**
 * Reads a JSON body. Members that the schema does not name are ignored, as Discord does.
 * @returns 400 with 50035 for another Content-Type or a body that does not fit, with 50109 for one that is no JSON
 */
export function parseJsonBody<T extends z.ZodMiniType>(request: IncomingRequest, schema: T): BodyResult<z.output<T>> {
  if (parseMediaType(request) !== 'application/json') {
    const message = 'Expected "Content-Type" header to be one of {application/json}.';
    return { ok: false, answer: buildFieldErrorAnswer({ _misc: { code: 'CONTENT_TYPE_INVALID', message } }) };
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request.body));
  } catch {
    return { ok: false, answer: buildApiErrorAnswer(400, 50109, 'The request body contains invalid JSON.') };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, answer: buildBodyErrorAnswer(parsed.error.issues.map((issue) => toBodyError(issue, value))) };
}

const TYPE_CODES: Readonly<Record<string, string>> = {
  string: 'STRING_TYPE_CONVERT',
  number: 'NUMBER_TYPE_COERCE',
  int: 'NUMBER_TYPE_COERCE',
  boolean: 'BOOLEAN_TYPE_CONVERT',
  array: 'LIST_TYPE_CONVERT',
  object: 'DICT_TYPE_CONVERT',
  record: 'DICT_TYPE_CONVERT',
};

const REFINEMENTS: Readonly<Record<string, { readonly code: string; readonly message: string }>> = {
  snowflake: { code: 'NUMBER_TYPE_COERCE', message: 'Value is not snowflake.' },
  bits: { code: 'NUMBER_TYPE_COERCE', message: 'Value is not int.' },
  time: { code: 'DATE_TIME_TYPE_PARSE', message: 'Could not parse value. Should be ISO8601.' },
  unique: { code: 'SET_TYPE_ALREADY_CONTAINS_VALUE', message: 'The set already contains a value.' },
};

function toBodyError(issue: z.core.$ZodIssue, body: unknown): BodyError {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const isMissing = path.length > 0 && readAt(body, path) === undefined;
  if (isMissing) return { path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  switch (issue.code) {
    case 'invalid_type':
      return {
        path,
        code: TYPE_CODES[issue.expected] ?? 'BASE_TYPE_INVALID',
        message: `Value is no ${issue.expected}.`,
      };
    case 'invalid_value':
      return { path, code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${issue.values.join(', ')}}.` };
    case 'too_small':
      return issue.origin === 'number'
        ? { path, code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${issue.minimum}.` }
        : { path, code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${issue.minimum} or more in length.` };
    case 'too_big':
      return issue.origin === 'number'
        ? { path, code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${issue.maximum}.` }
        : { path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` };
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return { path, ...(REFINEMENTS[issue.message] ?? { code: 'BASE_TYPE_INVALID', message: 'Value is invalid.' }) };
  }
}

function readAt(body: unknown, path: readonly (string | number)[]): unknown {
  let value = body;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
