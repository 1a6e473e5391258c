import type { Failure, InputError } from './failure.ts';

/** A failure as it goes out (RFC 9457). `code` is stable; extension members stand only where they apply. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: Failure['reason'];
  readonly retry_after_seconds?: number;
  readonly errors?: readonly InputError[];
  readonly missing?: readonly string[];
  readonly allowed?: readonly string[];
  readonly max_bytes?: number;
  readonly attempts_left?: number;
  /** Version of the settings that stands now, as in their `ETag`. */
  readonly current_version?: number;
  readonly status_reason?: string;
  /** Whose it is that is missing, and where. */
  readonly who?: 'actor' | 'bot';
  readonly where?: 'guild' | 'channel';
  readonly place_id?: string;
  readonly discord?: {
    readonly code?: number;
    readonly status?: number;
    readonly scope?: string;
    readonly bucket?: string;
  };
}

/** What a failure adds to its fixed texts. */
export type ProblemMembers = Omit<Problem, 'type' | 'title' | 'status' | 'instance' | 'code' | 'detail'> & {
  readonly detail?: string;
  readonly status?: number;
};
