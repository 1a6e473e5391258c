import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ENV } from '../../shared/env.ts';
import type { Harness } from './harness.ts';
import type { JsonAnswer } from './wire.ts';

const COOKIE = '__Host-operator';

/** A browser in which an operator is signed in, or is about to be. */
export interface OperatorClient {
  /** `name=value`, as it goes out. */
  readonly cookie: string;
  readonly csrf: string;
  /** The operator key. */
  readonly key: string;
  /** Sends a request as the portal's script does: with cookie, token and origin. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<JsonAnswer>;
}

/** What a page of the portal sends along besides. */
export function ownHeaders(harness: Harness): Record<string, string> {
  return { origin: harness.origin, 'sec-fetch-site': 'same-origin' };
}

/** The set-up code as it lies in the secret: who may read that has the installation's rights at AWS. */
export async function readSetupCode(harness: Harness): Promise<string> {
  const secret = await openSetupSecret(harness, (client, SecretId) =>
    client.send(new GetSecretValueCommand({ SecretId })),
  );
  const code = secret.SecretString ?? '';
  harness.knowSecret({ kind: 'set-up code', value: code, scope: 'everywhere' });
  return code;
}

/** Lets a test do something with the secret of the set-up code. */
export async function openSetupSecret<T>(
  harness: Harness,
  act: (client: SecretsManagerClient, secretArn: string) => Promise<T>,
): Promise<T> {
  const { environment, operator } = harness.stack.target;
  const {
    secretsManagerEndpoint: endpoint = '',
    region = '',
    accessKeyId = '',
    secretAccessKey = '',
  } = operator.local ?? {};
  const client = new SecretsManagerClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  try {
    return await act(client, environment[ENV.setupCodeSecretArn] ?? '');
  } finally {
    client.destroy();
  }
}

/** Asks for an operator key with a set-up code. */
export async function sendSetUp(
  harness: Harness,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<JsonAnswer> {
  const answer = await harness.wire.send('POST', '/operator/setup', {
    json: { setup_code: code },
    headers: { ...ownHeaders(harness), ...headers },
  });
  if (answer.status === 201) know(harness, answer, String(answer.json.operator_key));
  return answer;
}

/** Signs in with an operator key. */
export async function sendSignIn(
  harness: Harness,
  key: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<JsonAnswer> {
  const answer = await harness.wire.send('POST', '/operator/session', {
    json: { operator_key: key },
    headers: { ...ownHeaders(harness), ...headers },
  });
  if (answer.status === 201) know(harness, answer);
  return answer;
}

/** The browser that an answer to set-up or sign-in has signed in. */
export function toOperatorClient(harness: Harness, answer: JsonAnswer, key: string): OperatorClient {
  const cookie = readCookie(answer);
  const csrf = String((answer.json.session ?? answer.json).csrf_token);
  return {
    cookie,
    csrf,
    key,
    call: (method, path, body, headers) =>
      harness.wire.send(method, path, {
        ...(body === undefined ? {} : { json: body }),
        headers: {
          ...ownHeaders(harness),
          cookie,
          ...(method === 'GET' ? {} : { 'x-csrf-token': csrf }),
          ...headers,
        },
      }),
  };
}

const keys = new WeakMap<object, Promise<string>>();

/** Signs an operator in: the first time by the set-up code, then by the key that it has made. */
export async function signInOperator(harness: Harness): Promise<OperatorClient> {
  // What stands still is the stack: a harness can be a proxy.
  const { stack } = harness;
  const made = keys.get(stack);
  if (made !== undefined) {
    const key = await made;
    return toOperatorClient(harness, expectStatus(await sendSignIn(harness, key), 201), key);
  }
  const setUp = readSetupCode(harness).then(async (code) => expectStatus(await sendSetUp(harness, code), 201));
  keys.set(
    stack,
    setUp.then((answer) => String(answer.json.operator_key)),
  );
  const answer = await setUp;
  return toOperatorClient(harness, answer, String(answer.json.operator_key));
}

/** `name=value` of the cookie that an answer sets. */
export function readCookie(answer: JsonAnswer): string {
  return answer.cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.split(';', 1)[0] ?? '';
}

function know(harness: Harness, answer: JsonAnswer, key?: string): void {
  const [, sessionId = ''] = readCookie(answer).split('=');
  harness.knowSecret({ kind: 'operator session', value: sessionId, scope: 'logs' });
  if (key !== undefined) harness.knowSecret({ kind: 'operator key', value: key, scope: 'logs' });
}

function expectStatus(answer: JsonAnswer, status: number): JsonAnswer {
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.text}`);
  return answer;
}
