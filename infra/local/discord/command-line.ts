import { parseArgs } from 'node:util';

/** What the command line and the environment ask for. */
export interface CommandLine {
  readonly port: number;
  readonly stateFile: string | undefined;
  /** Absent: those of the earlier state, or the usual one. */
  readonly redirectUris: readonly string[] | undefined;
  readonly isJson: boolean;
  readonly isHelp: boolean;
}

/** Registered when no `--redirect-uri` is given and there is no earlier state: the gateway's callback on its usual port. */
export const DEFAULT_REDIRECT_URI = 'http://localhost:3000/integration-callback';

export const USAGE = `Usage: npm run simulator -- [--port N] [--state FILE] [--redirect-uri URI]... [--json]

  --port N            port on localhost, 0 for any (default: $PORT, else 3001)
  --state FILE        keeps applications, grants and tokens between runs
  --redirect-uri URI  registers a redirect URI; may be given up to ten times
                      (default: ${DEFAULT_REDIRECT_URI})
  --no-redirect-uri   registers none, as for an application that somebody has just made
  --json              prints one line of JSON when ready, for scripts
`;

/** Thrown for a command line that makes no sense; the message is for the person who typed it. */
export class CommandLineError extends Error {
  override name = 'CommandLineError';
}

/**
 * Reads flags, then the environment.
 * @param args - without node and script
 * @throws CommandLineError on an unknown flag or a bad port
 */
export function parseCommandLine(args: readonly string[], env: Readonly<NodeJS.ProcessEnv>): CommandLine {
  const values = parseFlags(args);
  const portText = values.port ?? (env['PORT'] || '3001');
  const port = Number(portText);
  const hasNone = values['no-redirect-uri'] ?? false;
  if (!/^[0-9]+$/.test(portText) || port > 65_535) throw new CommandLineError(`not a port: ${portText}`);
  if (hasNone && values['redirect-uri'] !== undefined) {
    throw new CommandLineError('--redirect-uri and --no-redirect-uri contradict each other');
  }
  return {
    port,
    stateFile: values.state,
    redirectUris: hasNone ? [] : values['redirect-uri'],
    isJson: values.json ?? false,
    isHelp: values.help ?? false,
  };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        state: { type: 'string' },
        'redirect-uri': { type: 'string', multiple: true },
        'no-redirect-uri': { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new CommandLineError(error instanceof Error ? error.message : 'unreadable command line');
  }
}
