/** A guild in which a tenant may act through the bot. */
export interface TenantGuild {
  readonly guildId: string;
  readonly name?: string;
  /** The connection with which the bot was brought in; absent when the operator assigned the guild. */
  readonly connectionId?: string;
  readonly sinceEpochSeconds: number;
}

export interface TenantGuildStore {
  has(tenantId: string, guildId: string): Promise<boolean>;
  /** Notes it, or notes it anew. */
  put(tenantId: string, guild: TenantGuild): Promise<void>;
  /** @returns whether it was there */
  remove(tenantId: string, guildId: string): Promise<boolean>;
  list(tenantId: string): Promise<TenantGuild[]>;
}

export type MadeKind = 'MESSAGE' | 'REACTION';

/** What was made through the layer for one connection, so that only that one may change or take it back freely. */
export interface Made {
  readonly kind: MadeKind;
  /** Of a message its id; of a reaction `<message id>#<emoji>`. */
  readonly id: string;
  readonly channelId: string;
}

export interface MadeStore {
  /** @returns in which channel, or nothing when it was not made for this connection or is long ago */
  find(connectionId: string, kind: MadeKind, id: string): Promise<string | undefined>;
  note(connectionId: string, made: Made, nowEpochSeconds: number): Promise<void>;
  forget(connectionId: string, kind: MadeKind, id: string): Promise<void>;
}
