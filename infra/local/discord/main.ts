import type { CommandLine } from './command-line.ts';
import { CommandLineError, DEFAULT_REDIRECT_URI, parseCommandLine, USAGE } from './command-line.ts';
import { CONTROL_PREFIX } from './control/operations.ts';
import { ListenError } from './http/server.ts';
import type { Simulator } from './simulator.ts';
import { startSimulator } from './simulator.ts';
import { StateFileError } from './state/state-file.ts';

/** `npm run simulator`: the simulator as a process of its own, until Ctrl-C or the end of the process that forked it. */
try {
  const commandLine = parseCommandLine(process.argv.slice(2), process.env);
  if (commandLine.isHelp) process.stdout.write(USAGE);
  else await run(commandLine);
} catch (error) {
  const isExpected =
    error instanceof CommandLineError || error instanceof ListenError || error instanceof StateFileError;
  if (!isExpected) throw error;
  console.error(`simulator: ${error.message}`);
  if (error instanceof CommandLineError) console.error(USAGE);
  process.exit(1);
}

async function run({ port, stateFile, redirectUris, isJson }: CommandLine): Promise<void> {
  const starting = startSimulator({
    port,
    ...(stateFile === undefined ? {} : { stateFile }),
    application: redirectUris === undefined ? {} : { redirect_uris: redirectUris },
  });
  const stop = (): void => {
    // A start that failed is told of below.
    void starting.then((started) => started.stop()).finally(() => process.exit(0));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop).once('disconnect', stop);
  // A parent that is gone already will not tell again.
  if (process.send !== undefined && !process.connected) process.exit(0);
  const simulator = await starting;
  const { items } = await simulator.control.listApplications();
  if (redirectUris === undefined && items[0]?.redirect_uris.length === 0) {
    await simulator.control.setRedirectUris({ redirect_uris: [DEFAULT_REDIRECT_URI] });
  }
  announce(simulator, isJson);
}

function announce({ baseUrl, application, world }: Simulator, isJson: boolean): void {
  const { clientId, clientSecret } = application;
  const controlUrl = `${baseUrl}${CONTROL_PREFIX}`;
  if (process.send !== undefined) {
    process.send({ type: 'ready', baseUrl, clientId, clientSecret, botToken: application.botToken, controlUrl });
  }
  if (isJson) {
    const line = { url: baseUrl, client_id: clientId, client_secret: clientSecret, control_url: controlUrl };
    console.log(JSON.stringify(line));
  } else if (process.send === undefined) {
    // A forked simulator says nothing: its parent's output may be kept, and this has a secret in it.
    console.log(`Discord simulator at ${baseUrl} (a stand-in for tests, not Discord)

  client id      ${clientId}
  client secret  ${clientSecret}
  control API    ${controlUrl}
  applications   ${baseUrl}/developers/applications
  users          ${world.users.map((user) => user.username).join(', ')}

Point an application at it with DISCORD_BASE_URL=${baseUrl}. Ctrl-C stops it.`);
  }
}
