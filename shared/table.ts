/**
 * Outward shape of the one DynamoDB table, for infra (which creates it and grants access to it) and the stores (which use
 * it). What the items hold is in `docs/storage-schema.md`; how keys are built is in `shared/edges/keys.ts`.
 */
export const TABLE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** DynamoDB TTL attribute, epoch seconds. Deletion is late by up to days, so readers compare it too. */
  ttlAttribute: 'expiresAtEpochSeconds',
  /** Index for lists only (projection: keys); authority is always a consistent read of the item itself. */
  listIndex: { name: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
} as const;

/** First part of every partition key. Infra restricts each function to the prefixes that it works with. */
export const KEY_PREFIX = {
  integration: 'INTEGRATION#',
  tenant: 'TENANT#',
  apiKey: 'APIKEY#',
  session: 'SESSION#',
  state: 'STATE#',
  connection: 'CONNECTION#',
  grant: 'GRANT#',
} as const;
