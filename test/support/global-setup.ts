import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesize } from '../../infra/synth.ts';
import { EVIDENCE_DIR } from './evidence.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Cloud assembly that the whole run shares. */
    assemblyDir: string;
  }
}

/** Synthesizes the stack once for all tests, and forgets what the leak scan of an earlier run was to look at. */
export default function setup(project: TestProject): () => void {
  rmSync(EVIDENCE_DIR, { recursive: true, force: true });
  const assemblyDir = mkdtempSync(path.join(tmpdir(), 'discord-integration-'));
  synthesize({ outdir: assemblyDir });
  project.provide('assemblyDir', assemblyDir);
  return () => rmSync(assemblyDir, { recursive: true, force: true });
}
