import { OutageError } from '../problems/failure.ts';

/** KMS refuses the wrapped key itself: it belongs to another tenant or key, or was changed. No outage, and no retry helps. */
const KEY_REFUSALS = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);

/** Sends a call to KMS. @throws OutageError */
export async function callKms<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    const reason = KEY_REFUSALS.has(name) ? 'sealed_data_unreadable' : 'key_service_unavailable';
    throw new OutageError({ reason }, name);
  }
}
