import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { synthesize } from '../../infra/synth.ts';

/** Everything that a synth reads: sources that are bundled or build the stack, settings and locked versions. */
const INPUTS = ['shared', 'functions', 'infra', 'cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Below `infra`, what only runs locally and does not shape the template. */
const NOT_INPUTS = new Set(['infra/local', 'infra/operator', 'infra/sam', 'infra/deploy']);

/** Milliseconds. */
const MAX_AGE_MS = 60 * 60 * 1000;

const CACHE_DIR = 'node_modules/.cache/discord-integration';

/**
 * Synthesizes the stack for the tests, or finds the assembly of an earlier run over the very same sources: a synth costs
 * seconds, and most runs change only tests.
 * @returns the cloud assembly's directory; not to be written to
 */
export function loadTestAssembly(): string {
  const directory = path.join(CACHE_DIR, hashInputs());
  if (existsSync(directory)) return path.resolve(directory);
  mkdirSync(CACHE_DIR, { recursive: true });
  forgetOldAssemblies();
  const unfinished = mkdtempSync(path.join(CACHE_DIR, 'unfinished-'));
  synthesize({ outdir: unfinished });
  // Another run may have been faster; its assembly is the same.
  if (!existsSync(directory)) renameSync(unfinished, directory);
  return path.resolve(directory);
}

/** Another run may be using the one before this, so only those of earlier hours go. */
function forgetOldAssemblies(): void {
  for (const name of readdirSync(CACHE_DIR)) {
    const old = path.join(CACHE_DIR, name);
    if (Date.now() - statSync(old).mtimeMs > MAX_AGE_MS) rmSync(old, { recursive: true, force: true });
  }
}

function hashInputs(): string {
  const hash = createHash('sha256').update(process.version);
  const add = (entry: string): void => {
    if (NOT_INPUTS.has(entry)) return;
    const children = readChildren(entry);
    if (children === undefined) hash.update(`${entry}\0`).update(readFileSync(entry)).update('\0');
    else for (const child of children) add(`${entry}/${child}`);
  };
  for (const entry of INPUTS) add(entry);
  return hash.digest('hex').slice(0, 32);
}

/** @returns nothing for a file */
function readChildren(entry: string): string[] | undefined {
  try {
    return readdirSync(entry).toSorted();
  } catch {
    return undefined;
  }
}
