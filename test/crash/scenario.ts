import type { JsonAnswer } from '../support/wire.ts';
import type { ConnectInput, CrashWorld } from './crash-world.ts';

/** Which ends are right. An end is the state of the connection: `none`, or its status with the reason behind a colon. */
export interface RightEnds {
  /** Nobody was killed. */
  readonly unkilled: string;
  /** The caller sends the request again until he is not told to come back later. */
  readonly repeated: readonly string[];
  /** The caller never comes back; hours pass and the sweep runs. */
  readonly abandoned: readonly string[];
  /** The kill lies between Discord's answer with new tokens and the first write: the pair is lost. */
  readonly lost?: readonly string[];
}

/** One request, ready to be sent, in a world that was made for it. */
export interface Operation {
  /** Sends it; each time anew. */
  run(): Promise<JsonAnswer>;
  /** What is made to go wrong in the run that is struck, and only in that one. */
  readonly plant?: () => unknown;
  /** Ends what was planted outside of the lists of faults: an operator or Discord has mended it. */
  readonly mend?: () => Promise<unknown>;
  /** Status of the answer when nobody is killed. */
  readonly status: number;
  /** Whose connection it is about. */
  readonly whose: Pick<ConnectInput, 'user_id' | 'user' | 'key'>;
  readonly ends: RightEnds;
  /** To whom Discord issues the tokens, when it is another account than that of `whose`. */
  readonly issuedTo?: ConnectInput['user'];
  /** A part that a dead confirmation left stands in the grant. */
  readonly hasLeftover?: boolean;
  /** The planted fault loses an answer with tokens: then a pair may be lost wherever the process is killed. */
  readonly losesAnswer?: boolean;
  /** The user has taken the authorization back at Discord: until we notice, a connection looks active. */
  readonly isRevokedAtDiscord?: boolean;
  /** A sweep: repeated too early it leaves to the next one what the killed one had taken on. */
  readonly isUpkeep?: boolean;
  /** Nobody can connect again for this user: his tenant is gone. */
  readonly isOver?: boolean;
  /** What else must hold at the end. @returns one line for each violation */
  readonly check?: () => Promise<string[]>;
}

/** One way in which an operation can go; a process is killed at every await on it. */
export interface Scenario {
  readonly name: string;
  /**
   * Scenarios that say the same here begin in the same world with the same request and differ in what goes wrong: up to that
   * moment a kill in one is a kill in the other. Absent: none is like it.
   */
  readonly start?: string;
  /** Its kills belong to every run of the tests, not only to the deep one. */
  readonly isCore?: boolean;
  /** Called once; the world is put back to what this leaves before each kill. */
  prepare(world: CrashWorld): Promise<Operation>;
}

/** Ends of a request that changes nothing about the connection. */
export function always(end: string): RightEnds {
  return { unkilled: end, repeated: [end], abandoned: [end] };
}
