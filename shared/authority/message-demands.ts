import type { PermissionName } from '../catalogue/permission.ts';
import type { GuildFacts } from './facts.ts';
import { collectTexts, listNames, readList, readMember, readNumber, readTexts } from '../domain/json-fields.ts';

const VOICE_MESSAGE_FLAG = 1 << 13;

/** @see Discord docs: resources/message (Message Reference Types) */
const FORWARD = 1;

const ROLE_MENTION = /<@&([0-9]{1,20})>/g;

/** Whom a message may mention, as its `allowed_mentions` says. */
interface Allowance {
  readonly everyone: boolean;
  isRoleAllowed(roleId: string): boolean;
}

const NOBODY: Allowance = { everyone: false, isRoleAllowed: () => false };
const EVERYBODY: Allowance = { everyone: true, isRoleAllowed: () => true };

/** What a message body needs besides the permission to send: by what it holds. */
export function listMessageDemands(guild: GuildFacts, body: unknown, hasFiles: boolean): PermissionName[] {
  const demands: PermissionName[] = [];
  if (readList(body, 'embeds').length > 0) demands.push('EMBED_LINKS');
  if (hasFiles || readList(body, 'attachments').length > 0) demands.push('ATTACH_FILES');
  if (readMember(body, 'tts') === true) demands.push('SEND_TTS_MESSAGES');
  if (isThere(readMember(body, 'poll'))) demands.push('SEND_POLLS');
  if (((readNumber(body, 'flags') ?? 0) & VOICE_MESSAGE_FLAG) !== 0) demands.push('SEND_VOICE_MESSAGES');
  // Of a forward it is where the message stands that one must read.
  const reference = readMember(body, 'message_reference');
  if (isThere(reference) && !isForward(reference)) demands.push('READ_MESSAGE_HISTORY');
  if (needsMentionEveryone(guild, body)) demands.push('MENTION_EVERYONE');
  return demands;
}

/** Whether a `message_reference` forwards and does not answer. */
export function isForward(reference: unknown): boolean {
  return readNumber(reference, 'type') === FORWARD;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** What would ping everyone, or the members of a role that not everybody may mention, and is not held back. */
function needsMentionEveryone(guild: GuildFacts, body: unknown): boolean {
  const allowance = parseAllowance(readMember(body, 'allowed_mentions'), listNames(body).includes('allowed_mentions'));
  // Embeds mention nobody.
  const text = [readMember(body, 'content'), readMember(body, 'components')].flatMap(collectTexts).join('\n');
  if (allowance.everyone && /@(everyone|here)/.test(text)) return true;
  return [...text.matchAll(ROLE_MENTION)].some(([, roleId = '']) => {
    const role = guild.roles.find(({ id }) => id === roleId);
    return role !== undefined && !role.isMentionable && allowance.isRoleAllowed(roleId);
  });
}

/** Without the member the layer sends one that allows nothing. With one that says nothing Discord's default may hold: everything. */
function parseAllowance(value: unknown, isGiven: boolean): Allowance {
  if (!isGiven) return NOBODY;
  const names = listNames(value);
  if (!['parse', 'roles', 'users'].some((name) => names.includes(name))) return EVERYBODY;
  const parse = readTexts(value, 'parse');
  const roles = readList(value, 'roles');
  return {
    everyone: parse.includes('everyone'),
    // A number could be any id: beyond 2^53 it is not exact.
    isRoleAllowed: (id) => parse.includes('roles') || roles.some((role) => role === id || typeof role !== 'string'),
  };
}
