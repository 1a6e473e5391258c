import { createPrivateKey, createPublicKey } from 'node:crypto';

/** Gives that many random bytes. */
export type RandomBytes = (byteCount: number) => Buffer;

/** The kinds of secret that the simulator hands out, for scans that look for leaks. */
export type SecretKind =
  'access_token' | 'refresh_token' | 'code' | 'client_secret' | 'bot_token' | 'webhook_token' | 'webhook_url';

/** PKCS #8 header before the 32 bytes of an Ed25519 private key (RFC 8410 §7). */
const ED25519_PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Letters and digits, 30 of them: 178 bits. Discord's codes and tokens look like this. */
export function buildToken(random: RandomBytes): string {
  return buildAlphanumeric(random, 30);
}

/** 32 characters of base64url, so a secret may hold `-` and `_`, as Discord's do: a client must not escape them. */
export function buildClientSecret(random: RandomBytes): string {
  return random(24).toString('base64url');
}

/** 68 characters of base64url. */
export function buildWebhookToken(random: RandomBytes): string {
  return random(51).toString('base64url');
}

/** Three parts with dots: the bot's id, a time, a signature. Only the simulator knows it, so the last two are random. */
export function buildBotToken(random: RandomBytes, clientId: string): string {
  const id = Buffer.from(clientId).toString('base64url');
  return `${id}.${buildAlphanumeric(random, 6)}.${random(28).toString('base64url')}`;
}

/**
 * The hex public key that belongs to an application's event-signing seed.
 * @param seedHex - 32 bytes, the Ed25519 private key
 */
export function computeVerifyKey(seedHex: string): string {
  const der = Buffer.concat([ED25519_PKCS8_PREFIX, Buffer.from(seedHex, 'hex')]);
  const publicKey = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
}

function buildAlphanumeric(random: RandomBytes, length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let text = '';
  while (text.length < length) {
    for (const byte of random(length)) {
      // 248 is the last multiple of 62 in a byte: taking more would favour the first letters.
      if (byte < 248 && text.length < length) text += alphabet.charAt(byte % 62);
    }
  }
  return text;
}
