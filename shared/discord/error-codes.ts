import type { DiscordRefusal } from '../problems/failure.ts';

/** What one of Discord's codes means for the caller. */
export interface CodeMeaning {
  /** `unauthorized`: the credential is not accepted. `wait`: a limit that time lifts. */
  readonly kind: DiscordRefusal['reason'] | 'unauthorized' | 'wait';
  /** Our own sentence: Discord's text is not passed on. */
  readonly detail: string;
}

type Kind = CodeMeaning['kind'];

/** Our sentences by kind and code. @see Discord docs: topics/opcodes-and-status-codes (JSON Error Codes) */
const SENTENCES: Readonly<Record<Kind, Readonly<Record<number, string>>>> = {
  unauthorized: {
    40001: 'The credential is not accepted.',
    40012: 'The connection was revoked.',
    50014: 'The credential is not accepted.',
    50025: 'The OAuth2 access token is not accepted.',
  },
  discord_not_found: {
    10003: 'There is no such channel, or the bot is not where it is.',
    10004: 'There is no such guild, or the bot is not in it.',
    10007: 'There is no such member in the guild.',
    10008: 'There is no such message in the channel.',
    10011: 'There is no such role in the guild.',
    10013: 'There is no such user.',
    10014: 'There is no such emoji; a custom one is written name:id.',
    10026: 'The user is not banned.',
  },
  webhook_gone: {
    10015: 'There is no such webhook any more.',
    50027: "The webhook's token is not valid any more.",
  },
  discord_refused: {
    20015: 'It needs a paid subscription.',
    20018: 'Only the owner of the account may do this.',
    50001: 'The bot cannot see it, is not in the guild, or lacks a privileged intent.',
    50013: 'The bot lacks a permission, or the target is not below its highest role.',
    60003: 'The guild demands two-factor authentication of the owner of the application.',
    160002: 'A reply needs READ_MESSAGE_HISTORY.',
    160014: 'A forward needs to read the message where it stands.',
  },
  recipient_refuses: {
    20009: 'Explicit content cannot be sent to the recipient.',
    40007: 'The user is banned from the guild.',
    50007: 'The user takes no messages from the bot.',
    50009: 'The verification level of the channel is too high.',
    50278: 'The user shares no guild with the bot.',
  },
  discord_input_rejected: {
    40058: 'Channels cannot be followed other than announcement channels.',
    50005: 'Only the author of a message can edit it.',
    50006: 'The message is empty.',
    50008: 'There can be no messages in such a channel.',
    50016: 'Only 2 to 100 messages can be deleted at once.',
    50019: 'Only messages of this channel can be pinned in it.',
    50021: 'A message of the system does not allow this.',
    50024: 'A channel of this type does not allow this.',
    50033: 'A recipient is not valid.',
    50034: 'A message is too old to be deleted in bulk: 14 days.',
    50035: 'The body or the query has invalid values.',
    50068: 'A message of this type does not allow this.',
    50109: 'The body is not valid JSON.',
    220001: 'A forum or media channel needs thread_id or thread_name.',
    220002: 'Of thread_id and thread_name only one can be given.',
    220003: 'A webhook makes threads in forum and media channels only.',
  },
  conflict: {
    40033: 'The message was published already.',
    40060: 'The interaction was answered already.',
    50083: 'The thread is archived.',
    160004: 'The message has a thread already.',
    160005: 'The thread is locked.',
  },
  limit_reached: {
    30003: 'The channel has as many pinned messages as it can have.',
    30005: 'The guild has as many roles as it can have.',
    30007: 'The channel has as many webhooks as it can have.',
    30010: 'The message has as many reactions as it can have.',
    30013: 'The guild has as many channels as it can have.',
    30015: 'The message has more attachments than it can have.',
    30033: 'The thread has as many members as it can have.',
    30058: 'The guild has as many webhooks as it can have.',
    160006: 'The guild has as many active threads as it can have.',
    160007: 'The guild has as many active announcement threads as it can have.',
  },
  discord_too_large: {
    40005: 'The body is too large.',
    50045: 'A file is too large.',
  },
  blocked_by_policy: {
    90001: 'The reaction is blocked.',
    200000: "The guild's automatic moderation blocks the message.",
    200001: "The guild's automatic moderation blocks the title.",
    240000: 'A link is blocked.',
    400001: 'Uploads are limited.',
  },
  wait: {
    20016: 'The channel has a slow mode.',
    20022: 'Announcements are limited.',
    20028: 'Writes to the channel are limited.',
    20029: 'Writes to the guild are limited.',
    30046: 'Edits of messages older than an hour are limited.',
    40003: 'Direct messages are opened too fast.',
    40062: 'The resource is limited.',
  },
  discord_not_ready: {
    40004: 'Sending messages is switched off for the moment.',
    40006: 'This feature is switched off for the moment.',
    110000: 'The messages are not indexed yet.',
    130000: 'The resource is overloaded.',
  },
  discord_misused: {
    20001: 'Bots cannot use this operation.',
    20002: 'Only bots can use this operation.',
    40333: 'The User-Agent is not accepted.',
    50002: 'An account of this kind cannot do this.',
    50041: 'The version of the API is not valid.',
  },
};

const MEANINGS: ReadonlyMap<number, CodeMeaning> = new Map(
  Object.entries(SENTENCES).flatMap(([kind, sentences]) =>
    Object.entries(sentences).map(([code, detail]) => [Number(code), { kind: kind as Kind, detail }] as const),
  ),
);

/** Codes that Discord numbers by family: what it does not know, and how many there may be. */
const FAMILIES = [
  { from: 10001, to: 10999, kind: 'discord_not_found', detail: 'What an id stands for is not known.' },
  { from: 30001, to: 30999, kind: 'limit_reached', detail: 'There are as many as there can be.' },
] as const;

/** @returns nothing for a code that says no more than its status */
export function findCodeMeaning(code: number): CodeMeaning | undefined {
  return MEANINGS.get(code) ?? FAMILIES.find(({ from, to }) => code >= from && code <= to);
}

/** Every code that has a sentence of its own, for tests. */
export const KNOWN_CODES: readonly number[] = [...MEANINGS.keys()];
