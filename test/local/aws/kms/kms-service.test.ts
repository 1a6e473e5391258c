import {
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetKeyRotationStatusCommand,
  EnableKeyRotationCommand,
  ListKeysCommand,
  ReEncryptCommand,
  RotateKeyOnDemandCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAwsServers } from '../../../../infra/local/aws/aws-servers.ts';
import type { AwsServers } from '../../../../infra/local/aws/aws-servers.ts';
import { buildSdkClients, findRefusal } from '../sdk-clients.ts';

const UNKNOWN_ID = '11111111-2222-4333-8444-555555555555';
const CONTEXT = { purpose: 'tenant-data-key', tenant: 'default' };

describe('buildKmsService', () => {
  let servers: AwsServers;
  let kms: ReturnType<typeof buildSdkClients>['kms'];

  beforeAll(async () => {
    servers = await startAwsServers();
    kms = buildSdkClients(servers).kms;
  });
  afterAll(() => servers.stop());

  async function createKey() {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'test' }));
    if (KeyMetadata?.KeyId === undefined || KeyMetadata.Arn === undefined) throw new Error('no key');
    return { id: KeyMetadata.KeyId, arn: KeyMetadata.Arn };
  }
  async function encrypt(keyId: string, text = 'plain', context: Record<string, string> = CONTEXT) {
    const plaintext = Buffer.from(text);
    const { CiphertextBlob } = await kms.send(
      new EncryptCommand({ KeyId: keyId, Plaintext: plaintext, EncryptionContext: context }),
    );
    return CiphertextBlob ?? new Uint8Array();
  }
  async function decrypt(blob: Uint8Array, context: Record<string, string> = CONTEXT, keyId?: string) {
    const { Plaintext } = await kms.send(
      new DecryptCommand({ CiphertextBlob: blob, EncryptionContext: context, KeyId: keyId }),
    );
    return Buffer.from(Plaintext ?? []).toString();
  }

  it('gives a data key that decrypts to the same bytes, by key id and by ARN', async () => {
    const key = await createKey();

    for (const KeyId of [key.id, key.arn]) {
      const made = await kms.send(
        new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext: CONTEXT }),
      );
      const opened = await kms.send(
        new DecryptCommand({ KeyId, CiphertextBlob: made.CiphertextBlob, EncryptionContext: CONTEXT }),
      );

      expect(made.Plaintext).toHaveLength(32);
      expect(opened.Plaintext).toEqual(made.Plaintext);
      expect(opened.KeyId).toBe(key.arn);
      expect(Buffer.from(made.CiphertextBlob ?? []).includes(Buffer.from(made.Plaintext ?? []))).toBe(false);
    }
  });

  it('gives a new data key each time, of the length that was asked, and hides it when told so', async () => {
    const { id } = await createKey();

    const first = await kms.send(new GenerateDataKeyCommand({ KeyId: id, NumberOfBytes: 64 }));
    const second = await kms.send(new GenerateDataKeyCommand({ KeyId: id, NumberOfBytes: 64 }));
    const hidden = await kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId: id, KeySpec: 'AES_128' }));

    expect(first.Plaintext).toHaveLength(64);
    expect(first.Plaintext).not.toEqual(second.Plaintext);
    expect(hidden).not.toHaveProperty('Plaintext');
    expect((await kms.send(new DecryptCommand({ CiphertextBlob: hidden.CiphertextBlob }))).Plaintext).toHaveLength(16);
  });

  it.each([
    ['missing', {}],
    ['other value', { ...CONTEXT, tenant: 'other' }],
    ['other case', { ...CONTEXT, tenant: 'Default' }],
    ['one pair fewer', { tenant: 'default' }],
    ['one pair more', { ...CONTEXT, more: '' }],
    ['pairs that read alike when joined', { purpose: 'tenant-data-key","tenant":"default' }],
  ])('refuses to decrypt with a wrong encryption context: %s', async (_case, context: Record<string, string>) => {
    const blob = await encrypt((await createKey()).id);

    expect(await findRefusal(decrypt(blob, context))).toMatchObject({
      name: 'InvalidCiphertextException',
      status: 400,
    });
  });

  it('takes the pairs of the encryption context in any order', async () => {
    const blob = await encrypt((await createKey()).id, 'plain', { a: '1', b: '2' });

    expect(await decrypt(blob, { b: '2', a: '1' })).toBe('plain');
  });

  it('refuses ciphertext of which any one byte was changed', async () => {
    const blob = Buffer.from(await encrypt((await createKey()).id));
    const refusals = new Set<string>();

    for (const index of blob.keys()) {
      const altered = Buffer.from(blob);
      altered[index] = (altered[index] ?? 0) ^ 1;
      refusals.add((await findRefusal(decrypt(altered))).name);
    }

    // A changed key id names a key that does not exist, which AWS does not tell from a forbidden one.
    expect([...refusals].sort()).toEqual(['AccessDeniedException', 'InvalidCiphertextException']);
    expect((await findRefusal(decrypt(blob.subarray(0, 20)))).name).toBe('InvalidCiphertextException');
  });

  it('refuses to decrypt under another key than the one that is named', async () => {
    const [key, other] = [await createKey(), await createKey()];
    const blob = await encrypt(key.id);

    expect((await findRefusal(decrypt(blob, CONTEXT, other.arn))).name).toBe('IncorrectKeyException');
  });

  it.each([
    [UNKNOWN_ID, `Key 'arn:aws:kms:us-east-1:000000000000:key/${UNKNOWN_ID}' does not exist`],
    ['arn:aws:kms:eu-west-1:000000000000:key/x', "Key 'arn:aws:kms:eu-west-1:000000000000:key/x' does not exist"],
    ['alias/mine', 'Alias alias/mine is not found.'],
    ['nonsense', "Invalid keyId 'nonsense'"],
  ])('answers NotFoundException for the unknown key %s', async (KeyId, message) => {
    const refusal = await findRefusal(kms.send(new DescribeKeyCommand({ KeyId })));

    expect(refusal).toEqual({ name: 'NotFoundException', message, status: 400 });
  });

  it('refuses every use of a disabled key until it is enabled again', async () => {
    const { id, arn } = await createKey();
    const blob = await encrypt(id);

    await kms.send(new DisableKeyCommand({ KeyId: id }));
    const uses = [encrypt(id), decrypt(blob), kms.send(new GenerateDataKeyCommand({ KeyId: id, KeySpec: 'AES_256' }))];
    const refusals = await Promise.all(uses.map(findRefusal));
    const described = await kms.send(new DescribeKeyCommand({ KeyId: id }));
    await kms.send(new EnableKeyCommand({ KeyId: id }));

    expect(refusals).toEqual(Array(3).fill({ name: 'DisabledException', message: `${arn} is disabled.`, status: 400 }));
    expect(described.KeyMetadata).toMatchObject({ Enabled: false, KeyState: 'Disabled' });
    expect(await decrypt(blob)).toBe('plain');
  });

  it('opens what was encrypted before a rotation, and encrypts with the new material', async () => {
    const { id } = await createKey();
    const before = await encrypt(id);

    await kms.send(new RotateKeyOnDemandCommand({ KeyId: id }));
    const after = await encrypt(id);

    expect(await decrypt(before)).toBe('plain');
    expect(await decrypt(after)).toBe('plain');
    expect(Buffer.from(before).subarray(0, 21)).not.toEqual(Buffer.from(after).subarray(0, 21));
  });

  it('re-encrypts under another key and context', async () => {
    const [source, destination] = [await createKey(), await createKey()];
    const moved = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob: await encrypt(source.id),
        SourceEncryptionContext: CONTEXT,
        DestinationKeyId: destination.id,
        DestinationEncryptionContext: { moved: 'yes' },
      }),
    );

    expect(moved).toMatchObject({ SourceKeyId: source.arn, KeyId: destination.arn });
    expect(await decrypt(moved.CiphertextBlob ?? new Uint8Array(), { moved: 'yes' }, destination.id)).toBe('plain');
  });

  it('tells whether a key rotates', async () => {
    const { id } = await createKey();
    const before = await kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
    await kms.send(new EnableKeyRotationCommand({ KeyId: id }));
    const after = await kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));

    expect([before.KeyRotationEnabled, after.KeyRotationEnabled]).toEqual([false, true]);
  });

  it.each([
    ['no length', {}],
    ['both lengths', { KeySpec: 'AES_256' as const, NumberOfBytes: 32 }],
    ['too many bytes', { NumberOfBytes: 1025 }],
    ['unsupported member', { KeySpec: 'AES_256' as const, GrantTokens: ['x'] }],
  ])('answers ValidationException to a data key request with %s', async (_case, input) => {
    const { id } = await createKey();

    const refusal = await findRefusal(kms.send(new GenerateDataKeyCommand({ KeyId: id, ...input })));

    expect(refusal).toMatchObject({ name: 'ValidationException', status: 400 });
  });

  it('refuses plaintext above 4,096 bytes without repeating it', async () => {
    const { id } = await createKey();

    const refusal = await findRefusal(encrypt(id, 'x'.repeat(4097)));

    expect(refusal.name).toBe('ValidationException');
    expect(refusal.message).not.toContain('xx');
  });

  it('answers UnknownOperationException to what it does not offer', async () => {
    expect((await findRefusal(kms.send(new ListKeysCommand({})))).name).toBe('UnknownOperationException');
  });
});
