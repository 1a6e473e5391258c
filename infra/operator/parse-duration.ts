const SECONDS_OF = { m: 60, h: 3_600, d: 86_400 } as const;

/** What a duration looks like, for refusals. */
export const DURATION_RULE = 'a duration is a whole number with m, h or d, as 30m, 24h or 90d';

/** Reads `30m`, `24h` or `90d`. @returns seconds; nothing for anything else */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * SECONDS_OF[unit as keyof typeof SECONDS_OF];
}
