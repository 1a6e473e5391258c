/** Takes one token if there is one. */
export type TakeToken = (nowEpochMs: number) => boolean;

/**
 * A token bucket: full at first with `burstLimit` tokens, refilled evenly with `ratePerSecond`.
 * @see API Gateway Developer Guide, "Throttle requests to your HTTP APIs for better throughput"
 */
export function createTokenBucket(limits: { readonly burstLimit: number; readonly ratePerSecond: number }): TakeToken {
  let tokens = limits.burstLimit;
  let filledAtEpochMs: number | undefined;
  return (nowEpochMs) => {
    const elapsedSeconds = Math.max(0, nowEpochMs - (filledAtEpochMs ?? nowEpochMs)) / 1000;
    tokens = Math.min(limits.burstLimit, tokens + elapsedSeconds * limits.ratePerSecond);
    filledAtEpochMs = nowEpochMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
