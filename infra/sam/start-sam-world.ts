import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ENV } from '../../shared/env.ts';
import { loadUnusedSetupCode } from '../../shared/app/set-up-code.ts';
import { CALLBACK_PATH } from '../../shared/http/routes.ts';
import { STACK_ID } from '../build-app.ts';
import { readTemplate } from '../local/gateway/read-template.ts';
import { isRecord } from '../local/gateway/template.ts';
import { loadDemoKey, prepareLocalDir, saveDemoKey } from '../local/local-dir.ts';
import type { LocalSettings } from '../local/settings.ts';
import { startSimulatorProcess } from '../local/simulator-process.ts';
import { enterLocalSettings, makeDemoKey } from '../local/stack/bootstrap.ts';
import { readLocalTarget } from '../local/stack/read-local-target.ts';
import { removeRunFile, saveRunFile } from '../local/stack/run-file.ts';
import { startLocalAws } from '../local/stack/start-local-aws.ts';
import { createOperatorEdges } from '../operator/operator-edges.ts';
import { synthesize } from '../synth.ts';
import { buildSamFiles } from './build-sam-files.ts';
import { findBridgeAddress, forwardPorts } from './container-access.ts';
import type { SamCommandFiles } from './sam-command.ts';

export interface SamWorldOptions {
  readonly isFresh: boolean;
  /** Folder for what is stored; absent: that of `npm start`. */
  readonly dir: string | undefined;
  readonly settings: LocalSettings;
  readonly progress: (step: string) => void;
}

/** Everything that functions under SAM need: files for `sam`, AWS servers, simulator, an API key. */
export interface SamWorld {
  readonly files: SamCommandFiles;
  /** Where SAM will serve, `http://localhost:<port>`. */
  readonly origin: string;
  readonly discordUrl: string;
  readonly isSimulated: boolean;
  readonly apiKey: string;
  /** Absent once it has made an operator key. */
  readonly setupCode?: string;
  readonly functionIds: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts what the functions call, and writes what SAM reads. Each function gets the credentials of its own role, and what the
 * template's policies don't allow is denied as AWS would.
 */
export async function startSamWorld(options: SamWorldOptions): Promise<SamWorld> {
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    return { ...(await startAll(options, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(
  { isFresh, dir, settings, progress }: SamWorldOptions,
  stops: (() => Promise<void> | void)[],
): Promise<Omit<SamWorld, 'stop'>> {
  const { port, discord } = settings;
  const origin = `http://localhost:${port}`;
  const paths = prepareLocalDir({ isFresh, ...(dir === undefined ? {} : { dir }) });
  const samDir = path.resolve(paths.dir, 'sam');
  mkdirSync(samDir, { recursive: true });

  progress('Building functions and template');
  // Containers run on this machine's processor; another one would be emulated, or not run at all.
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const { directory, template } = synthesize({ outdir: path.join(samDir, 'cdk.out'), context: { architecture } });

  progress('Starting Discord simulator, storage, keys and secrets');
  const application =
    discord.kind === 'simulator'
      ? await startSimulatorProcess({
          port: port + 1,
          stateFile: paths.simulatorState,
          redirectUri: `${origin}${CALLBACK_PATH}`,
        })
      : { ...discord, stop: () => undefined };
  stops.push(() => application.stop());
  const aws = await startLocalAws({
    assemblyDir: directory,
    dataDir: paths.aws,
    onLog: (line) => console.error(line),
  });
  stops.push(() => aws.servers.stop());

  const { functions } = readTemplate({
    assembly: aws.assembly,
    resources: aws.resources,
    environment: aws.servers.environment,
    credentialsOf: aws.iam.credentialsOf,
    overrideEnvironment: { [ENV.discordBaseUrl]: application.baseUrl },
    publicOrigin: origin,
  });
  const target = readLocalTarget(functions, aws.servers);
  const edges = createOperatorEdges(target.operator);
  await enterLocalSettings(edges, application);
  const apiKey = loadDemoKey(paths.demoKey) ?? (await makeDemoKey(edges)).reveal();
  saveDemoKey(paths.demoKey, apiKey);
  const setupCode = edges.setupCodes && (await loadUnusedSetupCode({ ...edges, setupCodes: edges.setupCodes }));
  saveRunFile(target, paths.dir);
  stops.push(() => removeRunFile(paths.dir));

  const bridge = findBridgeAddress();
  if (bridge !== undefined) {
    const simulated = discord.kind === 'simulator' ? [application.baseUrl] : [];
    const urls = [...Object.values(aws.servers.endpoints), ...simulated];
    stops.push(
      await forwardPorts(
        bridge,
        urls.map((url) => Number(new URL(url).port)),
      ),
    );
  }

  const sam = buildSamFiles(template, functions);
  // Beside the original, since the paths of the functions' code are relative to it.
  const templateFile = path.join(directory, `${STACK_ID}.sam.template.json`);
  const envVarsFile = path.join(samDir, 'env.json');
  writeFileSync(templateFile, JSON.stringify(sam.template, undefined, 1));
  writeFileSync(envVarsFile, JSON.stringify(sam.envVars, undefined, 1), { mode: 0o600 });
  return {
    files: { templateFile, envVarsFile, region: aws.servers.environment['AWS_REGION'] ?? '' },
    origin,
    discordUrl: application.baseUrl,
    isSimulated: discord.kind === 'simulator',
    apiKey,
    ...(setupCode === undefined ? {} : { setupCode: setupCode.reveal() }),
    functionIds: [...functions.keys()],
  };
}

/**
 * Finds a function by its name in the stack, with or without what CDK appends to logical ids.
 * @throws Error naming the functions there are
 */
export function findFunctionId(functionIds: readonly string[], name: string): string {
  const found = functionIds.filter((id) => id === name || id.startsWith(`${name}Function`));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const names = functionIds.map((id) => id.replace(/Function[0-9A-F]{8}$/, '')).join(', ');
  throw new Error(`no function ${name}; there are ${names}`);
}

/** The event of `--invoke` must at least be a JSON object before all of this is started for it. @throws Error otherwise */
export function checkEventFile(file: string): void {
  const event: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isRecord(event)) throw new Error(`${file} is not a JSON object`);
}
