/** A permission of Discord's that bots of apps usually need. */
export interface CommonPermission {
  readonly name: string;
  readonly bit: bigint;
  readonly words: string;
}

/**
 * Everything else can be entered as Discord's number.
 * @see Discord docs: topics/permissions (Bitwise Permission Flags)
 */
export const COMMON_PERMISSIONS: readonly CommonPermission[] = [
  { name: 'VIEW_CHANNEL', bit: 1n << 10n, words: 'see channels' },
  { name: 'SEND_MESSAGES', bit: 1n << 11n, words: 'write messages' },
  { name: 'SEND_MESSAGES_IN_THREADS', bit: 1n << 38n, words: 'write in threads' },
  { name: 'READ_MESSAGE_HISTORY', bit: 1n << 16n, words: 'read earlier messages' },
  { name: 'EMBED_LINKS', bit: 1n << 14n, words: 'show previews of links, and embeds' },
  { name: 'ATTACH_FILES', bit: 1n << 15n, words: 'attach files' },
  { name: 'ADD_REACTIONS', bit: 1n << 6n, words: 'add reactions' },
  { name: 'MANAGE_MESSAGES', bit: 1n << 13n, words: "delete others' messages" },
  { name: 'CREATE_PUBLIC_THREADS', bit: 1n << 35n, words: 'open threads' },
  { name: 'MANAGE_CHANNELS', bit: 1n << 4n, words: 'make and change channels' },
  { name: 'MANAGE_ROLES', bit: 1n << 28n, words: 'give and take roles' },
  { name: 'MANAGE_WEBHOOKS', bit: 1n << 29n, words: 'make webhooks' },
];

/** @returns nothing for what is no number: the gateway says what is wrong with it */
export function parsePermissions(text: string): bigint | undefined {
  const digits = text.trim();
  if (digits === '') return 0n;
  return /^\d{1,20}$/.test(digits) ? BigInt(digits) : undefined;
}

/** The number with one permission more or less; all others in it stay. @returns an empty text for none at all */
export function buildPermissions(bits: bigint, { bit }: CommonPermission, isOn: boolean): string {
  const changed = isOn ? bits | bit : bits & ~bit;
  return changed === 0n ? '' : String(changed);
}
