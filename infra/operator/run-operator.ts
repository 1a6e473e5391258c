import { buildCommandUsage, buildUsage } from './build-usage.ts';
import { findCommand } from './commands/index.ts';
import { describeFault } from './describe-fault.ts';
import { findTarget } from './find-target.ts';
import { requireTokenAccess } from './require-token-access.ts';
import { createOperatorEdges, type EdgeOverrides, type OperatorTarget } from './operator-edges.ts';
import { PromptAbortedError, UsageError } from './operator-error.ts';
import type { OperatorIo } from './operator-io.ts';
import { createOperatorLog } from './operator-log.ts';
import { parseCommandLine, type CommandLine } from './parse-command-line.ts';

/** Exit codes: done; refused or failed; the command line makes no sense; broken off with Ctrl-C (128 + SIGINT). */
const EXIT = { done: 0, failed: 1, usage: 2, aborted: 130 } as const;

/**
 * Runs one command line of the operator. Answers go to standard output, everything else to standard error; whatever happens is
 * told in a line, without a stack trace and without a secret.
 * @param args - without node and script
 * @param overrides - for tests
 * @returns the exit code
 */
export async function runOperator(
  args: readonly string[],
  io: OperatorIo,
  overrides: EdgeOverrides = {},
): Promise<number> {
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
  return await runCommand(line, io, overrides);
}

async function runCommand(
  line: Extract<CommandLine, { kind: 'run' }>,
  io: OperatorIo,
  overrides: EdgeOverrides,
): Promise<number> {
  let target: OperatorTarget | undefined;
  const opened: (() => Promise<void> | void)[] = [];
  try {
    const found = await findTarget(io, line.outputsFile);
    opened.push(() => found.close());
    target = found.target;
    io.stderr.write(`Working on the ${found.description}.\n`);
    if (line.command.needsTokens === true) requireTokenAccess(target);
    const edges = createOperatorEdges(target, createOperatorLog(io.stderr), overrides);
    opened.push(edges.close);
    const { positional, flag, hasSwitch } = line;
    const result = await line.command.run({ edges, io, positional, flag, hasSwitch });
    if (!result.ok) {
      io.stderr.write(`operator: ${result.failure.detail}\n`);
      return EXIT.failed;
    }
    const { value } = result;
    const { text, notes = [] } = value;
    const json = 'json' in value ? [value.json] : value.jsonLines;
    for (const answer of line.isJson ? json.map((one) => JSON.stringify(one)) : [text]) io.stdout.write(`${answer}\n`);
    for (const note of notes) io.stderr.write(`${note}\n`);
    return value.isIncomplete === true ? EXIT.failed : EXIT.done;
  } catch (error) {
    io.stderr.write(`operator: ${describeFault(error, target)}\n`);
    return error instanceof PromptAbortedError ? EXIT.aborted : EXIT.failed;
  } finally {
    for (const close of opened.reverse()) await close();
  }
}
