/** Whole seconds of a moment in milliseconds, rounded down: the unit in which times are stored (DynamoDB's TTL wants it). */
export function toEpochSeconds(epochMs: number): number {
  return Math.floor(epochMs / 1000);
}
