/** One resource of a CloudFormation template, as synthesized. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly Metadata: Readonly<Record<string, unknown>>;
  /** Name of the condition under which the resource exists; absent = always. */
  readonly Condition?: string;
}

/** The parts of a CloudFormation template that decide what the local gateway serves. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
}

/** Thrown when the template says something that the local gateway does not serve exactly. The message names where. */
export class TemplateError extends Error {
  override name = 'TemplateError';
}

/** Whether the value is a plain JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sections without effect on what is served: they describe, are outputs, or are checked by CloudFormation at deployment. */
const SECTIONS_WITHOUT_EFFECT = new Set(['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Outputs', 'Rules']);
const SECTIONS_READ = new Set(['Resources', 'Parameters', 'Conditions']);

/**
 * Reads a parsed template document.
 * @throws TemplateError for a section that could change the meaning of the rest (`Transform`, `Mappings`, …)
 * @see AWS CloudFormation User Guide, "CloudFormation template sections"
 */
export function parseTemplate(document: unknown, fileName: string): Template {
  if (!isRecord(document) || !isRecord(document['Resources'])) {
    throw new TemplateError(`${fileName}: not a CloudFormation template (no Resources)`);
  }
  for (const section of Object.keys(document)) {
    if (!SECTIONS_READ.has(section) && !SECTIONS_WITHOUT_EFFECT.has(section)) {
      throw new TemplateError(`${fileName}: section ${section} is not implemented by the local gateway`);
    }
  }
  const entries = Object.entries(document['Resources']).map(([logicalId, resource]) => [
    logicalId,
    parseResource(logicalId, resource, fileName),
  ]);
  return {
    Resources: Object.fromEntries(entries) as Record<string, TemplateResource>,
    Parameters: isRecord(document['Parameters']) ? document['Parameters'] : {},
    Conditions: isRecord(document['Conditions']) ? document['Conditions'] : {},
  };
}

function parseResource(logicalId: string, resource: unknown, fileName: string): TemplateResource {
  if (!isRecord(resource) || typeof resource['Type'] !== 'string') {
    throw new TemplateError(`${fileName}: resource ${logicalId} has no Type`);
  }
  return {
    Type: resource['Type'],
    Properties: isRecord(resource['Properties']) ? resource['Properties'] : {},
    Metadata: isRecord(resource['Metadata']) ? resource['Metadata'] : {},
    ...(typeof resource['Condition'] === 'string' ? { Condition: resource['Condition'] } : {}),
  };
}

/** Where a resource is, for a message: logical id, type and, if the template carries it, the path of its CDK construct. */
export function describeResource(template: Template, logicalId: string): string {
  const resource = template.Resources[logicalId];
  const path = resource?.Metadata['aws:cdk:path'];
  return [
    `${logicalId} (${resource?.Type ?? 'no such resource'}`,
    typeof path === 'string' ? `, ${path}` : '',
    ')',
  ].join('');
}
