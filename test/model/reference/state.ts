import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';

/** Discord accounts that take part. Two users of one tenant and a user of another share `ada`. */
export const ACCOUNTS = ['ada', 'grace'] as const;
export type Account = (typeof ACCOUNTS)[number];
export const ACCOUNT_IDS: Readonly<Record<Account, string>> = { ada: SEED_USERS.ada.id, grace: SEED_USERS.grace.id };

export const TENANTS = ['north', 'south'] as const;
export type Tenant = (typeof TENANTS)[number];

/** An app's user, and the Discord account that he connects. */
export interface Who {
  readonly tenant: Tenant;
  readonly user: string;
  readonly account: Account;
}

/** A pair of tokens that Discord has issued and somebody holds. */
export interface Pair {
  /** Whether the refresh token is still good for a new pair. */
  readonly isAlive: boolean;
  /** Until when the access token works, by Discord's clock, as long as the pair is alive. */
  readonly accessUntilMs: number;
}

/** What is known about one connection. Unless said otherwise times are the gateway's. */
export interface ConnectionState {
  readonly who: Who;
  readonly status: 'active' | 'reconnect_required' | 'disconnected';
  readonly reason?: string;
  /** Disconnected, and Discord was not told yet. */
  readonly isOwed: boolean;
  /** Counts pairs. */
  readonly version: number;
  /** Absent once it is disconnected and Discord was told. */
  readonly pair?: Pair;
  readonly expiresAtSeconds: number;
  /** Since when it is whole. */
  readonly connectedAtSeconds: number;
  /** Nobody refreshes until then, and what callers are told. */
  readonly hold?: { readonly untilMs: number; readonly reason: string };
  /** Somebody refreshes until then, or died doing so. */
  readonly leaseUntilMs?: number;
  /** An answer of Discord was lost: the refresh token may be spent. */
  readonly isUncertain: boolean;
  /** Its part in the grant. */
  readonly member?: string;
  /** A pair that the table did not take and that lies in the second place. */
  readonly spilled?: Spilled;
}

export interface Spilled {
  readonly pair: Pair;
  readonly expiresAtSeconds: number;
}

export interface SessionState {
  readonly who: Who;
  /** Connection to repair. */
  readonly repairs?: string;
  /** The user said no at Discord. */
  readonly isRefused: boolean;
  readonly status: 'open' | 'returned' | 'confirming' | 'confirmed' | 'refused' | 'burnt' | 'failed';
  readonly wrongConfirmations: number;
  readonly createdAtSeconds: number;
  readonly returnedAtSeconds: number;
  readonly confirmableUntilSeconds: number;
  /** Until when somebody confirms it, or died doing so. */
  readonly claimUntilMs?: number;
  /** Until when the authorization code is good, by Discord's clock; 0 once it is used or void. */
  readonly codeUntilMs: number;
  /** It cannot be said any more whether the code was used: nobody is to try. */
  readonly isCodeUnknown?: boolean;
  /** Tokens of an interrupted confirmation. */
  readonly kept?: Pair;
}

/** What Discord and the grant item know about one account. */
export interface AccountState {
  /** Pairs at Discord whose refresh token is good, held or not. */
  readonly livePairs: number;
  /** Parts of the grant. */
  readonly members: readonly string[];
  /** Somebody revokes since, or died doing so. */
  readonly revokingSinceSeconds?: number;
}

/** What is known about the operator's credentials at Discord. */
export interface GateState {
  readonly state: 'rejected' | 'recovering';
  readonly sinceMs: number;
  readonly nextProbeAtMs: number;
}

/** The two clocks at one moment, and what follows. */
export interface Moment {
  readonly gatewayMs: number;
  readonly discordMs: number;
}

export function toSeconds({ gatewayMs }: Moment): number {
  return Math.floor(gatewayMs / 1000);
}

/** The whole, as far as the model looks. A draft is changed in place; its values are replaced, never changed. */
export class Draft {
  connections: Map<string, ConnectionState>;
  sessions: Map<string, SessionState>;
  accounts: Record<Account, AccountState>;
  /** Absent: nothing bad is known. */
  gate: GateState | undefined;
  /** Revocations to do: connection id → epoch seconds from which the sweep takes it up. */
  revocations: Map<string, number>;
  /** Confirmations that may have left tokens: session id → epoch seconds from which the sweep takes it up. */
  answers: Map<string, number>;
  /** Whether Discord accepts the secret that the operator has entered. */
  isSecretRight: boolean;

  constructor(from?: Draft) {
    this.connections = new Map(from?.connections);
    this.sessions = new Map(from?.sessions);
    this.accounts = from === undefined ? { ada: NOBODY, grace: NOBODY } : { ...from.accounts };
    this.gate = from?.gate;
    this.revocations = new Map(from?.revocations);
    this.answers = new Map(from?.answers);
    this.isSecretRight = from?.isSecretRight ?? true;
  }

  /** @throws Error when there is none */
  connection(id: string): ConnectionState {
    const found = this.connections.get(id);
    if (found === undefined) throw new Error(`the model has no connection ${id}`);
    return found;
  }

  changeConnection(id: string, change: Partial<ConnectionState>): void {
    this.connections.set(id, { ...this.connection(id), ...change });
  }

  /** Takes members away from a connection. */
  dropFromConnection(id: string, ...names: OptionalMember[]): void {
    const changed: { -readonly [K in keyof ConnectionState]: ConnectionState[K] } = { ...this.connection(id) };
    for (const name of names) Reflect.deleteProperty(changed, name);
    this.connections.set(id, changed);
  }

  session(id: string): SessionState {
    const found = this.sessions.get(id);
    if (found === undefined) throw new Error(`the model has no session ${id}`);
    return found;
  }

  changeSession(id: string, change: Partial<SessionState>): void {
    this.sessions.set(id, { ...this.session(id), ...change });
  }

  changeAccount(account: Account, change: Partial<AccountState>): void {
    this.accounts[account] = { ...this.accounts[account], ...change };
  }
}

type OptionalMember = 'reason' | 'pair' | 'hold' | 'leaseUntilMs' | 'member' | 'spilled';

const NOBODY: AccountState = { livePairs: 0, members: [] };
