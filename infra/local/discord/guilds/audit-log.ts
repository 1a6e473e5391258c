import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildFieldErrorAnswer } from '../answer.ts';
import type { IncomingRequest } from '../http/incoming.ts';

/** One change that a bot made. */
export interface AuditLogEntry {
  readonly at_epoch_ms: number;
  readonly client_id: string;
  /** Discord's operation id. */
  readonly action: string;
  /** The path parameters of the call. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly reason: string | null;
}

/** The reason that a call gives, null when it gives none, or the refusal of one that is not sound. */
export type ReasonResult =
  { readonly ok: true; readonly reason: string | null } | { readonly ok: false; readonly answer: Answer };

/** Characters, counted as UTF-16 units, of which there are never fewer. Discord docs: resources/audit-log */
const MAX_REASON_CHARACTERS = 512;

/** The newest are kept. */
const MAX_ENTRIES = 10_000;

/** What bots have changed, with the reasons that they gave. */
export class AuditLog {
  #entries: AuditLogEntry[] = [];

  note(entry: AuditLogEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift();
  }

  /** Oldest first. */
  list(): AuditLogEntry[] {
    return [...this.#entries];
  }

  clear(): void {
    this.#entries = [];
  }
}

/**
 * Reads `X-Audit-Log-Reason`: 1 to 512 characters, URL-encoded UTF-8. What is sent unencoded and is not plain ASCII never
 * arrives at Discord as it was meant, so it is refused here.
 * @see Discord docs: resources/audit-log
 */
export function parseAuditLogReason(request: IncomingRequest): ReasonResult {
  const header = request.headers['x-audit-log-reason'];
  if (header === undefined) return { ok: true, reason: null };
  const reason = decodeReason(Array.isArray(header) ? header.join(', ') : header);
  if (reason === undefined) return { ok: false, answer: buildApiErrorAnswer(400, 0, '400: Bad Request') };
  if (reason.length >= 1 && reason.length <= MAX_REASON_CHARACTERS) return { ok: true, reason };
  const message = `Must be between 1 and ${MAX_REASON_CHARACTERS} in length.`;
  return { ok: false, answer: buildFieldErrorAnswer({ reason: { code: 'BASE_TYPE_BAD_LENGTH', message } }) };
}

function decodeReason(text: string): string | undefined {
  if (!/^[\x20-\x7e]*$/.test(text)) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
