import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run sam -- [--fresh] [--json] [--dir DIR] [--invoke NAME --event FILE] [-- options of sam]

  --fresh        forget everything that earlier runs have stored
  --json         print one line of JSON when ready, for scripts
  --dir DIR      folder for what is stored (default .local, that of npm start)
  --invoke NAME  run one function once (sam local invoke) instead of serving: Portal, Authorize, …
  --event FILE   its event, as JSON

Whatever follows a second -- is passed on to sam, for example -- --debug.
PORT (default 3000) moves the gateway; the simulator takes the next port.
`;

/** What the command line asks of `npm run sam`. */
export interface SamOptions {
  readonly isFresh: boolean;
  readonly isJson: boolean;
  readonly isHelp: boolean;
  readonly dir: string | undefined;
  /** Runs one function once instead of serving. */
  readonly invoke: { readonly name: string; readonly eventFile: string } | undefined;
  /** Passed on to sam. */
  readonly samArgs: readonly string[];
}

/** @throws Error for a command line that makes no sense */
export function parseSamOptions(args: readonly string[]): SamOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      fresh: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
      dir: { type: 'string' },
      invoke: { type: 'string' },
      event: { type: 'string' },
    },
  });
  if ((values.invoke === undefined) !== (values.event === undefined)) {
    throw new Error('--invoke and --event go together');
  }
  const invoke =
    values.invoke === undefined || values.event === undefined
      ? undefined
      : { name: values.invoke, eventFile: values.event };
  return {
    isFresh: values.fresh ?? false,
    isJson: values.json ?? false,
    isHelp: values.help ?? false,
    dir: values.dir,
    invoke,
    samArgs: positionals,
  };
}
