import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SimulatorState } from './records.ts';
import { buildEmptyState, simulatorState } from './records.ts';

/** Milliseconds from a change to its write. Short, since only kill -9 within it loses anything. */
const SAVE_DELAY_MS = 50;

/** Thrown when the state file is there but is not the simulator's. Nothing was overwritten. */
export class StateFileError extends Error {
  override name = 'StateFileError';
}

/** Writes the state some time after a change, and at once when asked. */
export interface StateSaver {
  /** Tells that the state has changed. */
  noteChange(): void;
  /** Writes what is not yet written. */
  flush(): void;
}

/**
 * Reads the state of the last run.
 * @returns an empty state when the file does not exist
 * @throws StateFileError when it cannot be read or has another shape
 */
export function loadState(path: string): SimulatorState {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return buildEmptyState();
    throw new StateFileError(`cannot read ${path}`, { cause: error });
  }
  try {
    return simulatorState.parse(JSON.parse(text));
  } catch {
    // The cause would quote the content, and that is secrets.
    throw new StateFileError(`${path} is not a state file of this simulator; move it away or delete it to start fresh`);
  }
}

/**
 * Makes the saver of one file. It writes to a neighbour and renames, so a reader never sees half a file.
 * @param snapshot - gives the state to write
 */
export function createStateSaver(path: string, snapshot: () => SimulatorState): StateSaver {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    timer = undefined;
    mkdirSync(dirname(path), { recursive: true });
    const temporaryPath = `${path}.${process.pid}.tmp`;
    writeFileSync(temporaryPath, JSON.stringify(snapshot()), { mode: 0o600 });
    renameSync(temporaryPath, path);
  };
  return {
    noteChange() {
      timer ??= setTimeout(() => {
        try {
          save();
        } catch (error) {
          // A full disk must not stop the simulator; the next change tries again.
          console.error(`simulator: cannot save ${path}: ${error instanceof Error ? error.message : 'unknown cause'}`);
        }
      }, SAVE_DELAY_MS).unref();
    },
    flush() {
      if (timer !== undefined) save();
    },
  };
}
