import type { KEY_PREFIX } from '../../shared/table.ts';
import type { ROUTES } from '../../shared/http/routes.ts';

type KeyName = keyof typeof KEY_PREFIX;

/** Actions on items of the table; none of them can scan. `Query` lists one partition, never the index. */
export type ItemAction = 'GetItem' | 'BatchGetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query';

/** What one function may touch. Whatever is not stated here is denied. */
export interface FunctionAccess {
  /** Item actions, and the kinds of items (by prefix of the partition key) that they may name. */
  readonly items: readonly { readonly actions: readonly ItemAction[]; readonly keys: readonly KeyName[] }[];
  /** May query the list index, which projects keys only. */
  readonly listIndex: boolean;
  /** What it may ask of the token key, for tenants' data keys only. */
  readonly dataKeys: readonly ('GenerateDataKey' | 'Decrypt')[];
  /** May read the integration's secret. */
  readonly integrationSecret: boolean;
  /** May put other credentials into it. */
  readonly writesSecret: boolean;
  /** May read the set-up code, with which an operator key is made. */
  readonly setupCode: boolean;
  /** May make, read and remove secrets of its own deployment below `spill/`: rotated tokens that the table did not take. */
  readonly spills: boolean;
  /** May read figures from CloudWatch. */
  readonly metrics: boolean;
}

/** Starts a connect flow: it sees no token and no secret, so a fault in the most exposed page gives neither away. */
const authorize: FunctionAccess = {
  items: [
    { actions: ['GetItem', 'BatchGetItem'], keys: ['session', 'state', 'integration'] },
    { actions: ['PutItem', 'UpdateItem'], keys: ['session', 'state'] },
  ],
  listIndex: false,
  dataKeys: [],
  integrationSecret: false,
  writesSecret: false,
  setupCode: false,
  spills: false,
  metrics: false,
};

/** Exchanges codes and stores the first tokens; beside operator the only function that may make a tenant's data key. */
const callback: FunctionAccess = {
  items: [
    {
      actions: ['GetItem', 'BatchGetItem'],
      keys: [
        'session',
        'state',
        'integration',
        'apiKey',
        'tenant',
        'connection',
        'grant',
        'gate',
        'operator',
        'operatorSession',
        'operatorTries',
      ],
    },
    {
      actions: ['PutItem', 'UpdateItem', 'DeleteItem'],
      keys: ['session', 'state', 'tenant', 'connection', 'grant'],
    },
    { actions: ['UpdateItem'], keys: ['gate', 'keyUse', 'operatorTries'] },
    { actions: ['PutItem', 'DeleteItem'], keys: ['todo'] },
    { actions: ['PutItem'], keys: ['audit', 'guild', 'link'] },
  ],
  listIndex: false,
  dataKeys: ['GenerateDataKey', 'Decrypt'],
  integrationSecret: true,
  writesSecret: false,
  setupCode: false,
  spills: false,
  metrics: false,
};

/** Lists, shows and disconnects; it opens tokens and reads the secret because a disconnect revokes at Discord. */
const connections: FunctionAccess = {
  items: [
    {
      actions: ['GetItem', 'BatchGetItem'],
      keys: [
        'session',
        'integration',
        'apiKey',
        'tenant',
        'connection',
        'grant',
        'gate',
        'token',
        'link',
        'guild',
        'made',
      ],
    },
    { actions: ['PutItem', 'UpdateItem', 'DeleteItem'], keys: ['session', 'connection', 'grant'] },
    { actions: ['PutItem', 'UpdateItem'], keys: ['token', 'link'] },
    { actions: ['UpdateItem'], keys: ['gate', 'keyUse'] },
    { actions: ['PutItem', 'DeleteItem'], keys: ['todo'] },
    { actions: ['PutItem'], keys: ['audit'] },
  ],
  listIndex: true,
  dataKeys: ['Decrypt'],
  integrationSecret: true,
  writesSecret: false,
  setupCode: false,
  spills: true,
  metrics: false,
};

/**
 * What an operator sees and changes. It lists and disconnects as the sweep does, enters the secret, and makes tenants and API keys;
 * it neither exchanges codes nor runs actions.
 */
