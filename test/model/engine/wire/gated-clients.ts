import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { LocalTarget } from '../../../../infra/local/stack/local-target.ts';
import { AT_DISCORD } from '../plain/discord-fetch.ts';
import type { Manner, Service, Turnstile } from '../turnstile.ts';

/** What the SDK sends and gets, as far as it matters here. */
interface Sent {
  readonly headers: Readonly<Record<string, string>>;
}

interface Got {
  readonly response: { readonly statusCode: number };
}

/** Whatever carries a client's requests. */
interface Carrier {
  handle: (request: Sent, options: unknown) => Promise<Got>;
}

const AT_AWS: Manner<Got> = {
  fail: () => {
    throw Object.assign(new Error('planted'), { name: 'TimeoutError' });
  },
  isDone: ({ response }) => response.statusCode === 200,
};

/**
 * The SDK's clients as the product makes them, to the local AWS servers over HTTP; each request on the wire, those that the
 * SDK repeats by itself included, passes the turnstile.
 */
export function createGatedClients({ awsEnvironment }: LocalTarget, turnstile: Turnstile) {
  const read = (name: string): string => awsEnvironment[name] ?? '';
  const shared = {
    region: read('AWS_REGION'),
    credentials: { accessKeyId: read('AWS_ACCESS_KEY_ID'), secretAccessKey: read('AWS_SECRET_ACCESS_KEY') },
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  };
  const dynamodb = new DynamoDBClient({ ...shared, endpoint: read('AWS_ENDPOINT_URL_DYNAMODB') });
  const kms = new KMSClient({ ...shared, endpoint: read('AWS_ENDPOINT_URL_KMS') });
  const secretsManager = new SecretsManagerClient({
    ...shared,
    endpoint: read('AWS_ENDPOINT_URL_SECRETS_MANAGER'),
  });
  gate(dynamodb, 'dynamodb', turnstile);
  gate(kms, 'kms', turnstile);
  gate(secretsManager, 'secretsmanager', turnstile);
  return { dynamodb, kms, secretsManager };
}

function gate(client: { readonly config: object }, service: Service, turnstile: Turnstile): void {
  const { requestHandler: carrier } = client.config as { readonly requestHandler: Carrier };
  const handle = carrier.handle.bind(carrier);
  carrier.handle = (request, options) => {
    const operation = request.headers['x-amz-target']?.split('.')[1] ?? 'unknown';
    return turnstile.pass(service, operation, () => handle(request, options), AT_AWS);
  };
}

/** The built-in `fetch`, for Discord. */
export function createGatedFetch(turnstile: Turnstile): typeof fetch {
  return (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    return turnstile.pass('discord', `${init?.method ?? 'GET'} ${pathname}`, () => fetch(input, init), AT_DISCORD);
  };
}
