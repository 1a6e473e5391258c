import { COMMANDS } from './commands/index.ts';
import type { Command } from './command.ts';

const TARGETS = `Which installation: --outputs FILE (written by \`cdk deploy --outputs-file FILE\`), else the variables TABLE_NAME,
INTEGRATION_SECRET_ARN and PUBLIC_BASE_URL, else the local gateway that runs, else the local store in .local/. Commands that open
tokens want TOKEN_KEY_ARN and DEPLOYMENT_NAME besides the three, and on this machine a gateway that runs.
Every command takes --json for scripts; \`npm run --silent\` keeps npm's own lines away.`;

/** Characters that a command may take up before its summary; behind a longer one the summary has a line of its own. */
const SYNOPSIS_WIDTH = 41;

/** Builds what `help` shows: all commands, each with its line. */
export function buildUsage(): string {
  const lines = Object.values(COMMANDS).map((command) => {
    const synopsis = buildSynopsis(command);
    const isLong = synopsis.length > SYNOPSIS_WIDTH;
    const start = isLong ? `${synopsis}\n  ${' '.repeat(SYNOPSIS_WIDTH)}` : synopsis.padEnd(SYNOPSIS_WIDTH);
    return `  ${start}  ${command.summary}`;
  });
  return `Usage: npm run operator -- <command> [--outputs FILE] [--json]\n\n${lines.join('\n')}\n\n${TARGETS}\n`;
}

/** Builds what `<command> --help` shows. */
export function buildCommandUsage(command: Command): string {
  const details = command.details === undefined ? '' : `\n${command.details}\n`;
  return `Usage: npm run operator -- ${buildSynopsis(command)} [--outputs FILE] [--json]\n\n${command.summary}\n${details}`;
}

function buildSynopsis({ name, positionals, flags, switches = [] }: Command): string {
  const options = Object.entries(flags).map(([flag, { value, isRequired }]) =>
    isRequired ? `--${flag} ${value}` : `[--${flag} ${value}]`,
  );
  return [name, ...positionals, ...options, ...switches.map((flag) => `[--${flag}]`)].join(' ');
}
