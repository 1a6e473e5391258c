import { spawnSync } from 'node:child_process';

/** Milliseconds between two looks at the parents. */
const INTERVAL_MS = 1_000;

/**
 * Ends this process when npm, which started it, is gone. A parent that is killed cannot tell its children, so they look
 * after it: the shell that npm starts, and npm itself behind that shell. Started by hand, without npm, a process may
 * outlive its shell on purpose.
 */
export function endWithParent(end: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const shell = process.ppid;
  const npm = findParent(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && (npm === undefined || isAlive(npm))) return;
    clearInterval(timer);
    end();
  }, INTERVAL_MS);
  timer.unref();
}

/** @returns nothing where there is no `ps`, as on Windows; then only the shell is looked after */
function findParent(pid: number): number | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' });
  const parent = Number((stdout as string | null)?.trim());
  return Number.isInteger(parent) && parent > 1 ? parent : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
