import type { Deadline } from '../../../shared/app/ports.ts';
import { buildCommandLine } from '../command.ts';

/** For one connection of many, milliseconds: a person is there, but none of it may hang. */
export const COMMAND_DEADLINE: Deadline = { remainingMs: () => 30_000 };

/** Says what of a revocation is left, and who does it. @param refusedWith - why the last one of it is */
export function describeOwed(owed: number, refusedWith: string | undefined): string[] {
  if (owed === 0) return [];
  const reason = refusedWith === undefined ? '' : ` (${refusedWith})`;
  return [
    `Not revoked at Discord yet: ${owed}${reason}. No call uses them any more. The sweep goes on with it by itself, first within`,
    `minutes and later every hour; at once: ${buildCommandLine('sweep')}`,
  ];
}
