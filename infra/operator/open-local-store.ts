import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { startAwsServers, type AwsServers } from '../local/aws/aws-servers.ts';
import { parseValue } from '../local/aws/parse-value.ts';
import { provisionFromTemplate } from '../local/aws/provision/provision-from-template.ts';
import { resolveText } from '../local/aws/provision/template.ts';
import { prepareLocalDir } from '../local/local-dir.ts';
import { OperatorError } from './operator-error.ts';
import type { OperatorTarget } from './operator-edges.ts';

/** The outputs that name what the operator works on. */
const template = z.object({
  Outputs: z.object({
    TableName: z.object({ Value: z.unknown() }),
    IntegrationSecretArn: z.object({ Value: z.unknown() }),
    /** Absent in what an earlier version has left. */
    SetupCodeSecretArn: z.optional(z.object({ Value: z.unknown() })),
  }),
});

/** The local store, opened by this process alone. */
export interface LocalStore {
  readonly target: OperatorTarget;
  close(): Promise<void>;
}

/**
 * Opens the store of the local folder while no gateway runs on it, and makes it when there is none yet: the local AWS servers
 * run in this process until `close()`.
 * @param publicBaseUrl - origin of the gateway when it runs
 * @throws OperatorError when another process has it open, or when what lies there is unreadable
 */
export async function openLocalStore(localDir: string, publicBaseUrl: string): Promise<LocalStore> {
  let servers: AwsServers | undefined;
  try {
    const paths = prepareLocalDir({ isFresh: false, dir: localDir });
    servers = await startAwsServers({ dataDir: paths.aws });
    const document = await loadTemplate(paths.assembly);
    const { Outputs } = parseValue(template, document, 'not the template of this stack');
    const made = await provisionFromTemplate(document, servers);
    const running = servers;
    return {
      target: {
        tableName: resolveText('TableName', Outputs.TableName.Value, made),
        integrationSecretArn: resolveText('IntegrationSecretArn', Outputs.IntegrationSecretArn.Value, made),
        ...(Outputs.SetupCodeSecretArn !== undefined && {
          setupCodeSecretArn: resolveText('SetupCodeSecretArn', Outputs.SetupCodeSecretArn.Value, made),
        }),
        publicBaseUrl,
        local: toLocal(running),
      },
      close: () => running.stop(),
    };
  } catch (error) {
    await servers?.stop();
    // These messages are ours and name files and processes, nothing else.
    const message = error instanceof Error ? error.message : 'unknown fault';
    throw new OperatorError(`cannot open the local store in ${localDir}: ${message.replace(/\s+/g, ' ')}`);
  }
}

/** The template that the last `npm start` has left, else a new one. */
async function loadTemplate(assemblyDir: string): Promise<unknown> {
  const file = existsSync(assemblyDir) && readdirSync(assemblyDir).find((name) => name.endsWith('.template.json'));
  if (file) return JSON.parse(readFileSync(path.join(assemblyDir, file), 'utf8')) as unknown;
  // Loaded only here: the CDK takes longer to load than everything else together.
  const { synthesizeStorage } = await import('./synthesize-storage.ts');
  return synthesizeStorage();
}

function toLocal({ endpoints, environment }: AwsServers): NonNullable<OperatorTarget['local']> {
  return {
    dynamodbEndpoint: endpoints.dynamodb,
    secretsManagerEndpoint: endpoints.secretsManager,
    region: environment['AWS_REGION'] ?? '',
    accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
  };
}
