/** Milliseconds between two looks at the parent. */
const INTERVAL_MS = 1_000;

/**
 * Ends this process when npm, which started it, is gone. A parent that is killed cannot tell its children; the children see
 * that their parent's id has changed. Started by hand, without npm, a process may outlive its shell on purpose.
 */
export function endWithParent(end: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, INTERVAL_MS);
  timer.unref();
}
