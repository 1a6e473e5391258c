/** What one run's part of a pass came to; added up as it goes on. */
export interface PatrolCounts {
  connectionsSeen: number;
  idleDisconnected: number;
  resealed: number;
  spillsRecovered: number;
  dataKeysDeleted: number;
}

export function startPatrolCounts(): PatrolCounts {
  return { connectionsSeen: 0, idleDisconnected: 0, resealed: 0, spillsRecovered: 0, dataKeysDeleted: 0 };
}
