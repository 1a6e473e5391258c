import * as z from 'zod/mini';
import { parseValue } from '../parse-value.ts';

const resourceSchema = z.looseObject({
  Type: z.string(),
  Condition: z.optional(z.string()),
  Properties: z.optional(z.record(z.string(), z.unknown())),
});

const templateSchema = z.looseObject({ Resources: z.record(z.string(), resourceSchema) });

/** One resource of a template, with its logical id. */
export interface TemplateResource {
  logicalId: string;
  type: string;
  properties: Record<string, unknown>;
}

/** What `Ref` and `Fn::GetAtt` give for a resource that exists locally. */
export interface ProvisionedResource {
  ref: string;
  attributes: Record<string, string>;
}

/** By logical id. */
export type ProvisionedResources = Record<string, ProvisionedResource>;

/**
 * Reads the resources of a CloudFormation template whose type begins with one of the prefixes.
 * @throws Error when it is no template, or when one of them has a condition, which is not evaluated here
 */
export function parseTemplateResources(template: unknown, typePrefixes: readonly string[]): TemplateResource[] {
  const { Resources } = parseValue(templateSchema, template, 'not a CloudFormation template');

  return Object.entries(Resources)
    .filter(([, { Type }]) => typePrefixes.some((prefix) => Type.startsWith(prefix)))
    .map(([logicalId, { Type, Condition, Properties }]) => {
      if (Condition !== undefined) throw new Error(`${logicalId}: conditions are not evaluated locally`);
      return { logicalId, type: Type, properties: Properties ?? {} };
    });
}

/**
 * Parses a resource's properties.
 * @param ignored - properties without a local counterpart, each with the reason
 * @throws Error naming the resource and every property that is unknown or of another form
 */
export function parseProperties<T>(
  { logicalId, type, properties }: TemplateResource,
  schema: z.ZodMiniType<T>,
  ignored: Readonly<Record<string, string>>,
): T {
  const relevant = Object.fromEntries(Object.entries(properties).filter(([name]) => !Object.hasOwn(ignored, name)));
  return parseValue(schema, relevant, `${logicalId} (${type}) cannot be made locally`);
}

/**
 * Resolves a property that is text, `Ref` or `Fn::GetAtt`.
 * @param made - resources that exist already
 * @throws Error naming what it does not understand
 */
export function resolveText(logicalId: string, value: unknown, made: ProvisionedResources): string {
  if (typeof value === 'string') return value;
  const reference = referenceSchema.safeParse(value);
  const resolved = reference.success ? lookUp(reference.data, made) : undefined;
  if (resolved === undefined) throw new Error(`${logicalId}: cannot resolve ${JSON.stringify(value)} locally`);
  return resolved;
}

const referenceSchema = z.union([
  z.strictObject({ Ref: z.string() }),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
]);

function lookUp(reference: z.infer<typeof referenceSchema>, made: ProvisionedResources): string | undefined {
  if ('Ref' in reference) return made[reference.Ref]?.ref;
  const [logicalId, attribute] = reference['Fn::GetAtt'];
  return made[logicalId]?.attributes[attribute];
}
