import type { Connection } from '../domain/connection.ts';
import type { TokenTimes } from '../domain/refresh-policy.ts';

/** Begin and end of the life of a connection's access token. */
export function toTokenTimes(connection: Connection): TokenTimes {
  return {
    obtainedAtEpochSeconds: connection.tokenObtainedAtEpochSeconds,
    expiresAtEpochSeconds: connection.tokenExpiresAtEpochSeconds,
  };
}
