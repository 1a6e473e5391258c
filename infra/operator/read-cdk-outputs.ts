import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { OperatorError } from './operator-error.ts';
import type { OperatorTarget } from './operator-edges.ts';

/** Names of the stack's outputs, as `infra/stack.ts` gives them. */
const stackOutputs = z.object({
  GatewayUrl: z.string(),
  TableName: z.string(),
  IntegrationSecretArn: z.string(),
});
const file = z.record(z.string(), z.record(z.string(), z.unknown()));

/**
 * Reads the file that `cdk deploy --outputs-file` wrote: `{"<stack>": {"<output>": value}}`. Other stacks may be in it too.
 * @throws OperatorError when there is no such file, or not exactly one stack of ours in it
 */
export function readCdkOutputs(filePath: string): OperatorTarget {
  const stacks = Object.values(file.safeParse(readJson(filePath)).data ?? {}).flatMap((outputs) => {
    const found = stackOutputs.safeParse(outputs);
    return found.success ? [found.data] : [];
  });
  const [stack] = stacks;
  if (stack === undefined || stacks.length > 1) {
    const names = Object.keys(stackOutputs.shape).join(', ');
    const count = stack === undefined ? 'no stack' : `${stacks.length} stacks`;
    throw new OperatorError(
      `${filePath} has ${count} with the outputs ${names}; write it by cdk deploy --outputs-file`,
    );
  }
  return {
    tableName: stack.TableName,
    integrationSecretArn: stack.IntegrationSecretArn,
    publicBaseUrl: stack.GatewayUrl.replace(/\/$/, ''),
  };
}

function readJson(filePath: string): unknown {
  let text: string;
  try {
    text = readFileSync(filePath, 'utf8');
  } catch {
    throw new OperatorError(`cannot read ${filePath}; write it by cdk deploy --outputs-file ${filePath}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new OperatorError(`${filePath} is not JSON; write it by cdk deploy --outputs-file ${filePath}`);
  }
}
