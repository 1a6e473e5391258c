import './quiet-sdk.ts';
import { setMaxListeners } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startWebApp } from '../../docs/examples/web-app.ts';
import { isApiKeyEnded, parseApiKey } from '../../shared/domain/api-key.ts';
import type { Secret } from '../../shared/domain/secret.ts';
import { toEpochSeconds } from '../../shared/domain/epoch-seconds.ts';
import { loadUnusedSetupCode } from '../../shared/app/set-up-code.ts';
import { CALLBACK_PATH, PORTAL_PATH } from '../../shared/http/routes.ts';
import { createOperatorEdges, type OperatorEdges } from '../operator/operator-edges.ts';
import { synthesize } from '../synth.ts';
import { listenOnLoopback } from './gateway/listen.ts';
import { systemScheduleTimer } from './gateway/run-schedules.ts';
import { endWithParent } from './end-with-parent.ts';
import { LOCAL_DIR, loadDemoKey, prepareLocalDir, saveDemoKey } from './local-dir.ts';
import { MANUAL_RETURN_PATH, serveManualReturn } from './manual-return.ts';
import { createProgress } from './progress.ts';
import { loadLocalSettings, type LocalSettings } from './settings.ts';
import { connectControl } from './discord/control/control-client.ts';
import { createSimulatorSwitches } from './simulator-switches.ts';
import { startSimulatorProcess } from './simulator-process.ts';
import { DEFAULT_TENANT, enterLocalSettings, makeDemoKey } from './stack/bootstrap.ts';
import { removeRunFile, saveRunFile } from './stack/run-file.ts';
import { startLocalStack } from './stack/start-local-stack.ts';
import { printWelcome, type Running, type RunningExample } from './welcome.ts';

const USAGE = `Usage: npm start -- [--fresh] [--empty] [--json] [--sandboxes N]

  --fresh        forget everything that earlier runs have stored in .local/
  --empty        begin with nothing entered, as after a deployment: the portal leads through the set-up. Everything lies in
                 .local/empty/ and is made anew each time; what other runs have stored stays. No example app
  --json         print one line of JSON when ready, for scripts
  --sandboxes N  sandboxes for each function (default 4)

PORT (default 3000) moves the gateway; simulator and example app take the next two ports.
`;

interface StartOptions {
  readonly isFresh: boolean;
  readonly isEmpty: boolean;
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
      empty: { type: 'boolean' },
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
  return {
    isFresh: values.fresh ?? false,
    isEmpty: values.empty ?? false,
    isJson: values.json ?? false,
    sandboxes,
  };
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
  const paths = options.isEmpty
    ? prepareLocalDir({ isFresh: true, dir: path.join(LOCAL_DIR, 'empty') })
    : prepareLocalDir(options);

  progress('Building functions and template');
  synthesize({ outdir: paths.assembly });

  const publicUrl = `http://localhost:${port}`;
  progress(discord.kind === 'simulator' ? 'Starting the Discord simulator' : `Using Discord at ${discord.baseUrl}`);
  const application =
    discord.kind === 'simulator'
      ? await startSimulatorProcess({
          port: port + 1,
          stateFile: paths.simulatorState,
          ...(options.isEmpty ? {} : { redirectUri: `${publicUrl}${CALLBACK_PATH}` }),
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
    ...(discord.kind === 'simulator'
      ? { serveBeside: createSimulatorSwitches(connectControl(application.baseUrl), application.baseUrl) }
      : {}),
  });
  stops.push(() => stack.stop());

  const edges = createOperatorEdges(stack.target.operator);
  const origin = stack.gateway.origin;
  saveRunFile(stack.target, paths.dir);
  stops.push(() => removeRunFile(paths.dir));
  const example = options.isEmpty
    ? undefined
    : await startExample({ edges, application, gatewayUrl: origin, port: port + 2, demoKeyFile: paths.demoKey, stops });
  const setupCode = edges.setupCodes && (await loadUnusedSetupCode({ ...edges, setupCodes: edges.setupCodes }));
  return {
    gatewayUrl: origin,
    portalUrl: `${origin}${PORTAL_PATH}`,
    ...(setupCode === undefined ? {} : { setupCode: setupCode.reveal() }),
    redirectUri: `${origin}${CALLBACK_PATH}`,
    ...(discord.kind === 'simulator' ? { simulatorUrl: application.baseUrl } : {}),
    discordUrl: application.baseUrl,
    ...(example === undefined ? {} : { example }),
    logFile: paths.log,
  };
}

interface ExampleOptions {
  readonly edges: OperatorEdges;
  readonly application: { readonly clientId: string; readonly clientSecret: Secret; readonly botToken?: Secret };
  readonly gatewayUrl: string;
  readonly port: number;
  readonly demoKeyFile: string;
  readonly stops: (() => Promise<void> | void)[];
}

/** Enters what an operator would, and starts an app that uses it. */
async function startExample(options: ExampleOptions): Promise<RunningExample> {
  const { edges, application, gatewayUrl, port, demoKeyFile, stops } = options;
  await enterLocalSettings(edges, application);
  const apiKey = (await loadWorkingDemoKey(edges, demoKeyFile)) ?? (await makeDemoKey(edges)).reveal();
  saveDemoKey(demoKeyFile, apiKey);
  const app = await startWebApp({
    gatewayUrl,
    apiKey,
    port,
    fallback: (request, response) => serveManualReturn(gatewayUrl, request, response),
  });
  stops.push(() => {
    app.closeAllConnections();
    app.close();
  });
  const url = `http://localhost:${port}`;
  return { url, manualReturnUrl: `${url}${MANUAL_RETURN_PATH}`, apiKey, tenant: DEFAULT_TENANT };
}

/** The key of an earlier run, unless an operator has ended it since. */
async function loadWorkingDemoKey(edges: OperatorEdges, file: string): Promise<string | undefined> {
  const key = loadDemoKey(file);
  const parsed = key === undefined ? undefined : parseApiKey(key);
  const stored = parsed && (await edges.apiKeys.load(parsed.keyId));
  return stored !== undefined && !isApiKeyEnded(stored, toEpochSeconds(edges.clock.nowEpochMs())) ? key : undefined;
}
