import { isRecord } from '../local/gateway/template.ts';
import type { FunctionModel } from '../local/gateway/read-functions.ts';
import { toContainerUrl } from './container-access.ts';

/** What `sam local` reads. */
export interface SamFiles {
  /** For `--template`: the synthesized template in which every function declares what it gets by `envVars`. */
  readonly template: Readonly<Record<string, unknown>>;
  /** For `--env-vars`: function's logical id → its variables. */
  readonly envVars: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What the local AWS servers and the roles add to a function: endpoints, region, credentials. */
const AWS_VARIABLE = /^AWS_(ENDPOINT_URL_[A-Z_]+|REGION|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/;

/**
 * Builds both files. SAM replaces references in a function's variables by an empty text and passes a variable only when the
 * template declares it, so the endpoints of the local AWS servers and the credentials of the function's role are declared as
 * well; nothing else of the template changes. Pure.
 * @param template - the synthesized template
 * @param functions - every function with its resolved environment
 * @see AWS SAM Developer Guide, "sam local start-api" (`--env-vars`)
 */
export function buildSamFiles(
  template: Readonly<Record<string, unknown>>,
  functions: ReadonlyMap<string, FunctionModel>,
): SamFiles {
  const envVars = Object.fromEntries(
    [...functions].map(([logicalId, model]) => [logicalId, pickVariables(model)] as const),
  );
  const resources = isRecord(template['Resources']) ? template['Resources'] : {};
  const declared = Object.entries(resources).map(([logicalId, resource]) => {
    const variables = envVars[logicalId];
    return [
      logicalId,
      variables === undefined ? resource : declareVariables(resource, Object.keys(variables)),
    ] as const;
  });
  return { template: { ...template, Resources: Object.fromEntries(declared) }, envVars };
}

function pickVariables({ environment, declaredVariables }: FunctionModel): Record<string, string> {
  const passed = Object.entries(environment).filter(
    ([name]) => declaredVariables.includes(name) || AWS_VARIABLE.test(name),
  );
  return Object.fromEntries(
    passed.map(([name, value]) => [
      name,
      /^http:\/\//.test(value) && name !== 'PUBLIC_BASE_URL' ? toContainerUrl(value) : value,
    ]),
  );
}

function declareVariables(resource: unknown, names: readonly string[]): unknown {
  if (!isRecord(resource) || !isRecord(resource['Properties'])) return resource;
  const Variables = Object.fromEntries(names.map((name) => [name, '']));
  return { ...resource, Properties: { ...resource['Properties'], Environment: { Variables } } };
}
