import type { FUNCTION_ACCESS } from './function-access.ts';

/** What a permission is for, beyond what its name says. One for each kind that a function has, and none besides. */
export interface AccessReasons {
  /** Reads items. */
  readonly read?: string;
  /** Writes or deletes items. */
  readonly write?: string;
  /** Lists items of one partition. */
  readonly query?: string;
  /** Queries the list index. */
  readonly list?: string;
  /** Makes or opens tenants' data keys with the token key. */
  readonly dataKeys?: string;
  /** Reads the integration's secret. */
  readonly secret?: string;
  /** Reads and writes the integration's secret. */
  readonly secretWrite?: string;
  /** Reads the set-up code. */
  readonly setupCode?: string;
  /** Makes, reads and removes the secrets that spilled tokens are. */
  readonly spills?: string;
  /** Reads figures from CloudWatch. */
  readonly metrics?: string;
}

/** Reasons for the access of each function in `function-access.ts`; `actions` stands for every group of actions. */
export const ACCESS_REASONS: Readonly<Record<keyof typeof FUNCTION_ACCESS | 'actions', AccessReasons>> = {
  authorize: {
    read: 'the session behind the link, the states made for it, and the client id and scopes for the address at Discord',
    write: 'keeps a new state, and counts how often the link was opened',
  },
  callback: {
    read: 'session and state of the browser that comes back; at the confirmation the caller (an app, or an operator who tries it himself), and the connection and grant to extend; whether Discord rejects the credentials just now',
    write:
      "moves the session on, stores connection and grant and, for a tenant's first secret, the data key; makes a user's link to what he has just connected; deletes what is used up; counts failed attempts of who is no operator",
    dataKeys: "seals code and tokens; the only function that makes a tenant's data key",
    secret: 'client secret for the exchange of the code, and for a revocation that has become due',
  },
  connections: {
    read: 'the caller, the return origins for a new session, and the connections that are shown or disconnected, with their grants; the links by which end users do so; whether Discord rejects the credentials just now',
    write:
      'makes sessions, connection tokens and links, marks a connection disconnected, and takes it out of its grant',
    list: "finds a tenant's connections; the items themselves are read under the permission above",
    dataKeys:
      'opens the tokens of a connection that is disconnected, in order to revoke them at Discord, and of webhooks that are deleted with it',
    secret: 'client secret for that revocation',
    spills: 'tokens that a refresh could not put into the table are the ones to revoke',
  },
  maintenance: {
    read: "settings, what is left to do, and every tenant's connections in turn with their data keys, so that idle ones are found and old seals renewed; whether Discord rejects the credentials just now",
    query: "a tenant's data keys, in order to delete those that nothing needs any more",
    write:
      'disconnects idle connections, closes broken-off sessions, seals anew what an old data key has sealed, revokes and removes what belongs to a deleted tenant',
    list: "finds every tenant's connections; the items themselves are read under the permission above",
    dataKeys: "opens tokens in order to revoke them, or to seal them anew under a tenant's new data key",
    secret: 'client secret for those revocations',
    spills: 'tokens that a refresh could not put into the table are the ones to revoke; removes them',
  },
  operator: {
    read: 'everything that the portal shows; the operator key as a hash, and whose browser is signed in',
    query: "a tenant's guilds and data keys, audit records, and what is left to do",
    write:
      "settings, tenants, API keys and sessions of operators; disconnects connections as their apps do; makes links and tokens for the operator's own tries",
    list: 'finds tenants, keys and connections; the items themselves are read under the permission above',
    dataKeys:
      "opens the tokens of a connection that is disconnected, and makes a tenant's new data key when the operator rotates it; for Health makes and opens one that is thrown away",
    secretWrite:
      'puts in the credentials that the operator enters; asks Discord with them whether they fit, and to revoke',
    setupCode: 'compares it with the one that is entered, once, to make the operator key',
    spills: 'tokens that a refresh could not put into the table are the ones to revoke',
    metrics: 'what the functions have counted, for Health; CloudWatch offers no narrower permission',
  },
  portal: {},
  actions: {
    read: 'the caller and the connection, and the data key that its tokens are sealed with; whether Discord rejects the credentials just now; in which guilds the tenant may act, and what was made for the connection',
    write:
      'stores refreshed tokens, webhooks that were made and that a connection needs its user again; remembers messages and reactions that were made, and answers to calls with an Idempotency-Key',
    dataKeys:
      "opens the user's token or a webhook's for the call to Discord, and seals a refreshed one, new webhooks and answers that are kept",
    secret: 'the bot token for calls through the bot, and the client secret for a refresh',
    spills: 'keeps refreshed tokens that the table does not take, until it takes them',
  },
};
