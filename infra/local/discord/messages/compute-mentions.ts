import type { MentionsRecord } from '../state/message-record.ts';
import type { WorldGuild } from '../world/world.ts';
import type { AllowedMentions } from './message-payload.ts';

/** What decides whom a message pings. */
export interface MentionInput {
  /** All that is shown as text. */
  readonly text: string;
  readonly allowed: AllowedMentions | null | undefined;
  /** Undefined in a direct message, where there are no roles. */
  readonly guild: WorldGuild | undefined;
  /** Has MENTION_EVERYONE, or needs no permission. */
  readonly mayMentionEveryone: boolean;
  /** What is parsed when the author says nothing: by webhooks users only. */
  readonly parsedByDefault: readonly ('users' | 'roles' | 'everyone')[];
  /** Author of the message that is replied to. */
  readonly repliedUserId?: string | undefined;
  isUser(id: string): boolean;
}

/**
 * Whom a message really pings: what its text names, within what the author allows and may do.
 * @see Discord docs: resources/message#allowed-mentions-object
 */
export function computeMentions(input: MentionInput): MentionsRecord {
  const { allowed, guild, mayMentionEveryone, repliedUserId } = input;
  // Code is shown as it is written.
  const text = input.text.replaceAll(/```[\s\S]*?```|`[^`]*`/g, '');
  const parse: readonly string[] = allowed ? (allowed.parse ?? []) : input.parsedByDefault;
  const userIds = findIds(text, /<@!?(\d+)>/g).filter(
    (id) => input.isUser(id) && (parse.includes('users') || allowed?.users?.includes(id) === true),
  );
  const roleIds = findIds(text, /<@&(\d+)>/g).filter((id) => {
    const role = id === guild?.id ? undefined : guild?.roles.find((candidate) => candidate.id === id);
    if (role === undefined || !(role.mentionable || mayMentionEveryone)) return false;
    return parse.includes('roles') || allowed?.roles?.includes(id) === true;
  });
  const everyone =
    guild !== undefined && mayMentionEveryone && parse.includes('everyone') && /@(?:everyone|here)\b/.test(text);
  const isReplyPinged = allowed ? allowed.replied_user === true : true;
  const replied = repliedUserId !== undefined && isReplyPinged && input.isUser(repliedUserId) ? [repliedUserId] : [];
  return { userIds: [...new Set([...userIds, ...replied])], roleIds, everyone };
}

function findIds(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, id = '']) => id))];
}
