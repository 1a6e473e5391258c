/** Milliseconds. 2015-01-01T00:00:00Z, from which Discord counts the time in an id. */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;

const SNOWFLAKE_PATTERN = /^(?:0|[1-9][0-9]{0,19})$/;

const UINT64_MAX = (1n << 64n) - 1n;

/**
 * Whether the text is a Discord id: a decimal uint64 without leading zeros.
 * @see Discord docs: reference#snowflakes
 */
export function isSnowflake(text: string): boolean {
  return SNOWFLAKE_PATTERN.test(text) && BigInt(text) <= UINT64_MAX;
}

/**
 * Builds the id of something made now.
 * @param epochMs - time of making
 * @param increment - distinguishes ids of one millisecond; only its low 12 bits count
 */
export function buildSnowflake(epochMs: number, increment: number): string {
  const time = BigInt(Math.floor(epochMs)) - DISCORD_EPOCH_MS;
  return ((time << 22n) | (1n << 17n) | BigInt(increment & 0xfff)).toString();
}

/** Orders two ids by age. Ids exceed 2^53, so they are compared as BigInt. */
export function compareSnowflakes(left: string, right: string): number {
  const difference = BigInt(left) - BigInt(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
