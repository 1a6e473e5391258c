import type { FUNCTION_ACCESS } from './function-access.ts';

/** What a permission is for, beyond what its name says. One for each kind that a function has, and none besides. */
export interface AccessReasons {
  /** Reads items. */
  readonly read?: string;
  /** Writes or deletes items. */
  readonly write?: string;
  /** Queries the list index. */
  readonly list?: string;
  /** Makes or opens tenants' data keys with the token key. */
  readonly dataKeys?: string;
  /** Reads the integration's secret. */
  readonly secret?: string;
}

/** Reasons for the access of each function in `function-access.ts`; `userActions` stands for every group of actions. */
export const ACCESS_REASONS: Readonly<Record<keyof typeof FUNCTION_ACCESS | 'userActions', AccessReasons>> = {
  authorize: {
    read: 'the session behind the link, the states made for it, and the client id and scopes for the address at Discord',
    write: 'keeps a new state, and counts how often the link was opened',
  },
  callback: {
    read: 'session and state of the browser that comes back; at the confirmation the caller, and the connection and grant to extend',
    write:
      "moves the session on, stores connection and grant and, for a tenant's first secret, the data key; deletes what is used up",
    dataKeys: "seals code and tokens; the only function that makes a tenant's data key",
    secret: 'client secret for the exchange of the code, and for a revocation that has become due',
  },
  connections: {
    read: 'the caller, the return origins for a new session, and the connections that are shown or disconnected, with their grants',
    write: 'makes sessions, marks a connection disconnected, and takes it out of its grant',
    list: "finds a tenant's connections; the items themselves are read under the permission above",
    dataKeys: 'opens the tokens of a connection that is disconnected, in order to revoke them at Discord',
    secret: 'client secret for that revocation',
  },
  portal: {},
  userActions: {
    read: 'the caller and the connection, and the data key that its tokens are sealed with',
    write: 'stores refreshed tokens, and that a connection needs its user again',
    dataKeys: "opens the user's token for the call to Discord, and seals a refreshed one",
    secret: 'client secret for a refresh',
  },
};
