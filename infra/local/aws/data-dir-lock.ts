import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Folders that this process holds. It tells our own lock from one of a dead process whose id we were given. */
const held = new Set<string>();

/**
 * Takes a data folder for this process alone (created if missing): each server keeps its state in memory and writes it out
 * whole, so a second process would undo what the first one wrote. A lock of a process that is gone is taken over.
 * @returns gives the folder back
 * @throws Error naming the process that holds it
 */
export function lockDataDir(dataDir: string): () => void {
  const lockPath = path.join(path.resolve(dataDir), 'lock');
  mkdirSync(path.dirname(lockPath), { recursive: true, mode: 0o700 });

  const holder = readHolder(lockPath);
  if (holder !== undefined && (holder === process.pid ? held.has(lockPath) : isRunning(holder))) {
    throw new Error(`${dataDir} is in use by process ${holder}; if that is something else, delete ${lockPath}`);
  }
  if (holder !== undefined) rmSync(lockPath, { force: true });
  // Fails if another process was faster just now.
  writeFileSync(lockPath, String(process.pid), { flag: 'wx', mode: 0o600 });
  held.add(lockPath);

  return () => {
    held.delete(lockPath);
    rmSync(lockPath, { force: true });
  };
}

function readHolder(lockPath: string): number | undefined {
  try {
    // Unreadable counts as 0, which no process has.
    return Number.parseInt(readFileSync(lockPath, 'utf8'), 10) || 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether there is a process with this id, be it another user's. */
export function isRunning(processId: number): boolean {
  if (processId <= 0) return false;
  try {
    // Signal 0 only asks.
    return process.kill(processId, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
