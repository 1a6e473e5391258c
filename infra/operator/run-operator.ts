import { buildCommandUsage, buildUsage } from './build-usage.ts';
import { findCommand } from './commands/index.ts';
import { describeFault } from './describe-fault.ts';
import { findTarget } from './find-target.ts';
import { createOperatorEdges, type OperatorTarget } from './operator-edges.ts';
import { PromptAbortedError, UsageError } from './operator-error.ts';
import type { OperatorIo } from './operator-io.ts';
import { parseCommandLine, type CommandLine } from './parse-command-line.ts';

/** Exit codes: done; refused or failed; the command line makes no sense; broken off with Ctrl-C (128 + SIGINT). */
const EXIT = { done: 0, failed: 1, usage: 2, aborted: 130 } as const;

/**
 * Runs one command line of the operator. Answers go to standard output, everything else to standard error; whatever happens is
 * told in a line, without a stack trace and without a secret.
 * @param args - without node and script
 * @returns the exit code
 */
export async function runOperator(args: readonly string[], io: OperatorIo): Promise<number> {
  let line: CommandLine;
  try {
    line = parseCommandLine(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const command = error.commandName === undefined ? undefined : findCommand(error.commandName);
    const usage = command === undefined ? buildUsage() : buildCommandUsage(command);
    io.stderr.write(`operator: ${error.message}\n\n${usage}`);
    return EXIT.usage;
  }
  if (line.kind === 'help') {
    io.stdout.write(line.command === undefined ? buildUsage() : buildCommandUsage(line.command));
    return EXIT.done;
  }
  return await runCommand(line, io);
}

async function runCommand(line: Extract<CommandLine, { kind: 'run' }>, io: OperatorIo): Promise<number> {
  let target: OperatorTarget | undefined;
  const opened: (() => Promise<void> | void)[] = [];
  try {
    const found = await findTarget(io, line.outputsFile);
    opened.push(() => found.close());
    target = found.target;
    io.stderr.write(`Working on the ${found.description}.\n`);
    const edges = createOperatorEdges(target);
    opened.push(edges.close);
    const result = await line.command.run({ edges, io, positional: line.positional, flag: line.flag });
    if (!result.ok) {
      io.stderr.write(`operator: ${result.failure.detail}\n`);
      return EXIT.failed;
    }
    const { text, json, notes = [] } = result.value;
    io.stdout.write(`${line.isJson ? JSON.stringify(json) : text}\n`);
    for (const note of notes) io.stderr.write(`${note}\n`);
    return EXIT.done;
  } catch (error) {
    io.stderr.write(`operator: ${describeFault(error, target)}\n`);
    return error instanceof PromptAbortedError ? EXIT.aborted : EXIT.failed;
  } finally {
    for (const close of opened.reverse()) await close();
  }
}
