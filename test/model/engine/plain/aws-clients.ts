import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsService } from '../../../../infra/local/aws/aws-service.ts';
import type { LocalServices } from './local-services.ts';
import { AT_AWS } from './planned-outage.ts';
import { PlainTable } from './plain-table.ts';
import type { Turnstile } from '../turnstile.ts';

type Output = Record<string, unknown>;

/** What of a middleware stack is used here; the real one is typed by the client's own commands. */
interface MiddlewareStack {
  addRelativeTo(
    middleware: (
      next: unknown,
      context: { readonly commandName?: string },
    ) => (args: { readonly input: unknown }) => Promise<unknown>,
    options: { name: string; relation: 'before'; toMiddleware: string },
  ): void;
}

const OPTIONS = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } as const;

/** Never sent anywhere. */
const UNUSED_DYNAMODB = new DynamoDBClient(OPTIONS);

/**
 * What a sandbox has of AWS, without HTTP: the table in memory, and the SDK's own clients for KMS and Secrets Manager, whose
 * commands the local servers' own code answers where they would be turned into requests. Nothing is signed or retried. Each
 * call passes the turnstile, where it may have to wait or meet a fault.
 */
export function createAwsClients(services: LocalServices, turnstile: Turnstile) {
  const kms = new KMSClient(OPTIONS);
  const secretsManager = new SecretsManagerClient(OPTIONS);
  answerCalls(kms, (operation, input) =>
    turnstile.pass('kms', operation, () => callService(services.kms, 'kms', operation, input), AT_AWS),
  );
  answerCalls(secretsManager, (operation, input) =>
    turnstile.pass(
      'secretsmanager',
      operation,
      () => callService(services.secretsManager, 'secretsmanager', operation, input),
      AT_AWS,
    ),
  );
  return { aws: { kms, secretsManager }, table: new PlainTable(services.items, turnstile, UNUSED_DYNAMODB) };
}

function answerCalls(
  client: KMSClient | SecretsManagerClient,
  answer: (operation: string, input: unknown) => Promise<Output>,
): void {
  const stack = client.middlewareStack as unknown as MiddlewareStack;
  stack.addRelativeTo(
    (_next, context) =>
      async ({ input }) => {
        const operation = (context.commandName ?? '').replace(/Command$/, '');
        return { response: {}, output: { $metadata: {}, ...(await answer(operation, input)) } };
      },
    { name: 'answerInProcess', relation: 'before', toMiddleware: 'serializerMiddleware' },
  );
}

const TARGET_PREFIX = { kms: 'TrentService', secretsmanager: 'secretsmanager' } as const;

async function callService(
  service: AwsService,
  scope: keyof typeof TARGET_PREFIX,
  operation: string,
  input: unknown,
): Promise<Output> {
  const answer = await service.answer({
    method: 'POST',
    url: '/',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${scope}/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-date': '20260101T000000Z',
      'x-amz-target': `${TARGET_PREFIX[scope]}.${operation}`,
    },
    body: Buffer.from(JSON.stringify(addToken(operation, input as Output), toBase64)),
  });
  const output = JSON.parse(answer.body) as Output;
  if (answer.status === 200) return toBytes(output);
  const error = new Error(String(output['message'] ?? output['Message']));
  error.name = String(output['__type']).split('#').pop() ?? '';
  throw error;
}

function toBase64(_name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

let tokens = 0;

/** What the serializer would have added: a token of 32 to 64 characters that makes a repeated write harmless. */
function addToken(operation: string, input: Output): Output {
  if (operation !== 'CreateSecret' && operation !== 'PutSecretValue') return input;
  tokens += 1;
  return { ClientRequestToken: String(tokens).padStart(32, '0'), ...input };
}

/** The members that are bytes in KMS's answers. */
function toBytes(output: Output): Output {
  const bytes = ['Plaintext', 'CiphertextBlob'].flatMap((name) => {
    const value = output[name];
    return typeof value === 'string' ? [[name, new Uint8Array(Buffer.from(value, 'base64'))] as const] : [];
  });
  return { ...output, ...Object.fromEntries(bytes) };
}
