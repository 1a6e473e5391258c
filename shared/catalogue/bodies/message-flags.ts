/**
 * Flags of a message that senders set.
 * @see Discord docs: resources/message (Message Flags)
 */
export const MESSAGE_FLAG = {
  SUPPRESS_EMBEDS: 1n << 2n,
  SUPPRESS_NOTIFICATIONS: 1n << 12n,
  IS_VOICE_MESSAGE: 1n << 13n,
  IS_COMPONENTS_V2: 1n << 15n,
} as const;
