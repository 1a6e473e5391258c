import type { CountName, LatencyName } from '../../metric-names.ts';
import type { Failure } from '../../problems/failure.ts';

export interface Clock {
  nowEpochMs(): number;
}

export interface Random {
  /** Cryptographically strong random bytes. */
  bytes(count: number): Uint8Array;
}

/** Structured log. Fields are facts that may be seen by an operator: never a token, code, key, cookie or URL with a query. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** The log of a sandbox, which takes one request at a time: what is begun and noted holds until the next request begins. */
export interface RequestLog extends Log {
  /** Forgets the request before; these facts stand on every line of this one. */
  begin(facts: LogFields): void;
  /** Adds facts to every further line of this request. */
  note(facts: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Counts and times for dashboards and alarms. Kept until they are published, once for each request. Never throws. */
export interface Metrics {
  /** Adds one. */
  count(name: CountName): void;
  measure(name: LatencyName, milliseconds: number): void;
  /** Adds one to the failures of a problem code, beside the count of its family. */
  countFailure(code: Failure['reason']): void;
  publish(): void;
}

/** Remembers for a while, within bounds; what it has forgotten is only done again. */
export interface Memory<T> {
  get(name: string, nowEpochMs: number): T | undefined;
  set(name: string, value: T, nowEpochMs: number): void;
}

/** How long this invocation may still run. */
export interface Deadline {
  /** Milliseconds until the function is stopped. */
  remainingMs(): number;
}
