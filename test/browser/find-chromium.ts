import { existsSync } from 'node:fs';

/** Where Chromium or Chrome usually is, in the order in which we look. */
const USUAL_PATHS: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A browser that was found, or one line for the person at the terminal. */
export type FoundChromium =
  { readonly isFound: true; readonly path: string } | { readonly isFound: false; readonly advice: string };

/**
 * Finds a Chromium on this machine; none is ever downloaded.
 * @param chosenPath - value of `CHROMIUM_PATH`; when it is set, nothing else is tried
 */
export function findChromium(chosenPath: string | undefined): FoundChromium {
  const candidates = chosenPath === undefined || chosenPath === '' ? USUAL_PATHS : [chosenPath];
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path !== undefined) return { isFound: true, path };
  const advice =
    candidates === USUAL_PATHS
      ? 'no Chromium or Chrome was found. Install one (Debian: apt-get install chromium), or name one with CHROMIUM_PATH'
      : `CHROMIUM_PATH names ${candidates.join()}, which does not exist`;
  return { isFound: false, advice };
}

/** Chromium without its own errands: during a run nothing but this machine is asked for anything. */
export function buildChromiumArguments(isRoot: boolean): string[] {
  return [
    // Chromium refuses to start as root with its sandbox.
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
    // A page that asks another host gets no answer; that it asked is what the checks report.
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
  ];
}
