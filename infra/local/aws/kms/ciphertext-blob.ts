import { createCipheriv, createDecipheriv } from 'node:crypto';

/** What ciphertext was made with, readable without any key. */
export interface BlobHeader {
  /** UUID of the KMS key. */
  keyId: string;
  /** Which of the key's materials, from 1: rotation adds materials and old blobs keep theirs. */
  keyVersion: number;
}

/** Bytes: format (1), key id (16), key version (4). The header is authenticated together with the encryption context. */
const HEADER_BYTES = 1 + 16 + 4;
/** Bytes. NIST SP 800-38D §8.2: random 96-bit IV. */
export const IV_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 1;

/**
 * Encrypts under a key's material with AES-256-GCM and packs header, IV, tag and ciphertext into one blob.
 * @param material - 32 bytes
 * @param context - encryption context: not secret, not stored, and needed in full to open the blob again
 * @param iv - {@link IV_BYTES} fresh random bytes
 * @see AWS KMS docs: Encryption context
 */
export function sealBlob(
  header: BlobHeader,
  material: Buffer,
  plaintext: Buffer,
  context: Record<string, string>,
  iv: Buffer,
): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt8(FORMAT, 0);
  Buffer.from(header.keyId.replaceAll('-', ''), 'hex').copy(head, 1);
  head.writeUInt32BE(header.keyVersion, 17);

  const cipher = createCipheriv('aes-256-gcm', material, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(buildAssociatedData(head, context));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([head, iv, cipher.getAuthTag(), ciphertext]);
}

/** Reads a blob's header; `undefined` when it is none of ours. Nothing is authenticated yet. */
export function parseBlobHeader(blob: Buffer): BlobHeader | undefined {
  if (blob.length < HEADER_BYTES + IV_BYTES + TAG_BYTES || blob.readUInt8(0) !== FORMAT) return undefined;
  const hex = blob.toString('hex', 1, 17);
  const keyId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return { keyId, keyVersion: blob.readUInt32BE(17) };
}

/**
 * Decrypts a blob whose header was read.
 * @returns the plaintext, or `undefined` when blob, material and context do not belong together
 */
export function openBlob(blob: Buffer, material: Buffer, context: Record<string, string>): Buffer | undefined {
  const iv = blob.subarray(HEADER_BYTES, HEADER_BYTES + IV_BYTES);
  const tag = blob.subarray(HEADER_BYTES + IV_BYTES, HEADER_BYTES + IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', material, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(buildAssociatedData(blob.subarray(0, HEADER_BYTES), context));
  decipher.setAuthTag(tag);
  try {
    const start = decipher.update(blob.subarray(HEADER_BYTES + IV_BYTES + TAG_BYTES));
    return Buffer.concat([start, decipher.final()]);
  } catch {
    return undefined;
  }
}

/** Sorted by name, so that the order of pairs does not matter; as JSON, so that no two contexts read the same. */
function buildAssociatedData(head: Buffer, context: Record<string, string>): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([head, Buffer.from(JSON.stringify(pairs))]);
}
