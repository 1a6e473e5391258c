import { LOCAL_ACCOUNT } from '../aws-account.ts';
import { ENCRYPTION_CONTEXT_PREFIX, VIA_SERVICE } from './condition.ts';
import type { RequestContext } from './condition.ts';
import type { Access } from './policy.ts';

/** Service that uses a KMS key on behalf of whoever calls it. */
export type KeyUser = 'dynamodb' | 'secretsmanager';

/** One access that a request needs. A request that needs several needs all of them. */
export interface RequestedAccess extends Access {
  /** Set when the caller needs it by way of another service, which then words the refusal. */
  readonly via?: KeyUser;
}

/** Builds the access to a key that a service asks KMS for on behalf of its caller. */
export function buildKeyAccess(
  via: KeyUser,
  action: string,
  keyArn: string,
  encryptionContext: Readonly<Record<string, string>>,
): RequestedAccess {
  const host = `${via}.${LOCAL_ACCOUNT.region}.amazonaws.com`;
  const context = { ...toEncryptionContextKeys(encryptionContext), [VIA_SERVICE]: [host] };
  return { action, resource: keyArn, context, via };
}

/** Each pair of an encryption context is a condition key of its own. @see AWS KMS Developer Guide: AWS KMS condition keys */
export function toEncryptionContextKeys(encryptionContext: Readonly<Record<string, string>>): RequestContext {
  const pairs = Object.entries(encryptionContext).map(([name, value]): [string, string[]] => [
    `${ENCRYPTION_CONTEXT_PREFIX}${name}`,
    [value],
  ]);
  return Object.fromEntries(pairs);
}
