import type { PermissionName } from '../../shared/catalogue/permission.ts';

/** Ids of what there is in the world of these tests. */
export interface WorldIds {
  readonly guild: string;
  /** A role without permissions that Linus has, and one that he has not. */
  readonly heldRole: string;
  readonly freeRole: string;
  readonly category: string;
  readonly general: string;
  readonly announcements: string;
  readonly staff: string;
  readonly forum: string;
  readonly voice: string;
  /** Public, in `general`; Linus and the bot are in it. */
  readonly thread: string;
  /** Who acts: an ordinary member but for the role that each case gives him. */
  readonly actor: string;
  /** Below him, in the voice channel. */
  readonly linus: string;
  readonly noor: string;
  readonly banned: string;
  /** In no guild. */
  readonly stranger: string;
  /** By Linus in `general`: pinned, with his 👍 and with the actor's 🔥. */
  readonly message: string;
  /** By Linus in `general`. */
  readonly secondMessage: string;
  /** Sent for the actor's connection in `general`. */
  readonly ownMessage: string;
  /** In `announcements`: by Linus, and sent for the actor's connection. */
  readonly announcement: string;
  readonly ownAnnouncement: string;
  /** The actor's direct messages with the bot, with one that was sent for his connection. */
  readonly direct: string;
  readonly directMessage: string;
  /** In `general`, made for the actor's connection and for another one, each with a message. */
  readonly webhook: string;
  readonly webhookMessage: string;
  readonly otherWebhook: string;
  readonly otherWebhookMessage: string;
}

/** What of a call is not as in the action's example. */
export interface CaseCall {
  /** Over those that go without saying: see `buildCall`. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Null: none. */
  readonly body?: unknown;
  /** Sent with it as `files[0]`. */
  readonly file?: string;
}

/** One call that succeeds, with the least that both must hold for it. */
export interface ActionCase {
  /** What the case is about, where an action has several. */
  readonly name?: string;
  /** Besides `needs.permissions` and VIEW_CHANNEL in channels: what the action's rules demand of this call. */
  readonly actor?: readonly PermissionName[];
  readonly bot?: readonly PermissionName[];
  /** Held by both so that there is something to answer with; nothing is missing when it is. */
  readonly held?: readonly PermissionName[];
  /** What is told when the bot cannot see where it is to act; absent: that there is no such guild. */
  readonly unseen?: 'bot_access_missing';
  /** It reaches the actor's direct messages with the bot, where nobody has permissions and there is no guild. */
  readonly isDirect?: true;
  /** The connection of the user who is in no guild; absent: the actor's. */
  readonly isByStranger?: true;
  readonly call?: (ids: WorldIds) => CaseCall;
}

export type ActionCases = Readonly<Record<string, readonly ActionCase[]>>;

/** A case in which rules demand the same of both. */
export function demandOfBoth(
  permissions: readonly PermissionName[],
  name?: string,
  call?: ActionCase['call'],
): ActionCase {
  return {
    actor: permissions,
    bot: permissions,
    ...(name === undefined ? {} : { name }),
    ...(call === undefined ? {} : { call }),
  };
}
