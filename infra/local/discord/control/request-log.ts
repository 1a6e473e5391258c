import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { parseForm, parseFormBody } from '../http/form.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import { parseMediaType } from '../http/incoming.ts';

/** One request as the simulator received it, without any secret in it. */
export const requestRecord = z.object({
  /** Counts from 1 and never starts again. */
  number: z.number(),
  at_epoch_ms: z.number(),
  method: z.string(),
  /** As sent; a webhook's token in it is replaced by its hash. */
  path: z.string(),
  /** Query as sent; `state`, `code` and `code_challenge` are replaced by hashes. */
  query: z.record(z.string(), z.string()),
  /** Lower-case names. `authorization` is `Scheme sha256:…`, `cookie` only its hash. */
  headers: z.record(z.string(), z.string()),
  body_bytes: z.number(),
  /** Names of the fields of a form body, sorted. */
  form_fields: z.array(z.string()),
  /** Value of the form field `grant_type`, or null. */
  grant_type: z.nullable(z.string()),
  /** Id of the fault that it met, or null. */
  fault_id: z.nullable(z.string()),
  /** Status of the answer; null while there is none, or when the connection was dropped. */
  status: z.nullable(z.number()),
});

export type RequestRecord = z.output<typeof requestRecord>;

/** The newest are kept. */
const MAX_RECORDS = 10_000;

const SECRET_QUERY_NAMES: ReadonlySet<string> = new Set(['state', 'code', 'code_challenge']);

/** Remembers what was received. */
export class RequestLog {
  #records: RequestRecord[] = [];
  #count = 0;

  /** @returns the kept record, whose `fault_id` and `status` the caller fills in later */
  add(request: IncomingRequest, atEpochMs: number): RequestRecord {
    this.#count += 1;
    const isForm = parseMediaType(request) === 'application/x-www-form-urlencoded';
    const form = isForm ? parseFormBody(request.body) : undefined;
    const fields = form?.ok === true ? form.fields : new Map<string, string>();
    const record = {
      number: this.#count,
      at_epoch_ms: atEpochMs,
      method: request.method,
      path: describePath(request.path),
      query: describeQuery(request.rawQuery),
      headers: describeHeaders(request),
      body_bytes: request.body.length,
      form_fields: [...fields.keys()].sort(),
      grant_type: fields.get('grant_type') ?? null,
      fault_id: null,
      status: null,
    };
    this.#records.push(record);
    if (this.#records.length > MAX_RECORDS) this.#records.shift();
    return record;
  }

  /** Oldest first. */
  list(filter: { method?: string | undefined; path?: string | undefined }): RequestRecord[] {
    return this.#records.filter(
      (record) =>
        (filter.method === undefined || filter.method === record.method) &&
        (filter.path === undefined || filter.path === record.path),
    );
  }

  clear(): void {
    this.#records = [];
  }
}

function describePath(path: string): string {
  return path.replace(
    /(\/webhooks\/[^/]+\/)([^/]+)/,
    (_, before: string, token: string) => before + computeHash(token),
  );
}

function describeQuery(rawQuery: string): Record<string, string> {
  const form = parseForm(rawQuery);
  if (!form.ok) return {};
  const described: Record<string, string> = {};
  for (const [name, value] of form.fields) described[name] = SECRET_QUERY_NAMES.has(name) ? computeHash(value) : value;
  return described;
}

function describeHeaders(request: IncomingRequest): Record<string, string> {
  const described: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
    if (name === 'authorization') described[name] = describeAuthorization(text);
    else described[name] = name === 'cookie' ? computeHash(text) : text;
  }
  return described;
}

function describeAuthorization(text: string): string {
  const cut = text.indexOf(' ');
  return cut === -1 ? computeHash(text) : `${text.slice(0, cut)} ${computeHash(text.slice(cut + 1))}`;
}

/** The first 16 hex digits of the SHA-256: enough to tell whether two are equal. */
function computeHash(secret: string): string {
  return `sha256:${createHash('sha256').update(secret).digest('hex').slice(0, 16)}`;
}
