import type { ApplicationRecord } from '../state/records.ts';
import type { SimulatorStore } from '../state/store.ts';

/** Thrown when a control call names something that does not exist or cannot be. */
export class ControlInputError extends Error {
  override name = 'ControlInputError';
}

/**
 * The application that a control call means: the first when it names none.
 * @throws ControlInputError when there is none
 */
export function requireApplication(store: SimulatorStore, clientId: string | undefined): ApplicationRecord {
  const record = clientId === undefined ? store.listApplications()[0] : store.findApplication(clientId);
  if (record === undefined) throw new ControlInputError('no application has this client_id');
  return record;
}
