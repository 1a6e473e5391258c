import * as z from 'zod/mini';
import { buildArn } from '../aws-account.ts';
import { AwsError } from '../aws-error.ts';
import { openStateFile } from '../state-file.ts';
import { IV_BYTES, openBlob, parseBlobHeader, sealBlob } from './ciphertext-blob.ts';

const keySchema = z.strictObject({
  /** UUID. */
  keyId: z.string(),
  createdAtEpochSeconds: z.number(),
  description: z.string(),
  enabled: z.boolean(),
  rotationEnabled: z.boolean(),
  /** Set on the key that Secrets Manager made for itself. */
  managedBy: z.optional(z.literal('secretsManager')),
  /** Base64, 32 bytes each, oldest first; the last one encrypts. */
  materials: z.array(z.string()),
});

/** One KMS key, its material included: it never leaves this folder. */
export type KmsKey = z.infer<typeof keySchema>;

/** The keys of the local KMS and the only code that uses their material. */
export interface KeyStore {
  create(description: string, managedBy?: 'secretsManager'): KmsKey;
  /** Finds a key by id or ARN. @throws AwsError NotFoundException */
  find(reference: string): KmsKey;
  findManaged(by: 'secretsManager'): KmsKey | undefined;
  /** Changes a key and saves it. */
  change(key: KmsKey, changes: Partial<Pick<KmsKey, 'enabled' | 'rotationEnabled'>>): void;
  /** Gives the key a new material; older ciphertext stays readable. */
  rotate(key: KmsKey): void;
  /** Encrypts. @throws AwsError DisabledException */
  seal(key: KmsKey, plaintext: Buffer, context: Record<string, string>): Buffer;
  /**
   * Decrypts.
   * @param expected - key that the caller names; absent: the one that the blob names
   * @throws AwsError InvalidCiphertextException (not ours, altered, wrong context), IncorrectKeyException, DisabledException,
   *   AccessDeniedException (key unknown, which AWS does not tell from forbidden)
   */
  open(blob: Buffer, context: Record<string, string>, expected?: KmsKey): { key: KmsKey; plaintext: Buffer };
}

const MATERIAL_BYTES = 32;

/**
 * Opens the key store.
 * @param options.filePath - absent: in memory
 * @param options.random - gives that many random bytes
 * @param options.now - epoch milliseconds
 */
export function openKeyStore(options: {
  filePath: string | undefined;
  now: () => number;
  random: (bytes: number) => Buffer;
}): KeyStore {
  const { now, random } = options;
  const parse = (value: unknown) => z.strictObject({ keys: z.array(keySchema) }).parse(value);
  const state = openStateFile(options.filePath, parse, { keys: [] });
  const newMaterial = () => random(MATERIAL_BYTES).toString('base64');

  return {
    create(description, managedBy) {
      const key: KmsKey = {
        keyId: buildUuid(random(16)),
        createdAtEpochSeconds: Math.floor(now() / 1000),
        description,
        enabled: true,
        rotationEnabled: false,
        ...(managedBy === undefined ? {} : { managedBy }),
        materials: [newMaterial()],
      };
      state.value.keys.push(key);
      state.save();
      return key;
    },
    find(reference) {
      const key = state.value.keys.find((candidate) => [candidate.keyId, buildKeyArn(candidate)].includes(reference));
      if (key === undefined) throw new AwsError('NotFoundException', describeMissing(reference));
      return key;
    },
    findManaged: (by) => state.value.keys.find((key) => key.managedBy === by),
    change(key, changes) {
      Object.assign(key, changes);
      state.save();
    },
    rotate(key) {
      checkEnabled(key);
      key.materials.push(newMaterial());
      state.save();
    },
    seal(key, plaintext, context) {
      checkEnabled(key);
      const keyVersion = key.materials.length;
      const material = readMaterial(key, keyVersion);
      if (material === undefined) throw new Error(`KMS key ${key.keyId} has no material`);
      return sealBlob({ keyId: key.keyId, keyVersion }, material, plaintext, context, random(IV_BYTES));
    },
    open(blob, context, expected) {
      const header = parseBlobHeader(blob);
      if (header === undefined) throw new AwsError('InvalidCiphertextException');
      const key = state.value.keys.find(({ keyId }) => keyId === header.keyId);
      if (expected !== undefined && expected !== key) {
        throw new AwsError(
          'IncorrectKeyException',
          'The key ID in the request does not identify a CMK that can perform this operation.',
        );
      }
      if (key === undefined) {
        throw new AwsError(
          'AccessDeniedException',
          'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
        );
      }
      checkEnabled(key);
      const material = readMaterial(key, header.keyVersion);
      const plaintext = material && openBlob(blob, material, context);
      if (plaintext === undefined) throw new AwsError('InvalidCiphertextException');
      return { key, plaintext };
    },
  };
}

export function buildKeyArn(key: Pick<KmsKey, 'keyId'>): string {
  return buildArn('kms', `key/${key.keyId}`);
}

function readMaterial(key: KmsKey, version: number): Buffer | undefined {
  const material = key.materials[version - 1];
  return material === undefined ? undefined : Buffer.from(material, 'base64');
}

function checkEnabled(key: KmsKey): void {
  if (!key.enabled) throw new AwsError('DisabledException', `${buildKeyArn(key)} is disabled.`);
}

/** AWS's three wordings, by what the reference looks like. */
function describeMissing(reference: string): string {
  if (/(^|:)alias\//.test(reference)) return `Alias ${reference} is not found.`;
  const isArn = reference.startsWith('arn:');
  const isUuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(reference);
  if (!isArn && !isUuid) return `Invalid keyId '${reference}'`;
  return `Key '${isArn ? reference : buildKeyArn({ keyId: reference })}' does not exist`;
}

/** RFC 9562 §5.4 (version 4), from bytes that are given, so that tests can choose them. */
function buildUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  const variant = ((bytes.readUInt8(8) & 0x3f) | 0x80).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(18, 20), hex.slice(20)].join(
    '-',
  );
}
