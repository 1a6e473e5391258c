import { vi } from 'vitest';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { startHarness, type Harness } from '../../support/harness.ts';
import { makeToken } from '../../support/made-credentials.ts';
import { startCapacityProxy } from './capacity-proxy.ts';

/** What one thing that users do takes of AWS. */
export interface Measured {
  /** Requests to the API, each of which runs one function. */
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly kmsRequests: number;
  readonly secretRequests: number;
  /** Of the functions' lines, the metrics and the access log, with what CloudWatch adds to each. */
  readonly logBytes: number;
  /** Of the answers, headers included. */
  readonly bytesOut: number;
}

export const SCENARIOS = [
  'warm action',
  'warm action, connection token',
  'cold action',
  'refresh (every 6.3 days)',
  'connect',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** Bytes that CloudWatch counts for each line besides its text. @see CloudWatch Logs docs: quotas, PutLogEvents */
const LINE_OVERHEAD_BYTES = 26;

/** Age at which a token of 7 days is due for its refresh. */
const UNTIL_DUE_SECONDS = 6.5 * 86_400;

const RETURN_URL = 'http://localhost:9/back';

/** What was measured of each scenario, and the bytes that one connection leaves in the table, its grant included. */
export interface Measurements {
  readonly measured: Readonly<Record<Scenario, Measured>>;
  readonly connectionBytes: number;
}

/** Runs each scenario against the local servers. Numbers are the same on every run: nothing in them depends on time. */
export async function measureScenarios(): Promise<Measurements> {
  const { units, connectionBytes } = await measureUnits();
  const bytes = await measureBytes();
  const join = (scenario: Scenario): Measured => ({ ...units[scenario], ...bytes[scenario] });
  const measured = {
    'warm action': join('warm action'),
    'warm action, connection token': join('warm action, connection token'),
    'cold action': join('cold action'),
    'refresh (every 6.3 days)': join('refresh (every 6.3 days)'),
    connect: join('connect'),
  };
  return { measured, connectionBytes };
}

type Units = Omit<Measured, 'logBytes' | 'bytesOut'>;

/** In this process, where time can be moved, with a proxy that reads DynamoDB's units. */
async function measureUnits(): Promise<{ units: Record<Scenario, Units>; connectionBytes: number }> {
  const harness = await startHarness();
  const { requests, endpoints } = harness.stack.aws;
  const proxy = await startCapacityProxy(endpoints.dynamodb);
  const before = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
  const measure = async (run: () => Promise<number>): Promise<Units> => {
    proxy.take();
    requests.clear();
    const count = await run();
    const { read: readUnits, write: writeUnits } = proxy.take();
    const secretRequests = requests.count('secretsManager');
    // Secrets Manager asks KMS once more for each read, in the reader's name.
    const kmsRequests = requests.count('kms') + secretRequests;
    return { requests: count, readUnits, writeUnits, kmsRequests, secretRequests };
  };
  try {
    const first = await connect(harness, 'first');
    const connectionBytes = countStoredBytes(await harness.scanTable());
    // The functions' environment is set by now, and a cold start reads it anew.
    process.env['AWS_ENDPOINT_URL_DYNAMODB'] = proxy.origin;
    harness.coldStart();
    await connect(harness, 'warms up');
    const connected = await measure(async () => (await connect(harness, 'second')).requests);
    const act = async (credential?: string) => {
      await call(harness, first.connectionId, credential);
      return 1;
    };
    const warm = await measure(act);
    const { token } = await makeToken(harness, first.connectionId);
    const byToken = await measure(() => act(token));
    harness.coldStart();
    const cold = await measure(act);
    harness.clock.advanceSeconds(UNTIL_DUE_SECONDS);
    harness.coldStart();
    const refreshed = await measure(act);
    const refresh = subtract(refreshed, cold);
    const units = {
      'warm action': warm,
      'warm action, connection token': byToken,
      'cold action': cold,
      'refresh (every 6.3 days)': refresh,
      connect: connected,
    };
    return { units, connectionBytes };
  } finally {
    if (before === undefined) delete process.env['AWS_ENDPOINT_URL_DYNAMODB'];
    else process.env['AWS_ENDPOINT_URL_DYNAMODB'] = before;
    await harness.stop();
    await proxy.stop();
  }
}

type Bytes = Pick<Measured, 'logBytes' | 'bytesOut'>;

/** In sandboxes, whose lines are those of a deployment. A refresh adds three fields to the lines of its action. */
async function measureBytes(): Promise<Record<Scenario, Bytes>> {
  const harness = await startHarness({ functions: 'sandboxes' });
  const measure = async (requestCount: number, run: () => Promise<number>): Promise<Bytes> => {
    const start = harness.lines.length;
    const bytesOut = await run();
    const read = () => harness.lines.slice(start).filter((line) => line.includes('{'));
    // Metrics end what a function writes, audit records included; the gateway's own line comes by another way.
    const count = (mark: string) => read().filter((line) => line.includes(mark)).length;
    const isWhole = () => ['"_aws"', '"integration_status"'].every((mark) => count(mark) === requestCount);
    await vi.waitUntil(isWhole, { timeout: 5_000 });
    return { logBytes: read().reduce((sum, line) => sum + countLogBytes(line), 0), bytesOut };
  };
  try {
    let connectionId = '';
    const connected = await measure(CONNECT_REQUESTS, async () => {
      const made = await connect(harness, 'bytes');
      connectionId = made.connectionId;
      return made.bytesOut;
    });
    const act = (credential?: string) =>
      measure(1, async () => countBytesOut(await call(harness, connectionId, credential)));
    await act();
    const action = await act();
    let token = '';
    await measure(1, async () => {
      ({ token } = await makeToken(harness, connectionId));
      return 0;
    });
    const byToken = await act(token);
    const refreshed = { logBytes: countLogBytes(REFRESH_FIELDS), bytesOut: 0 };
    return {
      'warm action': action,
      'warm action, connection token': byToken,
      'cold action': action,
      'refresh (every 6.3 days)': refreshed,
      connect: connected,
    };
  } finally {
    await harness.stop();
  }
}

const REFRESH_FIELDS =
  '"discord_oauth_end":200,"discord_oauth_ms":200,"discord_oauth_id":"8f1e5c0d2b7a4c11-FRA","RefreshesOk":1,"DiscordOauthLatency":200,{"Name":"RefreshesOk","Unit":"Count"},{"Name":"DiscordOauthLatency","Unit":"Milliseconds"}';

/** Session, link, callback, confirmation. */
const CONNECT_REQUESTS = 4;

async function connect(harness: Harness, userId: string) {
  const { wire, key } = harness;
  const input = { user_id: userId, return_url: RETURN_URL };
  const session = await wire.createSession(key, input);
  const jar = new Map<string, string>();
  const opened = await wire.openLink(String(session.json.authorize_url), jar);
  const consented = await wire.consent(opened.headers['location'] ?? '', { userId: SEED_USERS.ada.id });
  const returned = await wire.returnFromDiscord(consented, jar);
  const code = new URL(returned.headers['location'] ?? '').searchParams.get('confirmation_code') ?? '';
  const confirmed = await wire.confirm(key, String(session.json.id), userId, code);
  const answers = [session, opened, returned, confirmed];
  return {
    connectionId: String(confirmed.json.id),
    requests: answers.length,
    bytesOut: answers.reduce((sum, answer) => sum + countBytesOut(answer), 0),
  };
}

async function call({ wire, key: ownKey }: Harness, connectionId: string, key: string = ownKey) {
  const answer = await wire.send('GET', `/connections/${connectionId}/api/v10/users/@me`, { key });
  if (answer.status !== 200) throw new Error(`the action answered ${answer.status}: ${answer.text}`);
  return answer;
}

/** Durations have as many digits as the machine was slow, ports and their lengths vary: all count as three and four digits. */
function countLogBytes(line: string): number {
  const steady = line
    .slice(line.indexOf('{'))
    .replace(/("(?:\w+_ms|\w+Latency)":)"?\d+(?:\.\d+)?"?/g, '$1100')
    .replace(/(127\.0\.0\.1|localhost):\d+/g, 'gateway.example');
  return Buffer.byteLength(steady) + LINE_OVERHEAD_BYTES;
}

/** DynamoDB bills names and values, and 100 bytes for the index of an item. @see DynamoDB docs: item sizes and formats */
function countStoredBytes(items: readonly Record<string, unknown>[]): number {
  return items
    .filter(({ pk }) => /^(CONNECTION|GRANT)#/.test(String(pk)))
    .map((item) =>
      Buffer.byteLength(JSON.stringify(item, (_name, value: unknown) => (value instanceof Set ? [...value] : value))),
    )
    .reduce((sum, bytes) => sum + bytes + 100, 0);
}

function countBytesOut({
  headers,
  cookies,
  text,
}: {
  headers: Readonly<Record<string, string>>;
  cookies: readonly string[];
  text: string;
}): number {
  const names = { ...headers, 'set-cookie': cookies.join('') };
  const head = Object.entries(names).reduce((sum, [name, value]) => sum + name.length + steady(value).length + 4, 0);
  return head + Buffer.byteLength(steady(text));
}

function steady(text: string): string {
  return text.replace(/(127\.0\.0\.1|localhost)(:|%3A)\d+/g, 'gateway.example');
}

function subtract(whole: Units, part: Units): Units {
  return {
    requests: whole.requests - part.requests,
    readUnits: whole.readUnits - part.readUnits,
    writeUnits: whole.writeUnits - part.writeUnits,
    kmsRequests: whole.kmsRequests - part.kmsRequests,
    secretRequests: whole.secretRequests - part.secretRequests,
  };
}
