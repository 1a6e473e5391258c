/** Seconds from the beginning of one pass over all connections to that of the next, unless one is wanted earlier. */
const PASS_INTERVAL_SECONDS = 24 * 60 * 60;

/** Seconds without a complete pass after which the sweep counts as behind. */
const BEHIND_SECONDS = 48 * 60 * 60;

/** Seconds that a stored time may lie ahead: clocks of sandboxes differ by less. */
const TOLERANCE_SECONDS = 60 * 60;

export interface PassTimes {
  readonly isPassWanted?: boolean;
  readonly lastPassBeganAtEpochSeconds?: number;
  readonly lastPassEndedAtEpochSeconds?: number;
  readonly pass?: { readonly beganAtEpochSeconds: number };
}

/** Whether a pass is to begin; none is under way. */
export function isPassDue({ isPassWanted, lastPassBeganAtEpochSeconds: last }: PassTimes, nowEpochSeconds: number) {
  if (isPassWanted === true || last === undefined) return true;
  // A time from a clock that was wrong must not put it off for long.
  return nowEpochSeconds - last >= PASS_INTERVAL_SECONDS || last > nowEpochSeconds + TOLERANCE_SECONDS;
}

/** Whether passes do not come to an end any more. */
export function isPassBehind({ lastPassEndedAtEpochSeconds, pass }: PassTimes, nowEpochSeconds: number): boolean {
  const since = lastPassEndedAtEpochSeconds ?? pass?.beganAtEpochSeconds ?? nowEpochSeconds;
  return nowEpochSeconds - since > BEHIND_SECONDS;
}
