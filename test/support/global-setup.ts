import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { loadTestAssembly } from './assembly-cache.ts';
import { EVIDENCE_DIR } from './evidence.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Cloud assembly that the whole run shares. */
    assemblyDir: string;
  }
}

/** Synthesizes the stack once for all tests, and forgets what the leak scan of an earlier run was to look at. */
export default function setup(project: TestProject): void {
  rmSync(EVIDENCE_DIR, { recursive: true, force: true });
  project.provide('assemblyDir', loadTestAssembly());
}
