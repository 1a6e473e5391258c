/** What is known about a guild. @see Discord docs: resources/guild */
export interface GuildFacts {
  readonly id: string;
  readonly ownerId: string;
  /** With @everyone, whose id is the guild's. */
  readonly roles: readonly RoleFacts[];
}

export interface RoleFacts {
  readonly id: string;
  readonly position: number;
  readonly permissions: bigint;
  /** Belongs to an integration or a bot: nobody can give it. */
  readonly isManaged: boolean;
  readonly isMentionable: boolean;
}

export interface MemberFacts {
  readonly userId: string;
  /** Without @everyone. */
  readonly roleIds: readonly string[];
  /** Milliseconds since 1970; absent when not timed out. */
  readonly timedOutUntilEpochMs?: number;
  /** Has not passed the guild's screening. */
  readonly isPending: boolean;
}

export interface OverwriteFacts {
  readonly id: string;
  readonly kind: 'role' | 'member';
  readonly allow: bigint;
  readonly deny: bigint;
}

export interface ChannelFacts {
  readonly id: string;
  /** Discord's number. 1: a direct message, 10 to 12: threads, 2 and 13: voice and stage, 15 and 16: forum and media. */
  readonly type: number;
  /** Absent for direct messages. */
  readonly guildId?: string;
  /** Of a thread its channel, of a channel its category. */
  readonly parentId?: string;
  readonly overwrites: readonly OverwriteFacts[];
  /** Of a thread: who made it. */
  readonly ownerId?: string;
  readonly isArchived: boolean;
  readonly isLocked: boolean;
  /** Of a private thread: false where only its owner and those who manage threads bring others in. */
  readonly isInvitable?: boolean;
  /** Of a direct message: whom the bot talks with. */
  readonly recipientIds: readonly string[];
}

export interface MessageFacts {
  readonly id: string;
  readonly authorId: string;
  /** As in a path: `👍` or `name:id`. */
  readonly reactions: readonly string[];
}

export interface WebhookFacts {
  readonly id: string;
  readonly channelId: string;
  readonly guildId: string;
}

/**
 * What authority is decided from. Nothing means that Discord says there is none, or that the bot cannot see it.
 * Each method may be called often: an implementation remembers for the time of one decision at least.
 * @throws OutageError when Discord or the storage cannot be asked
 */
export interface AuthorityFacts {
  loadGuild(guildId: string): Promise<GuildFacts | undefined>;
  loadMember(guildId: string, userId: string): Promise<MemberFacts | undefined>;
  loadChannel(channelId: string): Promise<ChannelFacts | undefined>;
  loadMessage(channelId: string, messageId: string): Promise<MessageFacts | undefined>;
  loadWebhook(webhookId: string): Promise<WebhookFacts | undefined>;
  isThreadMember(threadId: string, userId: string): Promise<boolean>;
  /** Whether the bot was brought into the guild by a connection of the tenant, or the operator gave it to the tenant. */
  isTenantGuild(guildId: string): Promise<boolean>;
  isSentForConnection(channelId: string, messageId: string): Promise<boolean>;
  isReactedForConnection(channelId: string, messageId: string, emoji: string): Promise<boolean>;
  isWebhookOfConnection(webhookId: string): Promise<boolean>;
}

/** Who is involved in a decision. */
export interface Parties {
  /** Discord user id of the connected user. */
  readonly actorId: string;
  /** User id of the bot, which is the application's id. */
  readonly botId: string;
}
