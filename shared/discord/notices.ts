/** What a response header can tell about an answer that says less than it seems to. */
export type Notice = 'message_content_intent_missing';

/** Name of the response header; several notices would be joined with commas. */
export const NOTICE_HEADER = 'integration-notice';

/** What must be known of the application to judge an answer with messages. */
export interface NoticeFacts {
  readonly hasMessageContentIntent: boolean;
  /** Of the bot: its own messages and those that mention it are never blank. */
  readonly botUserId: string;
}

/** Kinds of messages that people write: ordinary ones and replies. @see Discord docs: resources/message (Message Types) */
const WRITTEN_TYPES = new Set<unknown>([0, 19]);

/** Members that Discord empties without the intent. @see Discord docs: events/gateway (Message Content Intent) */
const EMPTIED_LISTS = ['embeds', 'attachments', 'components'];

/**
 * Tells that the content of messages is withheld: the intent is off, and every message that others wrote came blank.
 * @param answer - the JSON that Discord sent; one message, or messages in lists and objects as its operations return them
 */
export function findNotices(answer: unknown, facts: NoticeFacts): Notice[] {
  if (facts.hasMessageContentIntent) return [];
  const concerned = listMessages(answer).filter((message) => isConcerned(message, facts.botUserId));
  return concerned.length > 0 && concerned.every(isBlank) ? ['message_content_intent_missing'] : [];
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A message, a list of them, pins (`items`), or what a search found (`messages`, in lists). */
function listMessages(answer: unknown): Fields[] {
  if (Array.isArray(answer)) return answer.flatMap(listItem);
  if (!isFields(answer)) return [];
  const { items, messages } = answer;
  if (Array.isArray(items)) return items.flatMap((item) => (isFields(item) ? listItem(item['message']) : []));
  if (Array.isArray(messages)) return messages.flatMap((hit) => (Array.isArray(hit) ? hit.flatMap(listItem) : []));
  return listItem(answer);
}

function listItem(value: unknown): Fields[] {
  return isFields(value) && typeof value['content'] === 'string' && isFields(value['author']) ? [value] : [];
}

/** Whether the intent decides about its content, and content is to be expected: stickers and forwards have none. */
function isConcerned(message: Fields, botUserId: string): boolean {
  const author = isFields(message['author']) ? message['author']['id'] : undefined;
  const mentions: unknown[] = Array.isArray(message['mentions']) ? message['mentions'] : [];
  // Also what it posted by a webhook is its own.
  const isOwn = author === botUserId || message['application_id'] === botUserId;
  const isMentioned = mentions.some((user) => isFields(user) && user['id'] === botUserId);
  const isElsewhere = ['sticker_items', 'message_snapshots'].some((key) => !isEmpty(message[key]));
  return WRITTEN_TYPES.has(message['type']) && !isOwn && !isMentioned && !isElsewhere;
}

function isBlank(message: Fields): boolean {
  const isWithout = EMPTIED_LISTS.every((key) => isEmpty(message[key]));
  return message['content'] === '' && isWithout && message['poll'] === undefined;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
