import { AwsError, toErrorAnswer, toJsonAnswer, toJsonMediaType } from './aws-error.ts';
import { isJsonObject } from './aws-input.ts';
import type { JsonObject } from './aws-input.ts';
import type { AwsAnswer, AwsRequest, AwsService, AwsServiceName } from './aws-service.ts';

/** One operation: checked input in, output out. @throws AwsError for a refusal */
export type AwsOperation = (input: JsonObject) => JsonObject;

/**
 * Builds a service of ours that speaks AWS JSON: target, authorization and body are checked as AWS does, then the
 * operation runs to its end before the next one begins (operations are synchronous, so they need no locks).
 * @param options.targetPrefix - what stands before the dot of `X-Amz-Target`
 * @param options.credentialScope - service name in the SigV4 credential scope
 * @see AWS SigV4 docs: Authorization header · smithy.io: awsJson1_0, awsJson1_1
 */
export function buildOperationsService(options: {
  name: AwsServiceName;
  targetPrefix: string;
  credentialScope: string;
  operations: Record<string, AwsOperation>;
}): AwsService {
  const operations = new Map(
    Object.entries(options.operations).map(([name, operation]) => [`${options.targetPrefix}.${name}`, operation]),
  );

  function run(request: AwsRequest): JsonObject {
    const target = request.headers['x-amz-target'];
    const operation = typeof target === 'string' ? operations.get(target) : undefined;
    if (request.method !== 'POST' || request.url !== '/' || operation === undefined) {
      throw new AwsError('UnknownOperationException');
    }
    checkAuthorization(request, options.credentialScope);
    return operation(parseInput(request, toJsonMediaType(options.name)));
  }

  function answerNow(request: AwsRequest): AwsAnswer {
    try {
      return toJsonAnswer(options.name, 200, run(request));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return toErrorAnswer(options.name, error.code, error.message);
    }
  }

  return {
    name: options.name,
    // What is thrown inside the promise rejects it.
    answer: (request) => new Promise((resolve) => resolve(answerNow(request))),
    close: () => Promise.resolve(),
  };
}

/** The signature is not recomputed, any secret key will do; whose access key it is is checked in front. Form and scope must be right. */
function checkAuthorization(request: AwsRequest, credentialScope: string): void {
  const header = request.headers.authorization;
  if (!header?.startsWith('AWS4-HMAC-SHA256 ')) throw new AwsError('MissingAuthenticationTokenException');

  for (const part of ['Credential', 'SignedHeaders', 'Signature']) {
    if (!new RegExp(`[ ,]${part}=[^, ]+`).test(header)) {
      throw new AwsError('IncompleteSignatureException', `Authorization header requires '${part}' parameter.`);
    }
  }
  if (request.headers['x-amz-date'] === undefined) {
    throw new AwsError(
      'IncompleteSignatureException',
      "Authorization header requires existence of 'X-Amz-Date' header.",
    );
  }
  const scope = /Credential=[^/, ]+\/\d{8}\/[^/, ]+\/([^/, ]+)\/aws4_request/.exec(header)?.[1];
  if (scope !== credentialScope) {
    throw new AwsError(
      'InvalidSignatureException',
      `Credential should be scoped to correct service: '${credentialScope}'.`,
    );
  }
}

function parseInput(request: AwsRequest, mediaType: string): JsonObject {
  if (request.headers['content-type'] !== mediaType) {
    throw new AwsError('SerializationException', `Content-Type must be ${mediaType}`);
  }
  try {
    const value: unknown = JSON.parse(request.body.toString());
    if (isJsonObject(value)) return value;
  } catch {
    // Not JSON: the same answer as for JSON that is no object.
  }
  throw new AwsError('SerializationException', 'Start of structure or map expected.');
}
