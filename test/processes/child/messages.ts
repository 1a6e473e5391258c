import type { LocalTarget } from '../../../infra/local/stack/local-target.ts';
import type { ContextData } from '../../../infra/local/gateway/sandbox.ts';

/**
 * The time of a child process. `frozen`: it stands at the given moment and moves only by the child's own pauses, which take
 * no time; `running`: the machine's clock, moved by an offset, and pauses take as long as they say.
 */
export type ChildTime =
  { readonly kind: 'frozen'; readonly nowEpochMs: number } | { readonly kind: 'running'; readonly offsetMs: number };

/** Where in a run something is to happen: the `nth` time, from 1, that the await starts, or has settled. */
export interface Moment {
  readonly point: string;
  readonly nth: number;
  readonly position: 'start' | 'settled';
}

/**
 * What a child does at a moment of its next call: it dies, or the whole process stops until it is told to go on. It can be
 * frozen only where an await has settled, since only there it can wait to learn how late it has become.
 */
export type Strike =
  | { readonly kind: 'kill'; readonly at: Moment }
  | { readonly kind: 'freeze'; readonly at: Moment & { readonly position: 'settled' } };

/** One entry of a recorded run: a moment that was passed, or an answer that came over the wire. */
export type TraceEntry =
  | ({ readonly kind: 'moment' } & Moment)
  | {
      readonly kind: 'answer';
      readonly service: 'aws' | 'discord';
      /** AWS: the operation and the kind of the first item that it names (`PutItem AUDIT`); Discord: method and path. */
      readonly operation: string;
      readonly status: number;
    };

/** What an operator does, by the use case behind his command. */
export type OperatorOrder =
  | { readonly name: 'rotate-tenant-key' | 'delete-tenant'; readonly tenantId: string }
  | { readonly name: 'revoke-all'; readonly tenantId?: string };

/** What a child is to do. */
export type Job =
  | {
      readonly kind: 'operate';
      readonly order: OperatorOrder;
      readonly remainingMs: number;
      readonly time: ChildTime;
    }
  | {
      readonly kind: 'invoke';
      /** Calls of one sandbox share memory; a name that was not used before is a cold start. */
      readonly sandbox: string;
      readonly functionLogicalId: string;
      readonly event: unknown;
      readonly context: ContextData;
      readonly remainingMs: number;
      readonly time: ChildTime;
    }
  | { readonly kind: 'strike'; readonly strike: Strike }
  | { readonly kind: 'record' }
  | { readonly kind: 'thaw'; readonly time: ChildTime };

export interface JobMessage {
  readonly id: number;
  readonly job: Job;
}

/** What comes back. `nowEpochMs`: the child's time at the end, ahead of what it was given by the pauses it made. */
export type JobAnswer = { readonly id: number } & (
  | {
      readonly ok: true;
      readonly value: unknown;
      readonly nowEpochMs: number;
      readonly trace: readonly TraceEntry[];
    }
  | { readonly ok: false; readonly error: string }
);

/** First and only argument of the child process, as JSON. */
export interface ChildSetup {
  readonly target: LocalTarget;
  /** Milliseconds that a call to AWS or Discord may take. */
  readonly maxCallMs: number;
}

/** Line on standard output that says that the process is about to stop at the moment of a `freeze`. */
export const FROZEN_LINE = '{"event":"frozen"}';
