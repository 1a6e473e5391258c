import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { synthesize } from '../synth.ts';

/**
 * Synthesizes the stack for what it stores: without bundling any function, which takes a second instead of many.
 * @returns the CloudFormation template
 */
export function synthesizeStorage(): unknown {
  const outdir = mkdtempSync(path.join(tmpdir(), 'discord-integration-'));
  try {
    return synthesize({ outdir, context: { [BUNDLING_STACKS]: [] } }).template;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
