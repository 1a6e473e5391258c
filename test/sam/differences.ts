import type { Observed } from './exchanges.ts';

/** One field in which the local gateway and SAM differ. */
export interface Difference {
  readonly exchange: string;
  /** `status`, `headers.content-type`, `event.requestContext.http.protocol`, … */
  readonly field: string;
  /** As JSON; absent: the field is not there. */
  readonly gateway: string | undefined;
  readonly sam: string | undefined;
}

/** Why some differences stay. */
export interface Explanation {
  /** Which exchanges; absent: all. */
  readonly exchange?: RegExp;
  readonly field: RegExp;
  /** What the gateway's value must look like; absent: anything. A field that is not there reads `absent`. */
  readonly gateway?: RegExp;
  /** What SAM's value must look like. */
  readonly sam?: RegExp;
  readonly reason: string;
}

/** Compares two answers field by field; a body that is an event is compared as such. */
export function findDifferences(exchange: string, gateway: Observed, sam: Observed): Difference[] {
  const [left, right] = [flatten(gateway), flatten(sam)];
  const fields = [...new Set([...left.keys(), ...right.keys()])].sort();
  return fields
    .filter((field) => left.get(field) !== right.get(field))
    .map((field) => ({ exchange, field, gateway: left.get(field), sam: right.get(field) }));
}

/** The first explanation that fits. */
export function explain(difference: Difference, explanations: readonly Explanation[]): Explanation | undefined {
  return explanations.find(
    ({ exchange, field, gateway, sam }) =>
      (exchange?.test(difference.exchange) ?? true) &&
      field.test(difference.field) &&
      (gateway?.test(difference.gateway ?? 'absent') ?? true) &&
      (sam?.test(difference.sam ?? 'absent') ?? true),
  );
}

function flatten({ status, headers, body }: Observed): Map<string, string> {
  const fields = new Map<string, string>([['status', String(status)]]);
  for (const [name, values] of Object.entries(headers)) fields.set(`headers.${name}`, values.join(' | '));
  const isEvent = typeof body === 'object' && body !== null && 'requestContext' in body;
  add(fields, isEvent ? 'event' : 'body', body);
  // The length follows from a body that is compared itself.
  if (isEvent) fields.delete('headers.content-length');
  return fields;
}

function add(fields: Map<string, string>, at: string, value: unknown): void {
  // The spelling of the names is a field of its own; each header is then compared without it.
  if (at === 'event.headers' && typeof value === 'object' && value !== null) {
    const names = Object.keys(value);
    fields.set(
      'event.headers (case of names)',
      names.every((name) => name === name.toLowerCase()) ? 'lower' : 'as sent',
    );
    for (const [name, item] of Object.entries(value)) add(fields, `${at}.${name.toLowerCase()}`, item);
    return;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
    for (const [name, item] of Object.entries(value)) add(fields, `${at}.${name}`, item);
    return;
  }
  fields.set(at, JSON.stringify(value));
}
