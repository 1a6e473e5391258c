import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { DEFAULT_DISCORD_BASE_URL } from '../../shared/env.ts';
import { OperatorError } from './operator-error.ts';
import type { OperatorTarget } from './operator-edges.ts';

/** Names of the stack's outputs, as `infra/stack.ts` gives them. */
const stackOutputs = z.object({
  GatewayUrl: z.string(),
  TableName: z.string(),
  IntegrationSecretArn: z.string(),
  /** Absent in files that an earlier version wrote. */
  TokenKeyArn: z.exactOptional(z.string()),
  SetupCodeSecretArn: z.exactOptional(z.string()),
  /** Only where it is not Discord itself. */
  DiscordBaseUrl: z.exactOptional(z.string()),
});
const REQUIRED = ['GatewayUrl', 'TableName', 'IntegrationSecretArn'];
const file = z.record(z.string(), z.record(z.string(), z.unknown()));

/**
 * Reads the file that `cdk deploy --outputs-file` wrote: `{"<stack>": {"<output>": value}}`. Other stacks may be in it too.
 * @throws OperatorError when there is no such file, or not exactly one stack of ours in it
 */
export function readCdkOutputs(filePath: string): OperatorTarget {
  const stacks = Object.entries(file.safeParse(readJson(filePath)).data ?? {}).flatMap(([stackName, outputs]) => {
    const found = stackOutputs.safeParse(outputs);
    return found.success ? [{ stackName, ...found.data }] : [];
  });
  const [stack] = stacks;
  if (stack === undefined || stacks.length > 1) {
    const names = REQUIRED.join(', ');
    const count = stack === undefined ? 'no stack' : `${stacks.length} stacks`;
    throw new OperatorError(
      `${filePath} has ${count} with the outputs ${names}; write it by cdk deploy --outputs-file`,
    );
  }
  return {
    tableName: stack.TableName,
    integrationSecretArn: stack.IntegrationSecretArn,
    publicBaseUrl: stack.GatewayUrl.replace(/\/$/, ''),
    ...(stack.SetupCodeSecretArn !== undefined && { setupCodeSecretArn: stack.SetupCodeSecretArn }),
    ...(stack.TokenKeyArn !== undefined && {
      tokenAccess: {
        tokenKeyArn: stack.TokenKeyArn,
        // That of our own stack; see `infra/constructs/deployment-name.ts`.
        deploymentName: stack.stackName,
        discordBaseUrl: stack.DiscordBaseUrl ?? DEFAULT_DISCORD_BASE_URL,
      },
    }),
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
