import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startWebApp } from '../../docs/examples/web-app.ts';
import { connectControl } from '../../infra/local/discord/control/control-client.ts';
import type { SimulatorControl } from '../../infra/local/discord/control/operations.ts';
import { createSimulatorSwitches } from '../../infra/local/simulator-switches.ts';
import { startSimulatorProcess } from '../../infra/local/simulator-process.ts';
import { enterLocalSettings, makeDemoKey } from '../../infra/local/stack/bootstrap.ts';
import { startLocalStack, type LocalStack } from '../../infra/local/stack/start-local-stack.ts';
import { createOperatorEdges } from '../../infra/operator/operator-edges.ts';
import { synthesize } from '../../infra/synth.ts';
import type { Secret } from '../../shared/domain/secret.ts';
import { CALLBACK_PATH } from '../../shared/http/routes.ts';

/** Everything that an end user's browser meets, on free ports and in memory. */
export interface Site {
  readonly gateway: string;
  readonly simulator: string;
  readonly app: string;
  /** Of the tenant that the example app has. */
  readonly apiKey: string;
  readonly control: SimulatorControl;
  readonly aws: LocalStack['aws'];
  /** Lines of gateway and functions. */
  readonly lines: readonly string[];
  /** What the operator copies at Discord. */
  readonly application: { readonly clientId: string; readonly clientSecret: Secret; readonly botToken?: Secret };
  /** Reads the set-up code where `npm start` and the deployment's output say that it is. */
  loadSetupCode(): Promise<string>;
  stop(): Promise<void>;
}

export interface SiteOptions {
  /** Nothing is entered anywhere: no credentials, tenant, key and redirect. The example app waits for a key that nobody has. */
  readonly isEmpty?: boolean;
}

/** Has the shape of a key and is none. */
const NO_KEY = `dik_${'0'.repeat(16)}_${'0'.repeat(43)}`;

/** Starts what `npm start` starts. The simulator is a process of its own, the functions run in sandboxes from their bundles. */
export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const assemblyDir = mkdtempSync(path.join(tmpdir(), 'discord-integration-browser-'));
  process.once('exit', () => rmSync(assemblyDir, { recursive: true, force: true }));
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const stopOne of stops.splice(0).reverse()) await stopOne();
  };
  try {
    return { ...(await startParts(assemblyDir, stops, options)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  assemblyDir: string,
  stops: (() => Promise<void> | void)[],
  { isEmpty = false }: SiteOptions,
): Promise<Omit<Site, 'stop'>> {
  synthesize({ outdir: assemblyDir });
  // The redirect URI is registered once the gateway's port is known.
  const simulator = await startSimulatorProcess({ port: 0 });
  stops.push(() => simulator.stop());
  const control = connectControl(simulator.baseUrl);
  const lines: string[] = [];
  const stack = await startLocalStack({
    assemblyDir,
    port: 0,
    discordBaseUrl: simulator.baseUrl,
    onLog: (line) => lines.push(line),
    serveBeside: createSimulatorSwitches(control, simulator.baseUrl),
  });
  stops.push(() => stack.stop());
  const gateway = stack.gateway.origin;
  const edges = createOperatorEdges(stack.target.operator);
  let apiKey = NO_KEY;
  if (!isEmpty) {
    await control.setRedirectUris({ redirect_uris: [`${gateway}${CALLBACK_PATH}`] });
    await enterLocalSettings(edges, simulator);
    apiKey = (await makeDemoKey(edges)).reveal();
  }

  const app = await startWebApp({ gatewayUrl: gateway, apiKey, port: 0 });
  stops.push(() => {
    app.closeAllConnections();
    app.close();
  });
  const appOrigin = `http://localhost:${(app.address() as AddressInfo).port}`;
  return {
    gateway,
    simulator: simulator.baseUrl,
    app: appOrigin,
    apiKey,
    control,
    aws: stack.aws,
    lines,
    application: simulator,
    loadSetupCode: async () => (await edges.setupCodes?.load())?.reveal() ?? '',
  };
}
