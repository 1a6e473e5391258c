/** Tells the person at the terminal what is going on; on standard error, so that `--json` leaves one line on the other. */
export function createProgress(isQuiet: boolean): (step: string) => void {
  const startedAtMs = performance.now();
  return (step) => {
    if (isQuiet) return;
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1).padStart(5);
    console.error(`${seconds} s  ${step}`);
  };
}
