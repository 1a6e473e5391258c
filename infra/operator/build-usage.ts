import { COMMANDS } from './commands/index.ts';
import type { Command } from './command.ts';

const TARGETS = `Which installation: --outputs FILE (written by \`cdk deploy --outputs-file FILE\`), else the variables TABLE_NAME,
INTEGRATION_SECRET_ARN and PUBLIC_BASE_URL, else the local gateway that runs, else the local store in .local/.
Every command takes --json for scripts; \`npm run --silent\` keeps npm's own lines away.`;

/** Builds what `help` shows: all commands, each with its line. */
export function buildUsage(): string {
  const commands = Object.values(COMMANDS);
  const width = Math.max(...commands.map((command) => buildSynopsis(command).length));
  const lines = commands.map((command) => `  ${buildSynopsis(command).padEnd(width)}  ${command.summary}`);
  return `Usage: npm run operator -- <command> [--outputs FILE] [--json]\n\n${lines.join('\n')}\n\n${TARGETS}\n`;
}

/** Builds what `<command> --help` shows. */
export function buildCommandUsage(command: Command): string {
  const details = command.details === undefined ? '' : `\n${command.details}\n`;
  return `Usage: npm run operator -- ${buildSynopsis(command)} [--outputs FILE] [--json]\n\n${command.summary}\n${details}`;
}

function buildSynopsis({ name, positionals, flags }: Command): string {
  const options = Object.entries(flags).map(([flag, { value, isRequired }]) =>
    isRequired ? `--${flag} ${value}` : `[--${flag} ${value}]`,
  );
  return [name, ...positionals, ...options].join(' ');
}
