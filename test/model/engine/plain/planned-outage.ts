/** AWS does not answer, or answers that it cannot: the SDK has given up after its own tries. */
export class PlannedOutage extends Error {
  constructor(kind: 'refused' | 'lost') {
    super('planted');
    this.name = kind === 'refused' ? 'ThrottlingException' : 'TimeoutError';
  }
}

/** Answers of the plain table to a write whose condition did not hold are false or nothing. */
export const AT_AWS = {
  fail: (kind: 'refused' | 'lost'): never => {
    throw new PlannedOutage(kind);
  },
  isDone: (answer: unknown): boolean => answer !== false && answer !== undefined,
};
