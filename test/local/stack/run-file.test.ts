import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRunFile, removeRunFile, saveRunFile } from '../../../infra/local/stack/run-file.ts';
import { makeTemporaryFolder } from '../aws/temporary-folder.ts';

const TARGET = {
  environment: { TABLE_NAME: 'table' },
  awsEnvironment: { AWS_REGION: 'us-east-1' },
  operator: {
    tableName: 'table',
    integrationSecretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:s-AbCdEf',
    publicBaseUrl: 'http://localhost:3000',
    local: {
      dynamodbEndpoint: 'http://127.0.0.1:1',
      secretsManagerEndpoint: 'http://127.0.0.1:2',
      region: 'us-east-1',
      accessKeyId: 'local',
      secretAccessKey: 'local',
    },
  },
};

/** Writes what another process would have left. */
function rewrite(localDir: string, change: Record<string, unknown>): void {
  const file = path.join(localDir, 'run.json');
  const written = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...written, ...change }));
}

describe('the run file', () => {
  it('says where this process runs its stack, to the owner of the folder only', () => {
    const localDir = path.join(makeTemporaryFolder(), '.local');
    saveRunFile(TARGET, localDir);

    expect(loadRunFile(localDir)).toEqual({ ...TARGET, pid: process.pid });
    expect(statSync(path.join(localDir, 'run.json')).mode & 0o777).toBe(0o600);
  });

  it('says nothing when there is none, or when its process is gone', () => {
    const localDir = makeTemporaryFolder();
    expect(loadRunFile(localDir)).toBeUndefined();
    saveRunFile(TARGET, localDir);
    rewrite(localDir, { pid: spawnSync(process.execPath, ['--version']).pid });

    expect(loadRunFile(localDir)).toBeUndefined();
  });

  it('is written over what an earlier run has left, be it unreadable', () => {
    const localDir = makeTemporaryFolder();
    writeFileSync(path.join(localDir, 'run.json'), '{');
    saveRunFile(TARGET, localDir);

    expect(loadRunFile(localDir)?.environment).toEqual(TARGET.environment);
  });

  it('is removed by the process that wrote it and by no other', () => {
    const localDir = makeTemporaryFolder();
    saveRunFile(TARGET, localDir);
    rewrite(localDir, { pid: process.ppid });
    removeRunFile(localDir);
    expect(existsSync(path.join(localDir, 'run.json'))).toBe(true);

    saveRunFile(TARGET, localDir);
    removeRunFile(localDir);
    expect(existsSync(path.join(localDir, 'run.json'))).toBe(false);
    expect(() => removeRunFile(localDir)).not.toThrow();
  });

  it.each(['{', '{}', '[]', '{"pid":-1}'])('is refused when it is unreadable: %s', (text) => {
    const localDir = makeTemporaryFolder();
    writeFileSync(path.join(localDir, 'run.json'), text);

    expect(() => loadRunFile(localDir)).toThrow('unreadable local state');
    removeRunFile(localDir);
    expect(existsSync(path.join(localDir, 'run.json'))).toBe(true);
  });
});
