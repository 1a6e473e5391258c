import fc from 'fast-check';
import { PERMISSIONS } from '../../shared/catalogue/permission.ts';

/** A guild without a form: either side of the comparison builds its own from it. Bits are few, so that rules meet. */
export interface RandomGuild {
  readonly everyone: bigint;
  /** Of roles 1 to 3. */
  readonly roles: readonly bigint[];
  readonly ownRoles: readonly number[];
  readonly isOwner: boolean;
  readonly isPending: boolean;
  /** Against now, in milliseconds; nothing when there is no time-out. */
  readonly timeOutMs: number | undefined;
  /** Discord's number; threads hang from a text channel. Nothing: the guild as a whole. */
  readonly channelType: number | undefined;
  readonly isThreadMember: boolean;
  readonly overwrites: readonly RandomOverwrite[];
}

/** Whose overwrite: @everyone, one of the roles, the member, or another member. */
export interface RandomOverwrite {
  readonly of: 'everyone' | 'role 0' | 'role 1' | 'role 2' | 'member' | 'other member';
  readonly allow: bigint;
  readonly deny: bigint;
}

const { VIEW_CHANNEL, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, CONNECT, READ_MESSAGE_HISTORY } = PERMISSIONS;
const { MENTION_EVERYONE, SEND_TTS_MESSAGES, ATTACH_FILES, EMBED_LINKS } = PERMISSIONS;
const { MANAGE_THREADS, BAN_MEMBERS, ADMINISTRATOR } = PERMISSIONS;

/** The bits that rules turn on, one beyond 2^32 and one that is nothing special. */
const BITS = [
  VIEW_CHANNEL,
  SEND_MESSAGES,
  SEND_MESSAGES_IN_THREADS,
  CONNECT,
  READ_MESSAGE_HISTORY,
  MENTION_EVERYONE,
  SEND_TTS_MESSAGES,
  ATTACH_FILES,
  EMBED_LINKS,
  MANAGE_THREADS,
  BAN_MEMBERS,
  PERMISSIONS.BYPASS_SLOWMODE,
] as const;

const ALL_OF_THEM = BITS.reduce((sum, bit) => sum | bit, 0n);

const sumOf = (bits: readonly bigint[]) => bits.reduce((sum, bit) => sum | bit, 0n);

/** Few bits or nearly all of them: in the middle something is always missing. */
const anyBits = fc.oneof(
  fc.subarray([...BITS]).map(sumOf),
  fc.subarray([...BITS], { maxLength: 2 }).map((bits) => ALL_OF_THEM & ~sumOf(bits)),
);

const fewBits = fc.subarray([...BITS], { maxLength: 3 }).map(sumOf);

const roleBits = fc.oneof({ weight: 12, arbitrary: fewBits }, { weight: 1, arbitrary: fc.constant(ADMINISTRATOR) });

const overwrite: fc.Arbitrary<RandomOverwrite> = fc.record({
  of: fc.constantFrom('everyone', 'role 0', 'role 1', 'role 2', 'member', 'other member'),
  allow: fewBits,
  deny: fewBits,
});

const rarely = fc.integer({ min: 0, max: 11 }).map((number) => number === 0);

/** Guilds with a member and a place, so that every rule has its say in some and none in all. */
export const randomGuild: fc.Arbitrary<RandomGuild> = fc.record({
  everyone: anyBits,
  roles: fc.tuple(roleBits, roleBits, roleBits),
  ownRoles: fc.subarray([0, 1, 2]),
  isOwner: rarely,
  isPending: rarely,
  timeOutMs: fc.option(fc.constantFrom(-1, 0, 1, 60_000), { nil: undefined, freq: 4 }),
  channelType: fc.option(fc.constantFrom(0, 2, 5, 10, 11, 12, 12, 13, 15), { nil: undefined, freq: 8 }),
  isThreadMember: fc.boolean(),
  overwrites: fc.uniqueArray(overwrite, { maxLength: 5, selector: ({ of }) => of }),
});
