import type { KEY_PREFIX } from '../../shared/table.ts';
import type { ROUTES } from '../../shared/http/routes.ts';

type KeyName = keyof typeof KEY_PREFIX;

/** Actions on items of the table; none of them can list or scan. */
export type ItemAction = 'GetItem' | 'BatchGetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

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
};

/** Exchanges codes and stores the first tokens: the only function that may make a tenant's data key. */
const callback: FunctionAccess = {
  items: [
    {
      actions: ['GetItem', 'BatchGetItem'],
      keys: ['session', 'state', 'integration', 'apiKey', 'tenant', 'connection', 'grant'],
    },
    {
      actions: ['PutItem', 'UpdateItem', 'DeleteItem'],
      keys: ['session', 'state', 'tenant', 'connection', 'grant'],
    },
  ],
  listIndex: false,
  dataKeys: ['GenerateDataKey', 'Decrypt'],
  integrationSecret: true,
};

/** Lists, shows and disconnects; it opens tokens and reads the secret because a disconnect revokes at Discord. */
const connections: FunctionAccess = {
  items: [
    {
      actions: ['GetItem', 'BatchGetItem'],
      keys: ['session', 'integration', 'apiKey', 'tenant', 'connection', 'grant'],
    },
    { actions: ['PutItem', 'UpdateItem', 'DeleteItem'], keys: ['session', 'connection', 'grant'] },
  ],
  listIndex: true,
  dataKeys: ['Decrypt'],
  integrationSecret: true,
};

/** Answers 404 to everyone: it needs nothing. */
const portal: FunctionAccess = { items: [], listIndex: false, dataKeys: [], integrationSecret: false };

/** Access of the functions behind the fixed routes, one entry for each. */
export const FUNCTION_ACCESS: Readonly<Record<keyof typeof ROUTES, FunctionAccess>> = {
  authorize,
  callback,
  connections,
  portal,
};

/** Access of every function that runs actions with the user's own token, and refreshes that token when it is due. */
export const USER_ACTION_ACCESS: FunctionAccess = {
  items: [
    { actions: ['GetItem', 'BatchGetItem'], keys: ['integration', 'apiKey', 'tenant', 'connection', 'grant'] },
    { actions: ['PutItem', 'UpdateItem'], keys: ['connection'] },
  ],
  listIndex: false,
  dataKeys: ['Decrypt'],
  integrationSecret: true,
};
