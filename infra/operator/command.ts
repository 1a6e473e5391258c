import type { OperatorInputFailure } from '../../shared/app/operate-tenants.ts';
import type { Result } from '../../shared/result.ts';
import type { OperatorEdges } from './operator-edges.ts';
import type { OperatorIo } from './operator-io.ts';

/** One word of `npm run operator -- <command>`: how it is written, and what it does. */
export interface Command {
  readonly name: string;
  /** What stands behind the name, in order, as shown in the usage: `TENANT`, or `on|off` for one of these words. */
  readonly positionals: readonly string[];
  /** Flags by name without dashes, each with what it takes as shown in the usage: `ID`. */
  readonly flags: Readonly<Record<string, { readonly value: string; readonly isRequired: boolean }>>;
  /** Flags without a value. */
  readonly switches?: readonly string[];
  /** It opens tokens or calls Discord, for which not every target is known well enough. */
  readonly needsTokens?: boolean;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** More lines, for `<command> --help`. */
  readonly details?: string;
  readonly run: (input: CommandInput) => Promise<CommandResult>;
}

/** A command line that has been checked against its command: every positional and every required flag is there. */
export interface CommandInput {
  readonly edges: OperatorEdges;
  readonly io: OperatorIo;
  readonly positional: (index: number) => string;
  readonly flag: (name: string) => string | undefined;
  readonly hasSwitch: (name: string) => boolean;
}

/** What a command answers. For a script (`--json`) it is the same in snake_case: one line, or one for each thing of a long list. */
export type CommandAnswer = CommandText & ({ readonly json: unknown } | { readonly jsonLines: readonly unknown[] });

interface CommandText {
  /** For a person, on standard output. */
  readonly text: string;
  /** What a person should know beside the answer; on standard error, so that a script's input stays clean. */
  readonly notes?: readonly string[];
  /** What was asked for is not done, or not all of it: the exit code says so. */
  readonly isIncomplete?: boolean;
}

export type CommandResult = Result<CommandAnswer, OperatorInputFailure>;

/** How a command is written on a shell's line, for messages that say what to do next. */
export function buildCommandLine(...words: readonly string[]): string {
  return ['npm run operator --', ...words].join(' ');
}
