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

/**
 * Days within which the table can be restored to any second. What was deleted is gone for good only after them: a tenant is
 * shredded when they have passed since its data keys went.
 * @see DynamoDB docs: Point-in-time recovery, RecoveryPeriodInDays
 */
export const RECOVERY_WINDOW_DAYS = 7;

/** First part of every partition key. Infra restricts each function to the prefixes that it works with. */
export const KEY_PREFIX = {
  integration: 'INTEGRATION#',
  tenant: 'TENANT#',
  apiKey: 'APIKEY#',
  session: 'SESSION#',
  state: 'STATE#',
  connection: 'CONNECTION#',
  grant: 'GRANT#',
  /** What is left to do and must not be forgotten, one partition for each kind. */
  todo: 'TODO#',
  /** What is known about the integration's credentials: whether Discord rejects them just now. */
  gate: 'GATE#',
  /** How far the sweep has come. */
  sweep: 'SWEEP#',
  audit: 'AUDIT#',
  /** When an API key was last used: apart from the key, so that who may note it cannot change the key. */
  keyUse: 'KEYUSE#',
  /** Connection tokens. */
  token: 'TOKEN#',
  /** Links with which an end user sees and ends his own connection. */
  link: 'LINK#',
  /** In which guilds a tenant may act through the bot, one partition for each tenant. */
  guild: 'GUILD#',
  /** Messages and reactions that were made for a connection. */
  made: 'MADE#',
  /** What became of calls that came with an `Idempotency-Key`, for a day. */
  idempotency: 'IDEMPOTENCY#',
  /** The operator's key, as a hash, and which set-up code has made it. */
  operator: 'OPERATOR#',
  /** Signed-in browsers of operators. */
  operatorSession: 'OPSESSION#',
  /** Failed sign-ins of one address. */
  operatorTries: 'OPTRIES#',
} as const;
