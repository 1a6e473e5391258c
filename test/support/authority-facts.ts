import { checkAuthority, type AuthorityDecision } from '../../shared/authority/check-authority.ts';
import type {
  AuthorityFacts,
  ChannelFacts,
  GuildFacts,
  MemberFacts,
  MessageFacts,
  RoleFacts,
  WebhookFacts,
} from '../../shared/authority/facts.ts';
import { botCatalogue } from '../../shared/catalogue/bot-catalogue.ts';
import { PERMISSIONS, type PermissionName } from '../../shared/catalogue/permission.ts';

export const GUILD_ID = '1000';
export const OTHER_GUILD_ID = '1001';
export const FOREIGN_GUILD_ID = '1002';
export const OWNER_ID = '2000';
export const ACTOR_ID = '2001';
export const BOT_ID = '2002';
export const TARGET_ID = '2003';
export const ACTOR_ROLE_ID = '3001';
export const BOT_ROLE_ID = '3002';
export const TARGET_ROLE_ID = '3003';
export const CHANNEL_ID = '4001';
export const MESSAGE_ID = '5001';
export const WEBHOOK_ID = '6001';

export const NOW_EPOCH_MS = Date.UTC(2026, 10, 25);

/** The channel, in which everybody who sees it can do nothing more by its overwrites. */
export function buildChannel(change: Partial<ChannelFacts> = {}): ChannelFacts {
  return {
    id: CHANNEL_ID,
    type: 0,
    guildId: GUILD_ID,
    overwrites: [],
    isArchived: false,
    isLocked: false,
    recipientIds: [],
    ...change,
  };
}

export function buildDirectChannel(id: string, ...recipientIds: string[]): ChannelFacts {
  const { guildId: _, ...channel } = buildChannel({ id, type: 1, recipientIds });
  return channel;
}

export function buildRole(id: string, position: number, bits: bigint, change: Partial<RoleFacts> = {}): RoleFacts {
  return { id, position, permissions: bits, isManaged: false, isMentionable: false, ...change };
}

export function buildMember(userId: string, ...roleIds: string[]): MemberFacts {
  return { userId, roleIds, isPending: false };
}

export function bitsOf(...names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | PERMISSIONS[name], 0n);
}

/** What is known, in memory. Everything can be changed before a decision. */
export class AuthorityWorld {
  readonly guilds = new Map<string, GuildFacts>();
  readonly members = new Map<string, MemberFacts>();
  readonly channels = new Map<string, ChannelFacts>();
  readonly messages = new Map<string, MessageFacts>();
  readonly webhooks = new Map<string, WebhookFacts>();
  readonly threadMembers = new Set<string>();
  readonly tenantGuilds = new Set<string>([GUILD_ID, OTHER_GUILD_ID]);
  readonly made = new Set<string>();
  readonly asked: string[] = [];

  putMember(guildId: string, member: MemberFacts): void {
    this.members.set(`${guildId} ${member.userId}`, member);
  }

  putChannel(channel: ChannelFacts): void {
    this.channels.set(channel.id, channel);
  }

  putMessage(id: string, authorId: string, ...reactions: string[]): void {
    this.messages.set(`${CHANNEL_ID} ${id}`, { id, authorId, reactions });
  }

  get facts(): AuthorityFacts {
    const answer = <T>(question: string, value: T): Promise<T> => {
      this.asked.push(question);
      return Promise.resolve(value);
    };
    return {
      loadGuild: (id) => answer(`guild ${id}`, this.guilds.get(id)),
      loadMember: (guildId, userId) => answer(`member ${userId}`, this.members.get(`${guildId} ${userId}`)),
      loadChannel: (id) => answer(`channel ${id}`, this.channels.get(id)),
      loadMessage: (channelId, id) => answer(`message ${id}`, this.messages.get(`${channelId} ${id}`)),
      loadWebhook: (id) => answer(`webhook ${id}`, this.webhooks.get(id)),
      isThreadMember: (threadId, userId) => answer('thread member', this.threadMembers.has(`${threadId} ${userId}`)),
      isTenantGuild: (id) => answer(`tenant ${id}`, this.tenantGuilds.has(id)),
      isSentForConnection: (channelId, id) => answer('sent', this.made.has(`message ${channelId} ${id}`)),
      isReactedForConnection: (channelId, id, emoji) =>
        answer('reacted', this.made.has(`reaction ${channelId} ${id} ${emoji}`)),
      isWebhookOfConnection: (id) => answer('own webhook', this.made.has(`webhook ${id}`)),
    };
  }
}

/** What actor and bot hold by a role each. @everyone holds nothing. The bot stands above the actor, and he above the target. */
export function buildWorld(actor: readonly PermissionName[], bot: readonly PermissionName[]): AuthorityWorld {
  const world = new AuthorityWorld();
  for (const id of [GUILD_ID, OTHER_GUILD_ID, FOREIGN_GUILD_ID]) {
    world.guilds.set(id, {
      id,
      ownerId: OWNER_ID,
      roles: [
        buildRole(id, 0, 0n),
        buildRole(TARGET_ROLE_ID, 1, 0n),
        buildRole(ACTOR_ROLE_ID, 5, bitsOf(...actor)),
        buildRole(BOT_ROLE_ID, 6, bitsOf(...bot), { isManaged: true }),
      ],
    });
    world.putMember(id, buildMember(OWNER_ID));
    world.putMember(id, buildMember(ACTOR_ID, ACTOR_ROLE_ID));
    world.putMember(id, buildMember(BOT_ID, BOT_ROLE_ID));
    world.putMember(id, buildMember(TARGET_ID, TARGET_ROLE_ID));
  }
  world.putChannel(buildChannel());
  world.putMessage(MESSAGE_ID, TARGET_ID);
  world.webhooks.set(WEBHOOK_ID, { id: WEBHOOK_ID, channelId: CHANNEL_ID, guildId: GUILD_ID });
  return world;
}

export interface DecidedCall {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly hasFiles?: boolean;
}

/** Decides about an action of the catalogue, for {@link ACTOR_ID} through {@link BOT_ID}. Ids that are left out are the usual ones. */
export function decide(world: AuthorityWorld, actionId: string, call: DecidedCall = {}): Promise<AuthorityDecision> {
  const action = botCatalogue.find(({ id }) => id === actionId);
  if (action === undefined) throw new Error(`no action ${actionId}`);
  const usual: Readonly<Record<string, string>> = {
    guild_id: GUILD_ID,
    channel_id: CHANNEL_ID,
    message_id: MESSAGE_ID,
    webhook_id: WEBHOOK_ID,
    user_id: TARGET_ID,
    role_id: TARGET_ROLE_ID,
    emoji_name: '👍',
  };
  const path = Object.keys(action.pathParameters).map((name): [string, string] => [
    name,
    call.path?.[name] ?? usual[name] ?? '1',
  ]);
  return checkAuthority(
    world.facts,
    { actorId: ACTOR_ID, botId: BOT_ID },
    {
      action,
      pathParameters: new Map(path),
      query: new URLSearchParams(call.query),
      body: call.body,
      hasFiles: call.hasFiles ?? false,
    },
    NOW_EPOCH_MS,
  );
}
