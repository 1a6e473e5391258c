import type { ChannelFacts } from './facts.ts';

type Kind = Pick<ChannelFacts, 'type'>;

/** Discord's numbers. @see Discord docs: resources/channel (Channel Types) */
export const CHANNEL_TYPE = { text: 0, directMessage: 1, groupMessage: 3, announcement: 5, privateThread: 12 } as const;

const THREADS: readonly number[] = [10, 11, 12];
const VOICE: readonly number[] = [2, 13];
const FORUMS: readonly number[] = [15, 16];

export function isThread({ type }: Kind): boolean {
  return THREADS.includes(type);
}

/** Voice and stage channels: nothing goes in them without CONNECT. */
export function isVoice({ type }: Kind): boolean {
  return VOICE.includes(type);
}

/** Forum and media channels, which hold posts and no messages. */
export function isForum({ type }: Kind): boolean {
  return FORUMS.includes(type);
}

export function isDirect({ type }: Kind): boolean {
  return type === CHANNEL_TYPE.directMessage || type === CHANNEL_TYPE.groupMessage;
}
