import '../local/quiet-sdk.ts';
import { setMaxListeners } from 'node:events';
import { PORTAL_PATH } from '../../shared/connect-paths.ts';
import { endWithParent } from '../local/end-with-parent.ts';
import { listenOnLoopback } from '../local/gateway/listen.ts';
import { createProgress } from '../local/progress.ts';
import { loadLocalSettings, type LocalSettings } from '../local/settings.ts';
import {
  buildInvokeArgs,
  buildStartArgs,
  findMissingTool,
  spawnSam,
  stopSam,
  toShellLine,
  waitUntilListening,
} from './sam-command.ts';
import { parseSamOptions, USAGE, type SamOptions } from './sam-options.ts';
import { checkEventFile, findFunctionId, startSamWorld, type SamWorld } from './start-sam-world.ts';

/** `npm run sam`: the functions in containers under `sam local`, everything else as with `npm start`, until Ctrl-C. */
try {
  await run(parseSamOptions(process.argv.slice(2)), loadLocalSettings());
} catch (error) {
  console.error(`sam: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function run(options: SamOptions, settings: LocalSettings): Promise<void> {
  if (options.isHelp) {
    console.log(USAGE);
    return;
  }
  const { invoke } = options;
  if (invoke !== undefined) checkEventFile(invoke.eventFile);
  // Before anything takes time: is the port free?
  await (await listenOnLoopback(settings.port, (_request, response) => response.end())).close();
  const missing = findMissingTool();
  if (missing !== undefined && invoke !== undefined) throw new Error(missing);
  const progress = createProgress(options.isJson || invoke !== undefined);
  const world = await startSamWorld({ ...options, settings, progress });
  if (missing !== undefined) {
    explain(missing, world, settings.port, options);
    stopAtEnd(() => world.stop());
  } else if (invoke === undefined) {
    await serve(world, settings.port, options, progress);
  } else {
    const logicalId = findFunctionId(world.functionIds, invoke.name);
    const args = [...buildInvokeArgs(world.files, logicalId, invoke.eventFile), ...options.samArgs];
    const code = await new Promise<number | null>((resolve, reject) => {
      spawnSam(args, true).once('exit', resolve).once('error', reject);
    }).finally(() => world.stop());
    process.exit(code ?? 1);
  }
}

async function serve(
  world: SamWorld,
  port: number,
  options: SamOptions,
  progress: (step: string) => void,
): Promise<void> {
  progress('Starting sam local start-api; the first call of a function builds its image');
  const child = spawnSam([...buildStartArgs(world.files, port), ...options.samArgs], false);
  const stop = async (): Promise<void> => {
    await stopSam(child);
    await world.stop();
  };
  stopAtEnd(stop);
  try {
    await waitUntilListening(child, port);
  } catch (error) {
    await stop();
    throw error;
  }
  child.once('exit', () => void world.stop().finally(() => process.exit(1)));
  console.log(options.isJson ? JSON.stringify(toJson(world)) : toText(world));
}

function stopAtEnd(stop: () => Promise<void>): void {
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    void stop().finally(() => process.exit(0));
  };
  setMaxListeners(0, process);
  process.on('SIGINT', end).on('SIGTERM', end);
  endWithParent(end);
}

/** What is missing in one line, and how to go on by hand. The AWS servers and the simulator run, so it can be done at once. */
function explain(missing: string, world: SamWorld, port: number, options: SamOptions): void {
  console.error(`sam: ${missing}`);
  const portal = findFunctionId(world.functionIds, 'Portal');
  console.log(
    options.isJson
      ? JSON.stringify({ ...toJson(world), missing })
      : `
AWS servers and simulator run until Ctrl-C. With both tools there, in another terminal:

  ${toShellLine(buildStartArgs(world.files, port))}
  ${toShellLine(buildInvokeArgs(world.files, portal, 'docs/examples/sam-event.json'))}`,
  );
}

function toJson(world: SamWorld): Record<string, string | number> {
  return {
    gateway_url: world.origin,
    portal_url: `${world.origin}${PORTAL_PATH}`,
    ...(world.setupCode === undefined ? {} : { setup_code: world.setupCode }),
    discord_url: world.discordUrl,
    api_key: world.apiKey,
    template: world.files.templateFile,
    env_vars: world.files.envVarsFile,
    pid: process.pid,
  };
}

function toText({ origin, discordUrl, isSimulated, apiKey, setupCode }: SamWorld): string {
  return `
Discord Integration is running in containers of sam local.

  gateway   ${origin}
  portal    ${origin}${PORTAL_PATH}${setupCode === undefined ? '' : ` (set-up code: ${setupCode})`}
  Discord   ${discordUrl}${isSimulated ? ' (simulator)' : ''}
  API key   ${apiKey} (for this machine only)

Make a connect link:

  curl -s ${origin}/connect-sessions \\
    -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' \\
    -d '{"user_id": "alice", "return_url": "http://localhost:8080/back"}'

Ctrl-C stops everything.`;
}
