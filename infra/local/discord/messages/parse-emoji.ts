import type { Simulation } from '../simulation.ts';
import type { EmojiRecord } from '../state/message-record.ts';

/** An emoji of a path, and the guild whose own it is; null for one that everybody has. */
export interface FoundEmoji {
  readonly emoji: EmojiRecord;
  readonly guildId: string | null;
}

/** One emoji of Unicode, with all that belongs to it. The `v` flag is beyond the language version of this project's literals. */
const UNICODE_EMOJI_PATTERN = new RegExp('^\\p{RGI_Emoji}$', 'v');

/** What makes a character of text an emoji; writers leave it out. */
const EMOJI_PRESENTATION = '\uFE0F';

/**
 * Reads the emoji of a path: the characters themselves or `name:id` of a custom one.
 * @returns undefined when there is no such emoji
 */
export function findEmoji({ messages }: Simulation, text: string): FoundEmoji | undefined {
  const custom = /^[A-Za-z0-9_]{2,32}:([0-9]{1,20})$/.exec(text)?.[1];
  if (custom !== undefined) {
    // The name may be an old one: the id counts.
    const known = messages.settings.customEmojis.find(({ id }) => id === custom);
    return known === undefined ? undefined : { emoji: { id: known.id, name: known.name }, guildId: known.guildId };
  }
  const isEmoji = UNICODE_EMOJI_PATTERN.test(text) || UNICODE_EMOJI_PATTERN.test(`${text}${EMOJI_PRESENTATION}`);
  return isEmoji ? { emoji: { id: null, name: text }, guildId: null } : undefined;
}

/** Whether two are the same emoji. */
export function isSameEmoji(left: EmojiRecord, right: EmojiRecord): boolean {
  if (left.id !== null || right.id !== null) return left.id === right.id;
  const plain = ({ name }: EmojiRecord): string => name.replaceAll(EMOJI_PRESENTATION, '');
  return plain(left) === plain(right);
}
