import type { Connection } from './connection.ts';

/** Days, for the operator's setting. */
export const MAX_IDLE_EXPIRY_DAYS = 3650;

const SECONDS_PER_DAY = 86_400;

/**
 * Whether nobody has used a connection for longer than the operator allows. Uses are not written down, which would cost a write
 * for each: a token in use is renewed before its end, so the last use lies before the end of the last access token, and days
 * are counted from there. (Discord's live for seven days: a connection can be up to that much older in truth.)
 */
export function isIdle(
  connection: Pick<Connection, 'status' | 'tokenExpiresAtEpochSeconds'>,
  idleExpiryDays: number | undefined,
  nowEpochSeconds: number,
): boolean {
  if (idleExpiryDays === undefined || connection.status === 'disconnected') return false;
  return nowEpochSeconds - connection.tokenExpiresAtEpochSeconds > idleExpiryDays * SECONDS_PER_DAY;
}
