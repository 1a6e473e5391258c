/** AWS does not answer, or answers that it cannot: the SDK has given up after its own tries. */
export class PlannedOutage extends Error {
  constructor(kind: 'refused' | 'lost') {
    super('planted');
    this.name = kind === 'refused' ? 'ThrottlingException' : 'TimeoutError';
  }
}

export function failAtAws(kind: 'refused' | 'lost'): never {
  throw new PlannedOutage(kind);
}
