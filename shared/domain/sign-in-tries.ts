/** Failed attempts of one address within a window, after which it must wait for the window's end. */
export const MAX_FAILED_SIGN_INS = 10;

/** Seconds from the first attempt. */
export const SIGN_IN_WINDOW_SECONDS = 15 * 60;

/** Attempts of one address within the window that runs. */
export interface SignInTries {
  /** Failed, or not decided yet. */
  readonly failures: number;
  readonly windowEndsAtEpochSeconds: number;
  /** The window has its audit record. */
  readonly isRecorded?: boolean;
}

/** @returns seconds to wait; nothing when there are tries left */
export function computeSignInWait(tries: SignInTries | undefined, nowEpochSeconds: number): number | undefined {
  if (tries === undefined || tries.failures < MAX_FAILED_SIGN_INS) return undefined;
  const wait = tries.windowEndsAtEpochSeconds - nowEpochSeconds;
  return wait > 0 ? wait : undefined;
}

/**
 * Whose attempts count together: an IPv4 address, or the 64 bits of an IPv6 address that a network gives to one subscriber, who
 * could otherwise take a new address for each attempt.
 */
export function toAddressGroup(sourceIp: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(sourceIp)?.[1];
  if (mapped !== undefined) return mapped;
  if (!sourceIp.includes(':')) return sourceIp;
  const [head = '', tail] = sourceIp.split('%', 1)[0]?.toLowerCase().split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = tail === undefined ? left : [...left, ...gap, ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
