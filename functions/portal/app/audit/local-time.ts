const MS_PER_MINUTE = 60_000;

/** `2026-01-31T13:00` of an instant, in the reader's own zone, as the control for times wants it; empty for no time. */
export function toLocalTime(instant: string): string {
  const time = new Date(instant);
  if (instant === '' || Number.isNaN(time.getTime())) return '';
  return new Date(time.getTime() - time.getTimezoneOffset() * MS_PER_MINUTE).toISOString().slice(0, 16);
}

/** RFC 3339 in UTC of a time in the reader's own zone; empty for no time. */
export function toInstant(local: string): string {
  const time = new Date(local);
  return local === '' || Number.isNaN(time.getTime()) ? '' : time.toISOString().replace('.000Z', 'Z');
}
