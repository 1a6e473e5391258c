import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { PROJECT_ROOT } from './cdk-cli.ts';
import { runCommand, toTail } from './run-command.ts';

const statement = z.object({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.union([z.string(), z.array(z.string())]),
});
const account = z.object({
  stack: z.nullable(z.string()),
  functions: z.array(
    z.object({
      name: z.string(),
      runtime: z.string(),
      handler: z.string(),
      architectures: z.array(z.string()),
      timeout: z.number(),
      codeSha256: z.string(),
      environment: z.record(z.string(), z.string()),
      logGroup: z.nullish(z.string()),
      statements: z.array(statement),
      managedPolicies: z.array(z.unknown()),
    }),
  ),
  apis: z.array(
    z.object({
      endpoint: z.string(),
      cors: z.nullish(z.object({ AllowOrigins: z.optional(z.array(z.string())) })),
      routes: z.array(z.string()),
      stages: z.array(
        z.object({
          name: z.string(),
          throttling: z.record(z.string(), z.unknown()),
          accessLog: z.nullish(z.object({ DestinationArn: z.string(), Format: z.string() })),
        }),
      ),
    }),
  ),
  tables: z.array(
    z.object({
      name: z.string(),
      deletionProtection: z.nullish(z.boolean()),
      encryption: z.nullish(z.object({ SSEType: z.string(), KMSMasterKeyArn: z.string() })),
      billing: z.nullish(z.string()),
      indexes: z.array(z.string()),
      ttl: z.object({ TimeToLiveStatus: z.string() }),
      recovery: z.nullish(z.object({ PointInTimeRecoveryStatus: z.string() })),
      items: z.number(),
    }),
  ),
  keys: z.array(z.object({ arn: z.string(), state: z.string(), rotates: z.boolean() })),
  secrets: z.array(z.object({ arn: z.string(), key: z.nullish(z.string()) })),
  rules: z.array(
    z.object({ name: z.string(), schedule: z.nullish(z.string()), state: z.string(), targets: z.array(z.string()) }),
  ),
  logGroups: z.array(z.object({ name: z.string(), days: z.nullish(z.number()) })),
});

/** What stands in the account, as the AWS SDK reports it. */
export type DeployedAccount = z.infer<typeof account>;

/**
 * Reads the account through botocore: the SDK clients for Lambda, IAM and API Gateway are no dependency of this project.
 * @param python - an interpreter that has botocore
 * @throws Error when the reading fails
 */
export async function readDeployedAccount(python: string, env: Readonly<NodeJS.ProcessEnv>): Promise<DeployedAccount> {
  const script = fileURLToPath(new URL('read-deployed.py', import.meta.url));
  const read = await runCommand(python, [script], { cwd: PROJECT_ROOT, env });
  if (read.code !== 0) throw new Error(`the account could not be read: ${toTail(read)}`);
  return account.parse(JSON.parse(read.stdout));
}
