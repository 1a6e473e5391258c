import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A small JSON document that outlives the process, or only the memory of one when there is no path. */
export interface StateFile<T> {
  value: T;
  /** Writes {@link value} out whole: after a crash the file holds the old or the new document, never a part. */
  save(): void;
}

/**
 * Opens a state file and reads it if it is there.
 * @param filePath - absent: nothing is ever written
 * @param parse - checks what was read; throws when it is not what this version writes
 * @param initial - value while there is no file
 * @throws Error naming the file when it cannot be read as such: keys are never silently replaced by new ones
 */
export function openStateFile<T>(filePath: string | undefined, parse: (value: unknown) => T, initial: T): StateFile<T> {
  const state: StateFile<T> = {
    value: initial,
    save() {
      if (filePath !== undefined) writeWhole(filePath, JSON.stringify(state.value, undefined, 2));
    },
  };
  if (filePath === undefined) return state;

  try {
    state.value = parse(JSON.parse(readFileSync(filePath, 'utf8')));
  } catch (cause) {
    if (!isMissingFile(cause)) throw new Error(`unreadable local state: ${filePath}`, { cause });
  }
  return state;
}

/** Mode 0600 from the first byte on: one of these files holds the local master keys. */
function writeWhole(filePath: string, text: string): void {
  mkdirSync(path.dirname(filePath), { recursive: true, mode: 0o700 });
  const draftPath = `${filePath}.${process.pid}.tmp`;
  const descriptor = openSync(draftPath, 'w', 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draftPath, filePath);
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
