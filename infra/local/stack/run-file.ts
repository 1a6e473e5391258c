import { rmSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { isRunning } from '../aws/data-dir-lock.ts';
import { openStateFile, type StateFile } from '../aws/state-file.ts';
import type { LocalTarget } from './local-target.ts';

/** Name of the file below the local folder in which a running local stack says where it is. */
export const RUN_FILE_NAME = 'run.json';

/** A running local stack and the process that runs it. */
export interface RunningStack extends LocalTarget {
  readonly pid: number;
}

const variables = z.record(z.string(), z.string());

const runningStack = z.strictObject({
  pid: z.int().check(z.positive()),
  environment: variables,
  awsEnvironment: variables,
  operator: z.strictObject({
    tableName: z.string(),
    integrationSecretArn: z.string(),
    setupCodeSecretArn: z.exactOptional(z.string()),
    publicBaseUrl: z.string(),
    tokenAccess: z.exactOptional(
      z.strictObject({ tokenKeyArn: z.string(), deploymentName: z.string(), discordBaseUrl: z.string() }),
    ),
    local: z.exactOptional(
      z.strictObject({
        dynamodbEndpoint: z.string(),
        secretsManagerEndpoint: z.string(),
        kmsEndpoint: z.exactOptional(z.string()),
        region: z.string(),
        accessKeyId: z.string(),
        secretAccessKey: z.string(),
      }),
    ),
  }),
});

/**
 * Says where this process's stack is, readable by its owner only: whoever knows the endpoints can make API keys. What an
 * earlier run has left there is over: the store was free for this process.
 * @param localDir - the local folder, `.local`
 */
export function saveRunFile(target: LocalTarget, localDir: string): void {
  rmSync(path.join(localDir, RUN_FILE_NAME), { force: true });
  const file = openRunFile(localDir);
  file.value = { ...target, pid: process.pid };
  file.save();
}

/**
 * Finds the stack that runs on a local folder.
 * @returns nothing when there is no file, or when the process that wrote it is gone
 * @throws Error naming the file when it cannot be read
 */
export function loadRunFile(localDir: string): RunningStack | undefined {
  const { value } = openRunFile(localDir);
  return value !== undefined && isRunning(value.pid) ? value : undefined;
}

/** Takes this process's file away. That of another one stays, and so does one that cannot be read. */
export function removeRunFile(localDir: string): void {
  try {
    if (openRunFile(localDir).value?.pid !== process.pid) return;
  } catch {
    return;
  }
  rmSync(path.join(localDir, RUN_FILE_NAME), { force: true });
}

function openRunFile(localDir: string): StateFile<RunningStack | undefined> {
  return openStateFile<RunningStack | undefined>(
    path.join(localDir, RUN_FILE_NAME),
    (read) => runningStack.parse(read),
    undefined,
  );
}
