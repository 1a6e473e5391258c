/** Why a refresh is wanted. */
export interface RefreshCause {
  /** The old access token still works, so nobody waits. */
  readonly isTokenUsable: boolean;
  /** Discord has just rejected the access token although it had life left. */
  readonly isRejected: boolean;
}
