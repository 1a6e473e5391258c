import type { MadeKind, TodoKind } from '../app/ports.ts';
import { KEY_PREFIX, TABLE } from '../table.ts';

/** Primary key of one item. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Index keys of an item that appears in a list. */
export interface ListKey {
  readonly gsi1pk: string;
  readonly gsi1sk: string;
}

/** Every key of the table, built here only. Secrets that callers hold go in as hashes. */
export const keys = {
  integration: (): ItemKey => ({ pk: `${KEY_PREFIX.integration}default`, sk: 'INTEGRATION' }),
  tenant: (tenantId: string): ItemKey => ({ pk: `${KEY_PREFIX.tenant}${tenantId}`, sk: 'TENANT' }),
  /** Which data key a tenant seals with now. */
  currentDataKey: (tenantId: string): ItemKey => ({ pk: `${KEY_PREFIX.tenant}${tenantId}`, sk: 'DATAKEY' }),
  dataKey: (tenantId: string, keyId: string): ItemKey => ({
    pk: `${KEY_PREFIX.tenant}${tenantId}`,
    sk: `DATAKEY#${keyId}`,
  }),
  apiKey: (keyId: string): ItemKey => ({ pk: `${KEY_PREFIX.apiKey}${keyId}`, sk: 'APIKEY' }),
  session: (id: string): ItemKey => ({ pk: `${KEY_PREFIX.session}${id}`, sk: 'SESSION' }),
  state: (stateHash: string): ItemKey => ({ pk: `${KEY_PREFIX.state}${stateHash}`, sk: 'STATE' }),
  connection: (connectionId: string): ItemKey => ({ pk: `${KEY_PREFIX.connection}${connectionId}`, sk: 'CONNECTION' }),
  grant: (clientId: string, discordUserId: string): ItemKey => ({
    pk: `${KEY_PREFIX.grant}${clientId}#${discordUserId}`,
    sk: 'GRANT',
  }),
  todo: (kind: TodoKind, id: string): ItemKey => ({ pk: `${KEY_PREFIX.todo}${kind}`, sk: id }),
  credentialGate: (): ItemKey => ({ pk: `${KEY_PREFIX.gate}credentials`, sk: 'GATE' }),
  sweepState: (): ItemKey => ({ pk: `${KEY_PREFIX.sweep}state`, sk: 'SWEEP' }),
  audit: (tenantId: string, position: string): ItemKey => ({ pk: `${KEY_PREFIX.audit}${tenantId}`, sk: position }),
  keyUse: (keyId: string): ItemKey => ({ pk: `${KEY_PREFIX.keyUse}${keyId}`, sk: 'KEYUSE' }),
  token: (tokenId: string): ItemKey => ({ pk: `${KEY_PREFIX.token}${tokenId}`, sk: 'TOKEN' }),
  link: (hash: string): ItemKey => ({ pk: `${KEY_PREFIX.link}${hash}`, sk: 'LINK' }),
  tenantGuild: (tenantId: string, guildId: string): ItemKey => ({ pk: `${KEY_PREFIX.guild}${tenantId}`, sk: guildId }),
  /** `id` of a reaction holds an emoji; the kind stands first, so that no id imitates another kind. */
  made: (connectionId: string, kind: MadeKind, id: string): ItemKey => ({
    pk: `${KEY_PREFIX.made}${connectionId}`,
    sk: `${kind}#${id}`,
  }),
  operator: (): ItemKey => ({ pk: `${KEY_PREFIX.operator}default`, sk: 'OPERATOR' }),
  operatorSession: (sessionHash: string): ItemKey => ({
    pk: `${KEY_PREFIX.operatorSession}${sessionHash}`,
    sk: 'OPSESSION',
  }),
  signInTries: (address: string): ItemKey => ({ pk: `${KEY_PREFIX.operatorTries}${address}`, sk: 'OPTRIES' }),
  idempotency: (hash: string): ItemKey => ({ pk: `${KEY_PREFIX.idempotency}${hash}`, sk: 'IDEMPOTENCY' }),
} as const;

/** Partition and sort keys of the lists. Ids of app users are encoded, so that `#` in one cannot imitate another. */
export const listKeys = {
  tenants: (tenantId: string): ListKey => ({ gsi1pk: 'TENANTS', gsi1sk: tenantId }),
  apiKeys: (tenantId: string, keyId: string): ListKey => ({
    gsi1pk: `${KEY_PREFIX.tenant}${tenantId}#APIKEYS`,
    gsi1sk: keyId,
  }),
  connections: (tenantId: string, userId: string, connectionId: string): ListKey => ({
    gsi1pk: `${KEY_PREFIX.tenant}${tenantId}#CONNECTIONS`,
    gsi1sk: `${connectionsOfUserPrefix(userId)}${connectionId}`,
  }),
  auditOfConnection: (connectionId: string, position: string): ListKey => ({
    gsi1pk: `${KEY_PREFIX.audit}CONNECTION#${connectionId}`,
    gsi1sk: position,
  }),
} as const;

export function connectionsOfUserPrefix(userId: string): string {
  return `${Buffer.from(userId, 'utf8').toString('base64url')}#`;
}

/** The two key attributes under the table's own names. */
export function toPrimaryKey(key: ItemKey): Record<string, string> {
  return { [TABLE.partitionKey]: key.pk, [TABLE.sortKey]: key.sk };
}
