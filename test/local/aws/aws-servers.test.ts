import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { GetItemCommand, PutItemCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CreateKeyCommand, DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startAwsServers } from '../../../infra/local/aws/aws-servers.ts';
import type { AwsServersOptions } from '../../../infra/local/aws/aws-servers.ts';
import { buildItem, createTestTable } from './dynamodb/test-table.ts';
import { buildSdkClients, findRefusal } from './sdk-clients.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const SECRET_TEXT = 'a-client-secret-in-plain-text';

async function start(options: AwsServersOptions = {}) {
  const servers = await startAwsServers(options);
  onTestFinished(() => servers.stop());
  return servers;
}

describe('startAwsServers', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is found by unmodified SDK clients through the environment alone', async () => {
    const servers = await start();
    for (const [name, value] of Object.entries(servers.environment)) vi.stubEnv(name, value);

    await new DynamoDBClient().send(new ListTablesCommand({}));
    await new KMSClient().send(new CreateKeyCommand({}));
    await new SecretsManagerClient().send(new GetRandomPasswordCommand({}));

    expect(servers.requests.counts()).toEqual({
      'dynamodb.ListTables': 1,
      'kms.CreateKey': 1,
      'secretsManager.GetRandomPassword': 1,
    });
    expect(servers.requests.count('kms')).toBe(1);
    expect(servers.requests.count('kms', 'Decrypt')).toBe(0);
  });

  it('keeps items, keys and secrets over a restart', async () => {
    const dataDir = makeTemporaryFolder();
    const before = await start({ dataDir });
    const old = buildSdkClients(before);
    const TableName = await createTestTable(old.dynamoDb, 'items');
    await old.dynamoDb.send(new PutItemCommand({ TableName, Item: buildItem('A') }));
    const { KeyMetadata } = await old.kms.send(new CreateKeyCommand({}));
    const dataKey = await old.kms.send(new GenerateDataKeyCommand({ KeyId: KeyMetadata?.KeyId, KeySpec: 'AES_256' }));
    await old.secretsManager.send(new CreateSecretCommand({ Name: 'kept', SecretString: SECRET_TEXT }));
    await before.stop();

    const { dynamoDb, kms, secretsManager } = buildSdkClients(await start({ dataDir }));

    expect((await dynamoDb.send(new GetItemCommand({ TableName, Key: buildItem('A') }))).Item).toEqual(buildItem('A'));
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: dataKey.CiphertextBlob }));
    expect(opened.Plaintext).toEqual(dataKey.Plaintext);
    const secret = await secretsManager.send(new GetSecretValueCommand({ SecretId: 'kept' }));
    expect(secret.SecretString).toBe(SECRET_TEXT);
  });

  it('leaves no secret readable in its folder, and its files to their owner alone', async () => {
    const dataDir = makeTemporaryFolder();
    const servers = await start({ dataDir });
    const { secretsManager } = buildSdkClients(servers);
    await secretsManager.send(new CreateSecretCommand({ Name: 'sealed', SecretString: SECRET_TEXT }));
    await servers.stop();

    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    const contents = files.map((file) => readFileSync(file, 'latin1')).join();

    expect(files.map((file) => path.basename(file))).toEqual(expect.arrayContaining(['kms.json', 'secrets.json']));
    expect(contents).not.toContain(SECRET_TEXT);
    expect(contents).not.toContain(Buffer.from(SECRET_TEXT).toString('base64'));
    for (const name of ['kms.json', 'secrets.json']) {
      expect(statSync(path.join(dataDir, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('forgets everything without a folder', async () => {
    const before = await start();
    await buildSdkClients(before).secretsManager.send(new CreateSecretCommand({ Name: 'gone', SecretString: 'x' }));
    await before.stop();

    const { secretsManager } = buildSdkClients(await start());

    const refusal = await findRefusal(secretsManager.send(new GetSecretValueCommand({ SecretId: 'gone' })));
    expect(refusal.name).toBe('ResourceNotFoundException');
  });

  it('refuses a folder that is in use', async () => {
    const dataDir = makeTemporaryFolder();
    const first = await start({ dataDir });

    await expect(startAwsServers({ dataDir })).rejects.toThrow(`is in use by process ${process.pid}`);
    writeFileSync(path.join(dataDir, 'lock'), `${process.ppid}`);
    await expect(startAwsServers({ dataDir })).rejects.toThrow(`is in use by process ${process.ppid}`);
    await first.stop();
    await (await start({ dataDir })).stop();
  });

  it('takes a folder over from a process that is gone', async () => {
    const dataDir = makeTemporaryFolder();
    writeFileSync(path.join(dataDir, 'lock'), `${spawnSync(process.execPath, ['--version']).pid}`);

    await expect(start({ dataDir })).resolves.toBeDefined();
  });

  it.each(['{', '{"keys":[{"keyId":"x"}]}', '{"secrets":[]}'])(
    'refuses an unreadable key file instead of making new keys: %s',
    async (text) => {
      const dataDir = makeTemporaryFolder();
      writeFileSync(path.join(dataDir, 'kms.json'), text);

      await expect(startAwsServers({ dataDir })).rejects.toThrow('unreadable local state');
      expect(readFileSync(path.join(dataDir, 'kms.json'), 'utf8')).toBe(text);
    },
  );

  it('listens on the given port, and names service and port when it is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as AddressInfo;

    const refused = startAwsServers({ ports: { kms: port } });
    await expect(refused).rejects.toThrow(`cannot serve local kms on port ${port}`);
    await new Promise((resolve) => blocker.close(resolve));
    const servers = await start({ ports: { kms: port } });

    expect(servers.endpoints.kms).toBe(`http://127.0.0.1:${port}`);
  });

  it('stops at once though a request lies still, and may be stopped twice', async () => {
    const servers = await start();
    const { kms } = buildSdkClients(servers);
    servers.faults.add({ service: 'kms', delayMs: 600_000 });
    const call = findRefusal(kms.send(new CreateKeyCommand({})));
    await vi.waitUntil(() => servers.requests.count('kms') === 1);

    await servers.stop();
    await servers.stop();

    expect((await call).status).toBeUndefined();
  });

  it('stops at once though a request never ends', async () => {
    const servers = await start();
    const { port } = new URL(servers.endpoints.kms);
    const socket = connect(Number(port), '127.0.0.1');
    const closed = new Promise((resolve) => socket.on('error', () => undefined).on('close', resolve));
    socket.write('POST / HTTP/1.1\r\nhost: kms\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n');
    // The server's "100 Continue" tells that it has begun to read.
    await new Promise((resolve) => socket.once('data', resolve));

    await servers.stop();

    await closed;
  });

  it('takes randomness and time from outside', async () => {
    const random = (bytes: number) => Buffer.alloc(bytes, 7);
    const { kms } = buildSdkClients(await start({ random, now: () => 1_800_000_000_000 }));

    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const dataKey = await kms.send(new GenerateDataKeyCommand({ KeyId: KeyMetadata?.KeyId, KeySpec: 'AES_256' }));

    expect(KeyMetadata?.KeyId).toBe('07070707-0707-4707-8707-070707070707');
    expect(KeyMetadata?.CreationDate).toEqual(new Date(1_800_000_000_000));
    expect(Buffer.from(dataKey.Plaintext ?? [])).toEqual(random(32));
  });
});
