import './quiet-sdk.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { CALLBACK_PATH } from '../../shared/http/routes.ts';
import { createOperatorEdges, type OperatorTarget } from '../operator/operator-edges.ts';
import { synthesize } from '../synth.ts';
import { connectControl } from './discord/control/control-client.ts';
import { createProgress } from './progress.ts';
import { startSimulatorProcess } from './simulator-process.ts';
import { enterLocalSettings, makeDemoKey } from './stack/bootstrap.ts';
import { startLocalStack } from './stack/start-local-stack.ts';
import { narrate, narrateStored, say } from './narrate.ts';

/** The simulator's first user. */
const DEMO_USER = { id: '175928847299117063', name: 'Ada' };

/** `npm run demo`: the main job in a terminal, in memory and on free ports, so that it disturbs nothing that runs. */
const directory = mkdtempSync(path.join(tmpdir(), 'discord-integration-demo-'));
const stops: (() => Promise<void>)[] = [];
try {
  await runDemo();
} catch (error) {
  console.error(`demo: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  for (const stop of stops.reverse()) await stop();
  rmSync(directory, { recursive: true, force: true });
}

async function runDemo(): Promise<void> {
  const progress = createProgress(false);
  progress('Building functions and template');
  synthesize({ outdir: directory });
  progress('Starting gateway, storage and Discord simulator');
  // The redirect URI is registered once the gateway's port is known.
  const simulator = await startSimulatorProcess({ port: 0, redirectUri: 'http://localhost/not-used-yet' });
  stops.push(() => simulator.stop());
  const stack = await startLocalStack({ assemblyDir: directory, port: 0, discordBaseUrl: simulator.baseUrl });
  stops.push(() => stack.stop());
  const gateway = stack.gateway.origin;
  const control = connectControl(simulator.baseUrl);
  await control.setRedirectUris({ redirect_uris: [`${gateway}${CALLBACK_PATH}`] });
  const edges = createOperatorEdges(stack.target.operator);
  await enterLocalSettings(edges, simulator);
  const key = (await makeDemoKey(edges)).reveal();
  progress('Ready');

  say('1. The app makes a connect session for its user alice.');
  const session = await narrate('POST', `${gateway}/connect-sessions`, {
    key,
    json: { user_id: 'alice', return_url: 'http://localhost:8080/discord-connected' },
  });

  say("2. Alice's browser opens the link: it gets a cookie and goes on to Discord.");
  const opened = await narrate('GET', session.text('authorize_url'), {});

  say(`3. At Discord's consent page ${DEMO_USER.name} allows it.`);
  const form = new URLSearchParams(new URL(opened.location).search);
  form.set('user_id', DEMO_USER.id);
  form.set('decision', 'authorize');
  const consented = await narrate('POST', `${simulator.baseUrl}/oauth2/authorize`, { form });

  say(
    "4. Discord sends the browser back to the gateway, which seals the code and sends it on to the app's return URL.",
  );
  const returned = await narrate('GET', consented.location, { cookie: opened.cookie });

  say(
    '5. The app, in which alice is signed in, confirms that it is she who came back. Only now is the code exchanged.',
  );
  const confirmationCode = new URL(returned.location).searchParams.get('confirmation_code');
  const confirmed = await narrate('POST', `${gateway}/connect-sessions/${session.text('id')}/confirm`, {
    key,
    json: { user_id: 'alice', confirmation_code: confirmationCode },
  });

  say("6. From now on the app calls Discord's own paths below the connection.");
  const base = `${gateway}/connections/${confirmed.text('id')}/api/v10`;
  await narrate('GET', `${base}/users/@me`, { key });
  await narrate('GET', `${base}/users/@me/guilds?limit=2`, { key });

  say('7. What is not granted, or not offered, is refused with a reason.');
  await narrate('GET', `${base}/users/@me/connections`, { key });

  say('8. What lies in DynamoDB now: ids and settings in plain, everything secret sealed or hashed.');
  const items = await scan(stack.target.operator);
  const { items: secrets } = await control.listSecrets();
  const isReadable = narrateStored(items, [...secrets.map((secret) => secret.value), key]);
  if (isReadable) throw new Error('a secret is readable in the table');
}

async function scan({ tableName, local }: OperatorTarget): Promise<Record<string, unknown>[]> {
  if (local === undefined) throw new Error('the demo runs on the local store only');
  const { dynamodbEndpoint: endpoint, region, accessKeyId, secretAccessKey } = local;
  const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  const answer = await DynamoDBDocumentClient.from(client).send(new ScanCommand({ TableName: tableName }));
  client.destroy();
  return answer.Items ?? [];
}