const operator: FunctionAccess = {
  items: [
    {
      actions: ['GetItem', 'BatchGetItem'],
      keys: [
        'integration',
        'tenant',
        'apiKey',
        'keyUse',
        'session',
        'connection',
        'grant',
        'gate',
        'sweep',
        'token',
        'guild',
        'made',
        'audit',
        'operator',
        'operatorSession',
        'operatorTries',
      ],
    },
    { actions: ['Query'], keys: ['tenant', 'guild', 'audit', 'todo'] },
    {
      actions: ['PutItem', 'UpdateItem', 'DeleteItem'],
      keys: ['tenant', 'connection', 'grant', 'guild', 'operatorSession'],
    },
    { actions: ['PutItem', 'UpdateItem'], keys: ['integration', 'apiKey', 'session', 'token', 'operator'] },
    { actions: ['UpdateItem'], keys: ['gate', 'sweep', 'operatorTries'] },
    { actions: ['PutItem', 'DeleteItem'], keys: ['todo'] },
    { actions: ['PutItem'], keys: ['audit'] },
  ],
  listIndex: true,
  dataKeys: ['GenerateDataKey', 'Decrypt'],
  integrationSecret: true,
  writesSecret: true,
  setupCode: true,
  spills: true,
  metrics: true,
};

/** Answers 404 to everyone: it needs nothing. */
const portal: FunctionAccess = {
  items: [],
  listIndex: false,
  dataKeys: [],
  integrationSecret: false,
  writesSecret: false,
  setupCode: false,
  spills: false,
  metrics: false,
};

/**
 * The sweep: it finishes for all tenants what others had to leave, so it may touch nearly everything, but nobody can call it. It
 * makes neither sessions nor data keys nor callers' keys, and changes no settings.
 */
const maintenance: FunctionAccess = {
  items: [
    {
      actions: ['GetItem', 'BatchGetItem'],
      keys: ['integration', 'tenant', 'apiKey', 'session', 'connection', 'grant', 'gate', 'sweep'],
    },
    { actions: ['Query'], keys: ['tenant', 'guild'] },
    { actions: ['DeleteItem'], keys: ['guild'] },
    { actions: ['PutItem', 'UpdateItem', 'DeleteItem'], keys: ['connection'] },
    { actions: ['UpdateItem', 'DeleteItem'], keys: ['tenant', 'apiKey', 'grant'] },
    { actions: ['UpdateItem'], keys: ['session'] },
    { actions: ['DeleteItem'], keys: ['keyUse'] },
    { actions: ['Query', 'PutItem', 'UpdateItem', 'DeleteItem'], keys: ['todo'] },
    { actions: ['UpdateItem'], keys: ['gate', 'sweep'] },
    { actions: ['PutItem'], keys: ['audit'] },
  ],
  listIndex: true,
  dataKeys: ['Decrypt'],
  integrationSecret: true,
  writesSecret: false,
  setupCode: false,
  spills: true,
  metrics: false,
};

/** Access of the functions behind the fixed routes, one entry for each, and of the scheduled one. */
export const FUNCTION_ACCESS: Readonly<Record<keyof typeof ROUTES | 'maintenance', FunctionAccess>> = {
  authorize,
  callback,
  connections,
  operator,
  portal,
  maintenance,
};

/**
 * Access of every function that runs actions: with the user's own token, which it refreshes when it is due, with the bot's, or with
 * a webhook's.
 */
export const ACTION_ACCESS: FunctionAccess = {
  items: [
    {
      actions: ['GetItem', 'BatchGetItem'],
      keys: ['integration', 'apiKey', 'tenant', 'connection', 'grant', 'gate', 'token', 'guild', 'made', 'idempotency'],
    },
    { actions: ['PutItem', 'UpdateItem'], keys: ['connection', 'idempotency'] },
    { actions: ['PutItem', 'DeleteItem'], keys: ['made'] },
    { actions: ['DeleteItem'], keys: ['idempotency'] },
    { actions: ['UpdateItem'], keys: ['gate', 'keyUse'] },
    { actions: ['PutItem'], keys: ['todo', 'audit'] },
  ],
  listIndex: false,
  dataKeys: ['Decrypt'],
  integrationSecret: true,
  writesSecret: false,
  setupCode: false,
  spills: true,
  metrics: false,
};
