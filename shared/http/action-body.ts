import type { ActionBody, ActionDefinition } from '../catalogue/action.ts';
import type { AttachedFile } from '../discord/build-multipart.ts';
import type { InputFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { isJsonType, listInputErrors } from './json-body.ts';
import { parseBoundary, parseMultipart, type FormPart } from './multipart.ts';
import type { HttpRequest } from './request.ts';
import { parseStrictJson } from './strict-json.ts';

/**
 * Bytes, files included. Lambda takes an event of 6 MB, in which a body that is not text stands in base64 beside headers and
 * context: four bytes for three.
 */
export const MAX_ACTION_BODY_BYTES = 4_400_000;

/** @see Discord docs: resources/message (attachments) */
const MAX_FILES = 10;

/** The body of an action as the caller sent it, judged by the action's schema. */
export interface ParsedActionBody {
  /** For decisions only; what goes to Discord is `text`. */
  readonly json: unknown;
  /** The JSON as sent, or absent when there was none. */
  readonly text: string | undefined;
  readonly files: readonly AttachedFile[];
  readonly contentType: string | undefined;
  /** The whole body as sent. */
  readonly bytes: Uint8Array;
}

/** Reads the body that an action takes: none, JSON, or with files a form. Faults are named with a JSON Pointer. */
export function parseActionBody(
  action: Pick<ActionDefinition, 'method' | 'body'>,
  request: Pick<HttpRequest, 'headers' | 'body'>,
): Result<ParsedActionBody, InputFailure> {
  const bytes = request.body;
  if (bytes.byteLength === 0) return parseAbsentBody(action, bytes);
  if (action.body === undefined) return refuse(`is not taken by this action; send ${action.method} without one`);
  if (bytes.byteLength > MAX_ACTION_BODY_BYTES) {
    return fail({ reason: 'input_too_large', maxBytes: MAX_ACTION_BODY_BYTES });
  }
  const contentType = request.headers['content-type'] ?? '';
  if (isJsonType(contentType)) {
    const parsed = parseJson(action.body, bytes);
    return parsed.ok ? ok({ ...parsed.value, files: [], contentType, bytes }) : parsed;
  }
  const boundary = parseBoundary(contentType);
  if (!action.body.takesFiles || boundary === undefined) return fail({ reason: 'input_media_type' });
  const form = parseForm(action.body, bytes, boundary);
  return form.ok ? ok({ ...form.value, contentType, bytes }) : form;
}

function refuse(detail: string, pointer = '') {
  return fail<InputFailure>({ reason: 'input_invalid', errors: [{ pointer, detail }] });
}

function parseAbsentBody(
  { body }: Pick<ActionDefinition, 'body'>,
  bytes: Uint8Array,
): Result<ParsedActionBody, InputFailure> {
  if (body?.isRequired === true) return refuse('is required');
  return ok({ json: undefined, text: undefined, files: [], contentType: undefined, bytes });
}

type ParsedJson = Pick<ParsedActionBody, 'json' | 'text'>;

function parseJson(body: ActionBody, bytes: Uint8Array): Result<ParsedJson, InputFailure> {
  const json = parseStrictJson(bytes);
  if (!json.ok) return json;
  const judged = judge(body, json.value);
  return judged ?? ok({ json: json.value, text: Buffer.from(bytes).toString('utf8') });
}

function judge(body: ActionBody, json: unknown) {
  // Without it an issue does not say whether a value is wrong or missing. It is looked at and not passed on.
  const parsed = body.schema.safeParse(json, { reportInput: true });
  return parsed.success
    ? undefined
    : fail<InputFailure>({ reason: 'input_invalid', errors: listInputErrors(parsed.error) });
}

type ParsedForm = Pick<ParsedActionBody, 'json' | 'text' | 'files'>;

function parseForm(body: ActionBody, bytes: Uint8Array, boundary: string): Result<ParsedForm, InputFailure> {
  const form = parseMultipart(bytes, boundary);
  if (!form.ok) return refuse(`is no readable form: it ${form.failure}`);
  const names = form.value.map(({ name }) => name);
  if (new Set(names).size !== names.length) return refuse('has two parts of one name');
  const payload = form.value.find(({ name }) => name === 'payload_json');
  const files = form.value.filter((part) => part !== payload).map(toFile);
  if (files.length > MAX_FILES) return refuse(`has more than ${MAX_FILES} files`);
  const faulty = files.find((file) => typeof file === 'string');
  if (faulty !== undefined) return refuse(faulty);
  const attached = files.filter((file) => typeof file !== 'string');
  if (payload !== undefined) {
    const parsed = parseJson(body, payload.bytes);
    return parsed.ok ? ok({ ...parsed.value, files: attached }) : parsed;
  }
  // A message may be nothing but files; its fields are all absent then. Whether that will do the schema says.
  if (attached.length === 0) return refuse('has no part payload_json');
  return judge(body, {}) ?? ok({ json: {}, text: undefined, files: attached });
}

/** Characters; longer names no file system has. */
const MAX_FILENAME_LENGTH = 255;

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}(\s*;[\x20-\x7e]{1,200})?$/;

/** @returns what is wrong with the part, when it is not a file that Discord could take */
function toFile({ name, filename, contentType = 'application/octet-stream', bytes }: FormPart): AttachedFile | string {
  if (!/^files\[[0-9]\]$/.test(name)) return 'has a part that is neither payload_json nor files[0] to files[9]';
  if (filename === undefined || filename === '' || filename.length > MAX_FILENAME_LENGTH) {
    return `has a part ${name} without a filename of 1 to ${MAX_FILENAME_LENGTH} characters`;
  }
  if (/[\p{Cc}\p{Surrogate}]/u.test(filename)) return `has a part ${name} whose filename has a control character`;
  return MEDIA_TYPE.test(contentType)
    ? { field: name, filename, contentType, bytes }
    : `has a part ${name} whose Content-Type is not a media type`;
}
