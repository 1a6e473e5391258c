/** What one run's part of a pass came to; added up as it goes on. */
export interface PatrolCounts {
  connectionsSeen: number;
  idleDisconnected: number;
  resealed: number;
  spillsRecovered: number;
  dataKeysDeleted: number;
}
