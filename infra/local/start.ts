import './quiet-sdk.ts';
import { setMaxListeners } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { startWebApp } from '../../docs/examples/web-app.ts';
import { isApiKeyEnded, parseApiKey } from '../../shared/domain/api-key.ts';
import { toEpochSeconds } from '../../shared/domain/epoch-seconds.ts';
import { loadUnusedSetupCode } from '../../shared/app/set-up-code.ts';
import { CALLBACK_PATH, PORTAL_PATH } from '../../shared/http/routes.ts';
import { createOperatorEdges, type OperatorEdges } from '../operator/operator-edges.ts';
import { synthesize } from '../synth.ts';
import { listenOnLoopback } from './gateway/listen.ts';
import { systemScheduleTimer } from './gateway/run-schedules.ts';
import { endWithParent } from './end-with-parent.ts';
import { loadDemoKey, prepareLocalDir, saveDemoKey } from './local-dir.ts';
import { MANUAL_RETURN_PATH, serveManualReturn } from './manual-return.ts';
import { createProgress } from './progress.ts';
import { loadLocalSettings, type LocalSettings } from './settings.ts';
import { startSimulatorProcess } from './simulator-process.ts';
import { DEFAULT_TENANT, enterLocalSettings, makeDemoKey } from './stack/bootstrap.ts';
import { removeRunFile, saveRunFile } from './stack/run-file.ts';
import { startLocalStack } from './stack/start-local-stack.ts';
import { printWelcome, type Running } from './welcome.ts';

const USAGE = `Usage: npm start -- [--fresh] [--json] [--sandboxes N]

  --fresh        forget everything that earlier runs have stored in .local/
  --json         print one line of JSON when ready, for scripts
  --sandboxes N  sandboxes for each function (default 4)

PORT (default 3000) moves the gateway; simulator and example app take the next two ports.
`;

interface StartOptions {
  readonly isFresh: boolean;
  readonly isJson: boolean;
  readonly sandboxes: number;
}

/** `npm start`: everything on this machine, until Ctrl-C. */
try {
  await start(parseStartOptions(process.argv.slice(2)), loadLocalSettings());
} catch (error) {
  console.error(`start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

function parseStartOptions(args: string[]): StartOptions {
  const { values } = parseArgs({
    args,
    options: {
      fresh: { type: 'boolean' },
      json: { type: 'boolean' },
      sandboxes: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    console.log(USAGE);
    process.exit(0);
  }
  const sandboxes = Number(values.sandboxes ?? 4);
  if (!Number.isInteger(sandboxes) || sandboxes < 1 || sandboxes > 64) {
    throw new Error('--sandboxes takes a whole number from 1 to 64');
  }
  return { isFresh: values.fresh ?? false, isJson: values.json ?? false, sandboxes };
}

async function start(options: StartOptions, settings: LocalSettings): Promise<void> {
  const progress = createProgress(options.isJson);
  const stops: (() => Promise<void> | void)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const running = await startAll(options, settings, progress, stops);
    printWelcome(running, options.isJson);
  } catch (error) {
    await stopAll();
    throw error;
  }
  const end = (): void => {
    progress('Stopping');
    void stopAll().finally(() => process.exit(0));
  };
  setMaxListeners(0, process);
  process.once('SIGINT', end).once('SIGTERM', end);
  endWithParent(end);
}

async function startAll(
  options: StartOptions,
  settings: LocalSettings,
  progress: (step: string) => void,
  stops: (() => Promise<void> | void)[],
): Promise<Running> {
  const { port, discord } = settings;
  // Before anything takes time: is the port free?
  await (await listenOnLoopback(port, (_request, response) => response.end())).close();
  const paths = prepareLocalDir(options);

  progress('Building functions and template');
  synthesize({ outdir: paths.assembly });

  const publicUrl = `http://localhost:${port}`;
  progress(discord.kind === 'simulator' ? 'Starting the Discord simulator' : `Using Discord at ${discord.baseUrl}`);
  const application =
    discord.kind === 'simulator'
      ? await startSimulatorProcess({
          port: port + 1,
          stateFile: paths.simulatorState,
          redirectUri: `${publicUrl}${CALLBACK_PATH}`,
        })
      : { ...discord, stop: () => undefined };
  stops.push(() => application.stop());

  progress('Starting storage, keys, secrets and gateway');
  const log = createWriteStream(paths.log, { mode: 0o600 });
  stops.push(() => void log.end());
  const stack = await startLocalStack({
    assemblyDir: paths.assembly,
    dataDir: paths.aws,
    port,
    discordBaseUrl: application.baseUrl,
    sandboxes: options.sandboxes,
    scheduleTimer: systemScheduleTimer,
    onLog: (line) => void log.write(`${line}\n`),
  });
  stops.push(() => stack.stop());

  const edges = createOperatorEdges(stack.target.operator);
  await enterLocalSettings(edges, application);
  const apiKey = (await loadWorkingDemoKey(edges, paths.demoKey)) ?? (await makeDemoKey(edges)).reveal();
  saveDemoKey(paths.demoKey, apiKey);
  saveRunFile(stack.target, paths.dir);
  stops.push(() => removeRunFile(paths.dir));

  const app = await startWebApp({
    gatewayUrl: stack.gateway.origin,
    apiKey,
    port: port + 2,
    fallback: (request, response) => serveManualReturn(stack.gateway.origin, request, response),
  });
  stops.push(() => {
    app.closeAllConnections();
    app.close();
  });
  const setupCode = edges.setupCodes && (await loadUnusedSetupCode({ ...edges, setupCodes: edges.setupCodes }));
  return {
    gatewayUrl: stack.gateway.origin,
    portalUrl: `${stack.gateway.origin}${PORTAL_PATH}`,
    ...(setupCode === undefined ? {} : { setupCode: setupCode.reveal() }),
    redirectUri: `${stack.gateway.origin}${CALLBACK_PATH}`,
    ...(discord.kind === 'simulator' ? { simulatorUrl: application.baseUrl } : {}),
    discordUrl: application.baseUrl,
    exampleUrl: `http://localhost:${port + 2}`,
    manualReturnUrl: `http://localhost:${port + 2}${MANUAL_RETURN_PATH}`,
    apiKey,
    tenant: DEFAULT_TENANT,
    logFile: paths.log,
  };
}

/** The key of an earlier run, unless an operator has ended it since. */
async function loadWorkingDemoKey(edges: OperatorEdges, file: string): Promise<string | undefined> {
  const key = loadDemoKey(file);
  const parsed = key === undefined ? undefined : parseApiKey(key);
  const stored = parsed && (await edges.apiKeys.load(parsed.keyId));
  return stored !== undefined && !isApiKeyEnded(stored, toEpochSeconds(edges.clock.nowEpochMs())) ? key : undefined;
}
