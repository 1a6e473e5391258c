import { OutageError } from '../problems/failure.ts';
import { reportOutage, type OutageDeps } from './report-outage.ts';

/** Does what may fail without harm to the request that it happens in: an outage is reported and otherwise forgotten. */
export async function quietly(deps: OutageDeps, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    reportOutage(deps, error);
  }
}
