import type { Answer, FieldErrors } from '../answer.ts';
import { buildFieldErrorAnswer } from '../answer.ts';
import { parseForm } from '../http/form.ts';
import { isSnowflake } from '../snowflake.ts';

/** What a query parameter must be. */
export type QueryParameter =
  | { readonly kind: 'integer'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'snowflake' }
  | { readonly kind: 'boolean' }
  /** Length in UTF-16 units. */
  | { readonly kind: 'text'; readonly minimum: number; readonly maximum: number; readonly isRequired?: true }
  /** ISO 8601 with a zone. */
  | { readonly kind: 'time' };

/** The values that were given and are sound, or Discord's 50035 naming every field that is not. */
export type QueryResult =
  { readonly ok: true; readonly values: ReadonlyMap<string, string> } | { readonly ok: false; readonly answer: Answer };

const BOOLEANS: ReadonlySet<string> = new Set(['true', 'false', '1', '0', 'True', 'False']);

/**
 * Checks the query of an API request. Parameters that the route does not know are ignored, as Discord does.
 * @param parameters - what the route knows, by name
 */
export function parseQuery(rawQuery: string, parameters: Readonly<Record<string, QueryParameter>>): QueryResult {
  const form = parseForm(rawQuery);
  if (!form.ok) {
    const error = { code: 'BASE_TYPE_BAD_ENCODING', message: `The query is malformed: ${form.problem}.` };
    return { ok: false, answer: buildFieldErrorAnswer({ _query: error }) };
  }
  const errors: Record<string, FieldErrors[string]> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const value = form.fields.get(name);
    const error = value === undefined ? findAbsenceError(parameter) : findError(value, parameter);
    if (error !== undefined) errors[name] = error;
  }
  if (Object.keys(errors).length > 0) return { ok: false, answer: buildFieldErrorAnswer(errors) };
  return { ok: true, values: form.fields };
}

/** Whether a checked boolean parameter means yes. Absent means no. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value?.toLowerCase() === 'true';
}

/** Whether the text is a moment as Discord takes it. A time without a zone would be read differently by each reader. */
export function isIsoTime(text: string): boolean {
  const pattern = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})$/;
  return pattern.test(text) && !Number.isNaN(Date.parse(text));
}

/** The 50035 leaf for something that should have been an id. */
export function buildNotSnowflakeError(value: string): FieldErrors[string] {
  return { code: 'NUMBER_TYPE_COERCE', message: `Value "${value}" is not snowflake.` };
}

function findAbsenceError(parameter: QueryParameter): FieldErrors[string] | undefined {
  if (parameter.kind !== 'text' || parameter.isRequired !== true) return undefined;
  return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
}

function findError(value: string, parameter: QueryParameter): FieldErrors[string] | undefined {
  switch (parameter.kind) {
    case 'snowflake':
      return isSnowflake(value) ? undefined : buildNotSnowflakeError(value);
    case 'boolean':
      if (BOOLEANS.has(value)) return undefined;
      return { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' };
    case 'time':
      if (isIsoTime(value)) return undefined;
      return { code: 'DATE_TIME_TYPE_PARSE', message: `Could not parse ${value}. Should be ISO8601.` };
    case 'text': {
      const { minimum, maximum } = parameter;
      if (value.length >= minimum && value.length <= maximum) return undefined;
      return { code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between ${minimum} and ${maximum} in length.` };
    }
    case 'integer': {
      const { minimum, maximum } = parameter;
      if (!/^-?[0-9]{1,15}$/.test(value)) {
        return { code: 'NUMBER_TYPE_COERCE', message: `Value "${value}" is not int.` };
      }
      if (Number(value) < minimum) {
        return { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${minimum}.` };
      }
      if (Number(value) > maximum) {
        return { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${maximum}.` };
      }
      return undefined;
    }
  }
}
