import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readCdkOutputs } from '../../infra/operator/read-cdk-outputs.ts';
import { GatewayHttp } from './gateway-http.ts';
import { actForUser, checkRefusals, connectUser, disconnectUser, type EndUser, type JourneyTarget } from './journey.ts';
import { Tally } from './tally.ts';

const USAGE = `Usage: GATEWAY_API_KEY=dik_... npm run test:deployed -- --return-url URL [--outputs cdk-outputs.json]

Walks through a deployed installation as an app does: against AWS and the real Discord, with you as the end user. It makes one
connection of the app's user "journey-user", reads your profile and guilds through it, and disconnects: Discord then revokes
its authorization, and with it every other token that this Discord application holds for you. Use a test account.

  GATEWAY_API_KEY  an API key (operator create-key), of a tenant for tests
  --return-url     an address of an allowed return origin (operator set-return-origins); nothing has to answer there
  --outputs        what cdk deploy --outputs-file wrote (default: cdk-outputs.json)
  --yes            do not ask before starting
`;

/** A person: opens the link by hand and pastes the address back. */
const person: EndUser = {
  connect: (authorizeUrl) =>
    ask(
      `\nOpen this in a browser and allow it at Discord:\n\n  ${authorizeUrl}\n\nThen paste the address at which the browser ended: `,
    ),
};

process.exitCode = await run();

async function run(): Promise<number> {
  const { outputs, returnUrl, isAgreed } = readArguments();
  const key = process.env['GATEWAY_API_KEY'];
  if (!key || returnUrl === undefined || !URL.canParse(returnUrl) || !existsSync(outputs)) {
    console.error(USAGE);
    if (!key) console.error('GATEWAY_API_KEY is not set.');
    if (returnUrl === undefined || !URL.canParse(returnUrl)) console.error('--return-url is missing or no URL.');
    if (!existsSync(outputs)) console.error(`There is no ${outputs}.`);
    return 2;
  }
  const { publicBaseUrl } = readCdkOutputs(outputs);
  console.log(`Gateway ${publicBaseUrl}, as ${outputs} names it.`);
  if (!isAgreed && (await ask('Go on? [y/N] ')).toLowerCase() !== 'y') return 1;

  const tally = new Tally('deployed');
  const target: JourneyTarget = { http: new GatewayHttp(publicBaseUrl), key, tally };
  await checkRefusals(target);
  const connectionId = await connectUser(target, person, returnUrl);
  if (connectionId === undefined) {
    tally.skip('acting for the user, and disconnecting him', 'there is no connection');
  } else {
    await actForUser(target, connectionId, 'with his own token');
    await disconnectUser(target, connectionId);
  }
  return tally.finish();
}

function readArguments(): { outputs: string; returnUrl: string | undefined; isAgreed: boolean } {
  const { values } = parseArgs({
    options: {
      outputs: { type: 'string', default: 'cdk-outputs.json' },
      'return-url': { type: 'string' },
      yes: { type: 'boolean', default: false },
    },
  });
  return { outputs: values.outputs, returnUrl: values['return-url'], isAgreed: values.yes };
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}
