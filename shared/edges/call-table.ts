import { OutageError } from '../problems/failure.ts';

/** Errors that say that the request itself was wrong: a bug, not an outage. */
const BUGS = new Set(['ValidationException', 'SerializationException']);

/** Sends a conditional write. @returns nothing when the condition did not hold @throws OutageError */
export async function conditional<T>(send: () => Promise<T>): Promise<T | undefined> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return undefined;
    throw toOutage(error);
  }
}

/** Sends a call to DynamoDB. @throws OutageError */
export async function guard<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw toOutage(error);
  }
}

function toOutage(error: unknown): unknown {
  if (!(error instanceof Error) || BUGS.has(error.name)) return error;
  return new OutageError({ reason: 'storage_unavailable' }, error.name);
}
