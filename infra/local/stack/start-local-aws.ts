import { startAwsServers, type AwsServers } from '../aws/aws-servers.ts';
import { buildLocalIam, type LocalIam } from '../aws/iam/local-iam.ts';
import { provisionFromTemplate } from '../aws/provision/provision-from-template.ts';
import { loadAssembly, type Assembly } from '../gateway/load-assembly.ts';
import type { LocalResource } from '../gateway/resolve-intrinsics.ts';

export interface LocalAwsOptions {
  /** A cloud assembly (`cdk.out`). */
  readonly assemblyDir: string;
  /** Where the store lives on; absent: in memory. */
  readonly dataDir?: string;
  /** Told what a policy denied. */
  readonly onLog?: (line: string) => void;
  /** Epoch milliseconds, for tests. */
  readonly now?: () => number;
}

/** What a template declares besides functions and API, on this machine. */
export interface LocalAws {
  readonly assembly: Assembly;
  readonly servers: AwsServers;
  /** Logical id → values of `Ref` and `Fn::GetAtt` of table, keys and secret. */
  readonly resources: ReadonlyMap<string, LocalResource>;
  readonly iam: LocalIam;
}

/**
 * Makes the template's table, keys and secret on the local AWS servers and enforces the policies of its roles there.
 * Whoever runs the functions, the local gateway or SAM, gives each the credentials of its own role. `servers.stop()` ends it.
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const assembly = await loadAssembly(options.assemblyDir);
  const servers = await startAwsServers({
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    ...(options.now === undefined ? {} : { now: options.now }),
  });
  try {
    const resources = new Map(Object.entries(await provisionFromTemplate(assembly.template, servers)));
    const iam = buildLocalIam({
      template: assembly.template,
      stackName: assembly.stackName,
      resources,
      adminAccessKeyId: servers.environment['AWS_ACCESS_KEY_ID'] ?? '',
    });
    servers.enforce(iam.authorize, (denial) => options.onLog?.(`[iam] ${denial}`));
    return { assembly, servers, resources, iam };
  } catch (error) {
    await servers.stop();
    throw error;
  }
}
