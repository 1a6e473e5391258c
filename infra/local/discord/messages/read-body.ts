import type * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildBodyErrorAnswer, buildFieldErrorAnswer } from '../answer.ts';
import { parseJsonBody } from '../api/body.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import { MAX_BODY_BYTES, parseMediaType } from '../http/incoming.ts';
import type { FormPart } from '../http/multipart.ts';
import { parseMultipart } from '../http/multipart.ts';

/** A file that came with a message. */
export interface SentFile {
  /** The n of `files[n]`, by which `attachments` names it. */
  readonly number: number;
  readonly filename: string;
  readonly mediaType: string;
  readonly byteCount: number;
}

/** The body and its files, or the refusal. */
export type MessageBodyResult<T> =
  | { readonly ok: true; readonly value: T; readonly files: readonly SentFile[] }
  | { readonly ok: false; readonly answer: Answer };

const MAX_FILES = 10;

/** What an unboosted guild takes per file. */
const MAX_FILE_BYTES = 10 * 1024 * 1024;

/**
 * Reads a body that is JSON, or a form with the JSON in `payload_json` and files in `files[n]`.
 * @see Discord docs: reference#uploading-files
 */
export function readMessageBody<T extends z.ZodMiniType>(
  request: IncomingRequest,
  schema: T,
): MessageBodyResult<z.output<T>> {
  if (parseMediaType(request) !== 'multipart/form-data') {
    // Only files can make a body that large.
    if (request.body.length > MAX_BODY_BYTES)
      return refuse(buildApiErrorAnswer(413, 40005, 'Request entity too large'));
    const body = parseJsonBody(request, schema);
    return body.ok ? { ...body, files: [] } : body;
  }
  const form = parseMultipart(request.headers['content-type'] ?? '', request.body);
  if (!form.ok) {
    const message = `The form is malformed: ${form.problem}.`;
    return refuse(buildFieldErrorAnswer({ _misc: { code: 'BASE_TYPE_BAD_ENCODING', message } }));
  }
  const files = readFiles(form.parts);
  if (!files.ok) return files;
  const payload = form.parts.find(({ name }) => name === 'payload_json');
  const headers = { ...request.headers, 'content-type': 'application/json' };
  const body = parseJsonBody({ ...request, headers, body: payload?.body ?? Buffer.from('{}') }, schema);
  return body.ok ? { ...body, files: files.value } : body;
}

function readFiles(parts: readonly FormPart[]): { ok: true; value: SentFile[] } | { ok: false; answer: Answer } {
  const files: SentFile[] = [];
  for (const part of parts) {
    if (part.name === 'payload_json') continue;
    const number = /^files\[(\d{1,3})\]$/.exec(part.name)?.[1];
    // Discord ignores parts of other names, and with them a file that somebody believes to be sent.
    if (number === undefined || part.filename === undefined || part.filename === '') {
      const message = 'A part is neither payload_json nor files[n] with a filename.';
      return refuse(buildBodyErrorAnswer([{ path: [part.name], code: 'FORM_PART_UNKNOWN', message }]));
    }
    if (part.body.length > MAX_FILE_BYTES) {
      return refuse(buildApiErrorAnswer(413, 50_045, 'File uploaded exceeds the maximum size'));
    }
    const { filename, mediaType } = part;
    files.push({ number: Number(number), filename, mediaType, byteCount: part.body.length });
  }
  return files.length > MAX_FILES ? refuse(buildTooManyAttachmentsAnswer()) : { ok: true, value: files };
}

/** 400 with 30015. */
export function buildTooManyAttachmentsAnswer(): Answer {
  return buildApiErrorAnswer(400, 30_015, `Maximum number of attachments in a message reached (${MAX_FILES})`);
}

function refuse(answer: Answer): { readonly ok: false; readonly answer: Answer } {
  return { ok: false, answer };
}
