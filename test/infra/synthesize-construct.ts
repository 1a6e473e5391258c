import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib/core';
import { BUNDLING_STACKS, CDK_APP_MODE_CONTEXT, PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { SynthesizedTemplate } from './synthesized-template.ts';

/** What somebody's own stack became. */
export interface SynthesizedConstruct {
  readonly template: SynthesizedTemplate;
  /** Findings of cdk-nag. */
  readonly violations: readonly unknown[];
}

/**
 * Synthesizes somebody's own app as `npm install aws-cdk-lib` leaves it: without the feature flags of our `cdk.json`, and without
 * bundling, which takes a second instead of many.
 */
export function synthesizeConstruct(addStack: (app: App) => Stack): SynthesizedConstruct {
  const outdir = mkdtempSync(join(tmpdir(), 'infra-test-'));
  try {
    const context = { [BUNDLING_STACKS]: [], [CDK_APP_MODE_CONTEXT]: 'inmemory', [PATH_METADATA_ENABLE_CONTEXT]: true };
    const app = new App({ outdir, analyticsReporting: false, context });
    const stack = addStack(app);
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    const template: unknown = app.synth().getStackByName(stack.stackName).template;
    return {
      template: new SynthesizedTemplate(template as Readonly<Record<string, unknown>>, stack.stackName),
      violations,
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
