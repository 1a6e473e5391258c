import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import * as z from 'zod/mini';
import { synthesize } from '../../infra/synth.ts';

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.optional(z.record(z.string(), z.unknown())),
  DeletionPolicy: z.optional(z.string()),
  UpdateReplacePolicy: z.optional(z.string()),
  DependsOn: z.optional(z.array(z.string())),
  Metadata: z.object({ 'aws:cdk:path': z.string(), 'aws:asset:path': z.optional(z.string()) }),
});
const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z._default(z.record(z.string(), z.object({ Value: z.unknown() })), {}),
});
const texts = z.union([z.string(), z.array(z.string())]);
/** A wildcard resource is text, every other one is a reference to something of the template. */
const statementSchema = z.strictObject({
  Effect: z.literal('Allow'),
  Action: texts,
  Resource: z.unknown(),
  Condition: z.optional(z.record(z.string(), z.record(z.string(), z.unknown()))),
});
const policySchema = z.object({
  PolicyDocument: z.object({ Statement: z.array(statementSchema) }),
  Roles: z.array(z.object({ Ref: z.string() })),
});

/** One resource of the template, with its logical id. */
export type Resource = z.infer<typeof resourceSchema> & { readonly logicalId: string };
/** One IAM statement; all of ours allow. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resource: unknown;
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
}

/** A synthesized template that answers the questions which the infra tests ask. */
export class SynthesizedTemplate {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, { Value: unknown }>>;
  readonly #stackPath: string;

  /** @param stackPath - construct path of the stack */
  constructor(raw: Readonly<Record<string, unknown>>, stackPath = 'DiscordIntegration') {
    this.#stackPath = stackPath;
    const { Resources, Outputs } = z.parse(templateSchema, raw);
    this.raw = raw;
    this.resources = Object.entries(Resources).map(([logicalId, resource]) => ({ ...resource, logicalId }));
    this.outputs = Outputs;
  }

  ofType(type: string): Resource[] {
    return this.resources.filter((resource) => resource.Type === type);
  }

  /** The one resource of a type below a construct, named by its path below the stack. */
  one(type: string, constructPath: string): Resource {
    const prefix = `${this.#stackPath}/${constructPath}/`;
    const found = this.ofType(type).filter((resource) => resource.Metadata['aws:cdk:path'].startsWith(prefix));
    const [resource] = found;
    if (resource === undefined || found.length > 1) throw new Error(`${found.length} ${type} below ${prefix}`);
    return resource;
  }

  /** Everything that the role of a function allows. */
  statementsOf(constructPath: string): Statement[] {
    const policy = z.parse(policySchema, this.one('AWS::IAM::Policy', constructPath).Properties);
    return policy.PolicyDocument.Statement.map((statement) => ({
      actions: [statement.Action].flat(),
      resource: statement.Resource,
      condition: statement.Condition,
    }));
  }

  environmentOf(constructPath: string): Record<string, unknown> {
    const schema = z.object({ Variables: z.record(z.string(), z.unknown()) });
    return z.parse(schema, this.one('AWS::Lambda::Function', constructPath).Properties?.Environment).Variables;
  }
}

/** Synthesizes into a directory that is removed at once. Leaves the functions unbundled, which takes a second instead of many. */
export function synthesizeTemplate(context: Readonly<Record<string, unknown>> = {}): SynthesizedTemplate {
  const outdir = mkdtempSync(join(tmpdir(), 'infra-test-'));
  try {
    return new SynthesizedTemplate(synthesize({ outdir, context: { [BUNDLING_STACKS]: [], ...context } }).template);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
