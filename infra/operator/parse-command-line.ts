import { parseArgs } from 'node:util';
import { COMMANDS, findCommand } from './commands/index.ts';
import type { Command, CommandInput } from './command.ts';
import { UsageError } from './operator-error.ts';

/** A command line that makes sense: help was asked for, or one command with everything it needs. */
export type CommandLine =
  | { readonly kind: 'help'; readonly command: Command | undefined }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly positional: CommandInput['positional'];
      readonly flag: CommandInput['flag'];
      readonly hasSwitch: CommandInput['hasSwitch'];
      readonly isJson: boolean;
      /** Path of the file that `cdk deploy --outputs-file` wrote. */
      readonly outputsFile: string | undefined;
    };

/** Flags of every command. */
const SWITCHES = ['help', 'json'];
const OUTPUTS_FLAG = 'outputs';
const COMMAND_WORD = /^[a-z][a-z-]{0,30}$/;

/**
 * Reads a command line. Nothing is guessed: what is unknown, missing, empty or given twice is refused.
 * What was typed is not repeated in a refusal unless it has the shape of a name: it may be a secret in the wrong place.
 * @param args - without node and script
 * @throws UsageError
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const tokens = readTokens(args);
  const [name, ...words] = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const command = name === undefined || name === 'help' ? undefined : requireCommand(name);
  const flags = readFlags(tokens, command);
  if (flags.has('help')) return { kind: 'help', command };
  if (name === 'help') return { kind: 'help', command: words[0] === undefined ? undefined : requireCommand(words[0]) };
  if (command === undefined) throw new UsageError('no command given');

  checkWords(command, words);
  const missing = Object.entries(command.flags).find(([flag, { isRequired }]) => isRequired && !flags.has(flag));
  if (missing !== undefined) throw new UsageError(`--${missing[0]} ${missing[1].value} is missing`, command.name);
  return {
    kind: 'run',
    command,
    positional: (index) => words[index] ?? '',
    flag: (flag) => flags.get(flag),
    hasSwitch: (flag) => flags.has(flag),
    isJson: flags.has('json'),
    outputsFile: flags.get(OUTPUTS_FLAG),
  };
}

/** Takes the line apart. Flags may stand anywhere, so what takes a value is known without knowing the command. */
function readTokens(args: readonly string[]) {
  const commands = Object.values(COMMANDS);
  const takingText = [...commands.flatMap((command) => Object.keys(command.flags)), OUTPUTS_FLAG];
  const switches = [...SWITCHES, ...commands.flatMap((command) => command.switches ?? [])];
  return parseArgs({
    args: [...args],
    // Not strict: the messages of strict mode span lines, and it lets the last of two equal flags win.
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(takingText.map((flag) => [flag, { type: 'string' as const }])),
      ...Object.fromEntries(switches.map((flag) => [flag, { type: 'boolean' as const }])),
      help: { type: 'boolean', short: 'h' },
    },
  }).tokens;
}

function readFlags(tokens: ReturnType<typeof readTokens>, command: Command | undefined): Map<string, string> {
  const takingText = [...Object.keys(command?.flags ?? {}), OUTPUTS_FLAG];
  const flags = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const refuse = (fault: string) => new UsageError(fault, command?.name);
    const isSwitch = SWITCHES.includes(name) || command?.switches?.includes(name) === true;
    if (!isSwitch && !takingText.includes(name)) throw refuse(`unknown flag ${rawName}`);
    if (flags.has(name)) throw refuse(`${rawName} is given twice`);
    if (isSwitch && value !== undefined) throw refuse(`${rawName} takes no value`);
    if (!isSwitch && (!value || (!inlineValue && value.startsWith('-')))) throw refuse(`${rawName} needs a value`);
    flags.set(name, value ?? '');
  }
  return flags;
}

function requireCommand(name: string): Command {
  const command = findCommand(name);
  if (command !== undefined) return command;
  throw new UsageError(COMMAND_WORD.test(name) ? `unknown command ${name}` : 'unknown command');
}

function checkWords({ name, positionals }: Command, words: readonly string[]): void {
  const missing = positionals[words.length];
  if (missing !== undefined) throw new UsageError(`${missing} is missing`, name);
  if (words.length > positionals.length) {
    const taken = positionals.length === 0 ? 'nothing' : positionals.join(' ');
    throw new UsageError(`too many arguments: ${name} takes ${taken}`, name);
  }
  // `on|off` names the words that may stand there; with capitals among them anything may.
  const unfit = positionals.find(
    (wanted, index) =>
      wanted.includes('|') && wanted === wanted.toLowerCase() && !wanted.split('|').includes(words[index] ?? ''),
  );
  if (unfit !== undefined) throw new UsageError(`say one of ${unfit.split('|').join(', ')}`, name);
  const empty = words.findIndex((word) => word.trim() === '');
  if (empty !== -1) throw new UsageError(`${positionals[empty] ?? 'an argument'} is empty`, name);
}
