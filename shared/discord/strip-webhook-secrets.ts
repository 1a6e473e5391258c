import { changeText, findMember, parseJsonText, type JsonMember, type JsonNode, type TextChange } from './json-text.ts';

/** A webhook's token as Discord gave it away, with what tells whose it is. */
export interface WebhookSecret {
  readonly webhookId: string;
  readonly token: string;
  readonly channelId?: string;
  readonly guildId?: string;
}

export interface Stripped {
  readonly text: string;
  readonly secrets: readonly WebhookSecret[];
}

/** Members that open a webhook to everybody who has them; the address holds the token. */
const SECRET_KEYS = new Set(['token', 'url']);

/**
 * Takes `token` and `url` out of every webhook in an answer, wherever it stands, and leaves every other character as it is.
 * @param text - valid JSON
 */
export function stripWebhookSecrets(text: string): Stripped {
  const changes: TextChange[] = [];
  const secrets: WebhookSecret[] = [];
  const open = [parseJsonText(text)];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    open.push(...node.items, ...node.members.map(({ value }) => value));
    if (!isWebhook(text, node)) continue;
    const secret = readSecret(text, node);
    if (secret !== undefined) secrets.push(secret);
    changes.push(...removeMembers(node.members, ({ key }) => SECRET_KEYS.has(key)));
  }
  // Taken from the end: in the order of the text for who reads them.
  return { text: changes.length === 0 ? text : changeText(text, changes), secrets: secrets.toReversed() };
}

/** A webhook has an id, a type and a channel, which may be null; whatever else has an id and a token is one in doubt. */
function isWebhook(text: string, node: JsonNode): boolean {
  const has = (key: string) => findMember(node, key) !== undefined;
  return has('id') && ((has('type') && has('channel_id')) || readString(text, node, 'token') !== undefined);
}

function readSecret(text: string, node: JsonNode): WebhookSecret | undefined {
  const webhookId = readString(text, node, 'id');
  const inUrl = /\/webhooks\/[0-9]+\/([^/?#]+)/.exec(readString(text, node, 'url') ?? '')?.[1];
  const token = readString(text, node, 'token') ?? inUrl;
  if (webhookId === undefined || token === undefined) return undefined;
  const channelId = readString(text, node, 'channel_id');
  const guildId = readString(text, node, 'guild_id');
  return {
    webhookId,
    token,
    ...(channelId === undefined ? {} : { channelId }),
    ...(guildId === undefined ? {} : { guildId }),
  };
}

function readString(text: string, node: JsonNode, key: string): string | undefined {
  const value = findMember(node, key)?.value;
  const parsed: unknown = value?.kind === 'plain' ? JSON.parse(text.slice(value.start, value.end)) : undefined;
  return typeof parsed === 'string' ? parsed : undefined;
}

/** Each run of members goes with one of the commas beside it. */
function removeMembers(members: readonly JsonMember[], isRemoved: (member: JsonMember) => boolean): TextChange[] {
  const changes: TextChange[] = [];
  for (let first = 0; first < members.length; first += 1) {
    const start = members[first];
    if (start === undefined || !isRemoved(start)) continue;
    const length = members.slice(first).findIndex((member) => !isRemoved(member));
    const next = length === -1 ? undefined : members[first + length];
    const last = members.at(-1);
    if (next !== undefined) {
      changes.push({ start: start.start, end: next.start, text: '' });
      first += length;
    } else {
      const from = members[first - 1]?.value.end ?? start.start;
      changes.push({ start: from, end: last?.value.end ?? from, text: '' });
      break;
    }
  }
  return changes;
}
