import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  TagResourceCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import type { GetSecretValueCommandInput } from '@aws-sdk/client-secrets-manager';
import { CreateKeyCommand, DisableKeyCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAwsServers } from '../../../../infra/local/aws/aws-servers.ts';
import type { AwsServers } from '../../../../infra/local/aws/aws-servers.ts';
import { buildSdkClients, findRefusal } from '../sdk-clients.ts';

const NOW_EPOCH_MS = 1_800_000_000_000;
const NOT_FOUND = "Secrets Manager can't find the specified secret.";

describe('buildSecretsManagerService', () => {
  let servers: AwsServers;
  let clients: ReturnType<typeof buildSdkClients>;

  beforeAll(async () => {
    servers = await startAwsServers({ now: () => NOW_EPOCH_MS });
    clients = buildSdkClients(servers);
  });
  afterAll(() => servers.stop());

  async function create(Name: string, SecretString?: string) {
    const { ARN = '' } = await clients.secretsManager.send(new CreateSecretCommand({ Name, SecretString }));
    return ARN;
  }
  const get = (SecretId: string, rest: Partial<GetSecretValueCommandInput> = {}) =>
    clients.secretsManager.send(new GetSecretValueCommand({ SecretId, ...rest }));
  const put = (SecretId: string, SecretString: string, token?: string) =>
    clients.secretsManager.send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken: token }));

  it('gives a value back by name, ARN and ARN without its random end', async () => {
    const arn = await create('by/name', '{"client_secret":"x"}');

    const answers = await Promise.all([get('by/name'), get(arn), get(arn.slice(0, -7))]);

    expect(arn).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:by\/name-[A-Za-z0-9]{6}$/);
    expect(answers.map((answer) => answer.SecretString)).toEqual(Array(3).fill('{"client_secret":"x"}'));
    expect(answers[0]).toMatchObject({ ARN: arn, Name: 'by/name', VersionStages: ['AWSCURRENT'] });
    expect(answers[0].CreatedDate).toEqual(new Date(NOW_EPOCH_MS));
  });

  it('keeps bytes as they are', async () => {
    const SecretBinary = Buffer.from([0, 255, 1, 254]);
    await clients.secretsManager.send(new CreateSecretCommand({ Name: 'bytes', SecretBinary }));

    const answer = await get('bytes');

    expect(Buffer.from(answer.SecretBinary ?? [])).toEqual(SecretBinary);
    expect(answer.SecretString).toBeUndefined();
  });

  it.each(['missing', 'arn:aws:secretsmanager:us-east-1:000000000000:secret:missing-AbCdEf'])(
    'answers ResourceNotFoundException for the unknown secret %s',
    async (id) => {
      expect(await findRefusal(get(id))).toEqual({
        name: 'ResourceNotFoundException',
        message: NOT_FOUND,
        status: 400,
      });
    },
  );

  it('answers ResourceNotFoundException, in other words, for a secret that has no value yet', async () => {
    await create('empty');

    expect(await findRefusal(get('empty'))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    });
  });

  it('makes a new value current and the one before it previous', async () => {
    const arn = await create('rotating', 'one');
    await put(arn, 'two');
    await put(arn, 'three');

    expect((await get(arn)).SecretString).toBe('three');
    expect((await get(arn, { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('two');
    const { VersionIdsToStages = {} } = await clients.secretsManager.send(new DescribeSecretCommand({ SecretId: arn }));
    expect(Object.values(VersionIdsToStages)).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);
  });

  it('keeps a version under its own label until it is made current', async () => {
    const arn = await create('staged', 'one');
    const { VersionId } = await clients.secretsManager.send(
      new PutSecretValueCommand({ SecretId: arn, SecretString: 'two', VersionStages: ['PENDING'] }),
    );

    expect((await get(arn)).SecretString).toBe('one');
    expect((await get(arn, { VersionId })).SecretString).toBe('two');
    expect((await findRefusal(get(arn, { VersionId, VersionStage: 'AWSCURRENT' }))).name).toBe(
      'InvalidRequestException',
    );
  });

  it('writes a repeated request token once and refuses it for another value', async () => {
    const token = 'a'.repeat(32);
    const arn = await create('repeated', 'one');
    const first = await put(arn, 'two', token);
    const second = await put(arn, 'two', token);

    expect(second.VersionId).toBe(first.VersionId);
    expect((await get(arn, { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('one');
    expect((await findRefusal(put(arn, 'three', token))).name).toBe('ResourceExistsException');
  });

  it('refuses a second secret of the same name', async () => {
    await create('twice', 'one');

    expect(await findRefusal(create('twice', 'two'))).toMatchObject({ name: 'ResourceExistsException' });
    expect((await get('twice')).SecretString).toBe('one');
  });

  it('carries a repeated creation out once, and refuses the token for another value', async () => {
    const token = 'b'.repeat(32);
    const send = (SecretString: string) =>
      clients.secretsManager.send(new CreateSecretCommand({ Name: 'once', SecretString, ClientRequestToken: token }));
    const first = await send('one');

    expect(await send('one')).toMatchObject({ ARN: first.ARN, VersionId: token });
    expect((await findRefusal(send('two'))).name).toBe('ResourceExistsException');
    expect((await get('once')).SecretString).toBe('one');
  });

  it('keeps tags, and replaces one that is set again', async () => {
    const Tags = [{ Key: 'kind', Value: 'a' }];
    await clients.secretsManager.send(new CreateSecretCommand({ Name: 'tagged', SecretString: 'x', Tags }));
    const more = [
      { Key: 'kind', Value: 'b' },
      { Key: 'other', Value: '' },
    ];
    await clients.secretsManager.send(new TagResourceCommand({ SecretId: 'tagged', Tags: more }));

    const described = await clients.secretsManager.send(new DescribeSecretCommand({ SecretId: 'tagged' }));
    expect(described.Tags).toEqual(more);
  });

  it('takes the forced deletion of a secret that is not there for done', async () => {
    const remove = (input: object) =>
      clients.secretsManager.send(new DeleteSecretCommand({ SecretId: 'gone', ...input }));

    expect(await remove({ ForceDeleteWithoutRecovery: true })).toMatchObject({ Name: 'gone' });
    expect((await findRefusal(remove({}))).name).toBe('ResourceNotFoundException');
  });

  it('updates description and value', async () => {
    const arn = await create('updated', 'one');
    await clients.secretsManager.send(
      new UpdateSecretCommand({ SecretId: arn, Description: 'new', SecretString: 'two' }),
    );

    const described = await clients.secretsManager.send(new DescribeSecretCommand({ SecretId: arn }));
    expect(described.Description).toBe('new');
    expect((await get(arn)).SecretString).toBe('two');
  });

  it('hides a deleted secret until it is restored, and forgets it at once when forced', async () => {
    const arn = await create('deleted', 'one');
    const { DeletionDate } = await clients.secretsManager.send(new DeleteSecretCommand({ SecretId: arn }));

    expect(DeletionDate).toEqual(new Date(NOW_EPOCH_MS + 30 * 86_400_000));
    expect((await findRefusal(get(arn))).name).toBe('InvalidRequestException');
    expect((await findRefusal(create('deleted', 'two'))).name).toBe('InvalidRequestException');
    await clients.secretsManager.send(new RestoreSecretCommand({ SecretId: arn }));
    expect((await get(arn)).SecretString).toBe('one');
    await clients.secretsManager.send(new DeleteSecretCommand({ SecretId: arn, ForceDeleteWithoutRecovery: true }));
    expect((await findRefusal(get(arn))).name).toBe('ResourceNotFoundException');
  });

  it('cannot open a secret whose KMS key is disabled, nor make one with an unknown key', async () => {
    const { KeyMetadata } = await clients.kms.send(new CreateKeyCommand({}));
    const withKey = { Name: 'own-key', KmsKeyId: KeyMetadata?.Arn, SecretString: 'x' };
    await clients.secretsManager.send(new CreateSecretCommand(withKey));
    await clients.kms.send(new DisableKeyCommand({ KeyId: KeyMetadata?.Arn }));

    expect((await findRefusal(get('own-key'))).name).toBe('DecryptionFailure');
    const unknown = { Name: 'no-key', KmsKeyId: 'alias/none', SecretString: 'x' };
    expect((await findRefusal(clients.secretsManager.send(new CreateSecretCommand(unknown)))).name).toBe(
      'EncryptionFailure',
    );
    expect((await findRefusal(get('no-key'))).message).toBe(NOT_FOUND);
  });

  it('makes passwords of the asked length and kinds', async () => {
    const ask = async (rules: object) =>
      (await clients.secretsManager.send(new GetRandomPasswordCommand(rules))).RandomPassword;

    expect(await ask({})).toHaveLength(32);
    expect(await ask({ PasswordLength: 4, ExcludePunctuation: true, IncludeSpace: true })).toMatch(
      /^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.* ).{4}$/,
    );
    const digits = {
      ExcludePunctuation: true,
      ExcludeUppercase: true,
      ExcludeLowercase: true,
      ExcludeCharacters: '01',
    };
    expect(await ask(digits)).toMatch(/^[2-9]{32}$/);
    expect((await findRefusal(ask({ PasswordLength: 3 }))).name).toBe('InvalidParameterException');
  });

  it('refuses an odd name, two values at once and no value at all', async () => {
    const send = (input: object) =>
      findRefusal(clients.secretsManager.send(new CreateSecretCommand({ Name: 'odd', ...input })));

    expect((await send({ Name: 'a b' })).name).toBe('InvalidParameterException');
    expect((await send({ SecretString: 'x', SecretBinary: Buffer.from('x') })).name).toBe('InvalidParameterException');
    expect((await send({ Tags: [{ Value: 'b' }] })).name).toBe('ValidationException');
    expect((await send({ AddReplicaRegions: [{ Region: 'x' }] })).message).toContain('does not support AddReplica');
    await create('valueless');
    const empty = clients.secretsManager.send(new PutSecretValueCommand({ SecretId: 'valueless' }));
    expect((await findRefusal(empty)).name).toBe('InvalidRequestException');
  });
});
