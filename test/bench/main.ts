import '../../infra/local/quiet-sdk.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSimulator } from '../../infra/local/discord/simulator.ts';
import { enterLocalSettings, makeDemoKey } from '../../infra/local/stack/bootstrap.ts';
import { startLocalStack } from '../../infra/local/stack/start-local-stack.ts';
import { createOperatorEdges } from '../../infra/operator/operator-edges.ts';
import { synthesize } from '../../infra/synth.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { CALLBACK_PATH } from '../../shared/http/routes.ts';
import { Wire } from '../support/wire.ts';

/** Rounds counted; each takes every candidate once, so that a drift of the machine meets all alike. */
const ROUNDS = 200;

/**
 * `npm run bench`: what the layer costs on top of Discord, as ratios within one run. Absolute times are of this machine
 * and of local servers; they say nothing about Lambda.
 */
const directory = mkdtempSync(path.join(tmpdir(), 'discord-integration-bench-'));
synthesize({ outdir: directory });
const roomy = { limit: 1_000_000, window_ms: 1000 };
const simulator = await startSimulator({ limits: { route: roomy, global_per_user: roomy, global_per_ip: roomy } });
const stack = await startLocalStack({
  assemblyDir: directory,
  port: 0,
  discordBaseUrl: simulator.baseUrl,
  sandboxes: 1,
});
try {
  const { origin } = stack.gateway;
  await simulator.control.setRedirectUris({ redirect_uris: [`${origin}${CALLBACK_PATH}`] });
  const edges = createOperatorEdges(stack.target.operator);
  const { clientId, clientSecret } = simulator.application;
  await enterLocalSettings(edges, { clientId, clientSecret: new Secret(clientSecret) });
  const key = (await makeDemoKey(edges)).reveal();
  const wire = new Wire(origin, simulator.baseUrl, [], () => undefined);
  const input = { user_id: 'bench', return_url: 'http://localhost:9/' };
  const connection = (await wire.connect(key, input, { userId: '175928847299117063' })) as { id: string };
  const { items } = await simulator.control.listSecrets();
  const accessToken = items.find((item) => item.kind === 'access_token')?.value ?? '';

  const candidates: Record<string, () => Promise<number>> = {
    'Discord (simulator), direct': () =>
      get(`${simulator.baseUrl}/api/v10/users/@me`, accessToken, { 'user-agent': 'DiscordBot (https://bench, 1)' }),
    'through the gateway, warm': () => get(`${origin}/connections/${connection.id}/api/v10/users/@me`, key),
    'refused before Discord': () => get(`${origin}/connections/${connection.id}/api/v10/users/@me/none`, key),
  };
  for (const [name, run] of Object.entries(candidates)) console.log(`${name}: status ${await run()}`);
  stack.aws.requests.clear();
  const times = await measure(candidates);
  const [base = 1] = times.values();
  console.log(`\nmedian of ${ROUNDS} rounds, taken in turn`);
  for (const [name, ms] of times) console.log(`${(ms / base).toFixed(2).padStart(7)} x  ${name} (${ms.toFixed(2)} ms)`);
  console.log(`\nAWS calls of ${2 * ROUNDS} warm calls: ${JSON.stringify(stack.aws.requests.counts())}`);
} finally {
  await stack.stop();
  await simulator.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function get(url: string, token: string, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}`, ...headers } });
  await response.arrayBuffer();
  return response.status;
}

async function measure(candidates: Record<string, () => Promise<number>>): Promise<Map<string, number>> {
  const samples = new Map<string, number[]>(Object.keys(candidates).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, run] of Object.entries(candidates)) {
      const startedAt = performance.now();
      await run();
      samples.get(name)?.push(performance.now() - startedAt);
    }
  }
  return new Map([...samples].map(([name, all]) => [name, all.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0]));
}
