import { readFileSync } from 'node:fs';
import {
  ASSET_RESOURCE_METADATA_ENABLED_CONTEXT,
  CDK_APP_MODE_CONTEXT,
  PATH_METADATA_ENABLE_CONTEXT,
} from 'aws-cdk-lib/cx-api';
import { buildApp, STACK_ID } from './build-app.ts';

/** Where to synthesize to, and what to choose differently from `cdk.json`. */
export interface SynthesizeOptions {
  /** Directory of the cloud assembly; made when it is missing. */
  readonly outdir: string;
  /** Context values that win over those of `cdk.json`: what `cdk -c name=value` would give. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** What a synth left: the cloud assembly on disk and its one template. */
export interface SynthesizedStack {
  /** Absolute path of the cloud assembly; the `aws:asset:path` metadata of a resource is relative to it. */
  readonly directory: string;
  readonly stackName: string;
  /** The CloudFormation template, as it would be deployed. */
  readonly template: Readonly<Record<string, unknown>>;
}

/**
 * Synthesizes the stack in this process, as `cdk synth` would, but with neither the CLI nor a network connection: for the
 * local gateway and the tests. Takes seconds, because it bundles every function.
 * @throws DeploymentContextError when a context value can't be used
 * @throws Error with the whole report when a policy rule finds something
 */
export function synthesize({ outdir, context = {} }: SynthesizeOptions): SynthesizedStack {
  const app = buildApp({ outdir, context: { ...readProjectContext(), ...context } });
  const assembly = app.synth();
  const stack = assembly.getStackArtifact(STACK_ID);
  const template: unknown = stack.template;
  return { directory: assembly.directory, stackName: stack.stackName, template: toRecord('template', template) };
}

/** The context that the CLI would pass: that of `cdk.json`, and what its other settings turn into. */
function readProjectContext(): Record<string, unknown> {
  const file = new URL('../cdk.json', import.meta.url);
  const settings = toRecord('cdk.json', JSON.parse(readFileSync(file, 'utf8')));
  return {
    ...toRecord('context of cdk.json', settings.context),
    [PATH_METADATA_ENABLE_CONTEXT]: settings.pathMetadata,
    [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: settings.assetMetadata,
    // A failed policy check throws its report instead of printing it and setting an exit code.
    [CDK_APP_MODE_CONTEXT]: 'inmemory',
  };
}

function toRecord(what: string, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${what} is not an object`);
  return value as Record<string, unknown>;
}
