import { randomUUID } from 'node:crypto';
import type { AwsAnswer, AwsServiceName } from './aws-service.ts';

interface ErrorShape {
  /** Absent: 400, which AWS's JSON protocols send for everything that is the caller's, throttling included. */
  status?: number;
  /** Text of a fault that brings none of its own. */
  message?: string;
  /** What DynamoDB writes before the `#` of `__type`. */
  dynamoDbNamespace?: string;
}

const THROTTLED = { message: 'Rate exceeded' };
const CORAL = 'com.amazon.coral.service';

/** Errors that every service sends. @see AWS General Reference: Common errors */
const COMMON_ERRORS: Record<string, ErrorShape> = {
  AccessDeniedException: { message: 'The caller is not authorized to perform this operation' },
  ExpiredTokenException: { message: 'The security token included in the request is expired' },
  IncompleteSignatureException: {},
  InternalFailure: { status: 500, message: 'The request processing has failed because of an unknown error' },
  InvalidSignatureException: {},
  MissingAuthenticationTokenException: { message: 'Request is missing Authentication Token' },
  SerializationException: {},
  ServiceUnavailableException: { status: 503, message: 'The service is temporarily unavailable' },
  ThrottlingException: { ...THROTTLED, dynamoDbNamespace: 'com.amazon.coral.availability' },
  UnknownOperationException: {},
  UnrecognizedClientException: { message: 'The security token included in the request is invalid.' },
  ValidationException: { dynamoDbNamespace: 'com.amazon.coral.validate' },
};

/** Errors of one service each, from the API references. */
const SERVICE_ERRORS: Record<AwsServiceName, Record<string, ErrorShape>> = {
  cloudwatch: {
    InternalServiceFault: { status: 500, message: 'Request processing has failed due to some unknown error.' },
    InvalidNextToken: { message: 'The next token specified is invalid.' },
  },
  dynamodb: {
    ConditionalCheckFailedException: { message: 'The conditional request failed' },
    InternalServerError: { status: 500, message: 'Internal server error' },
    ItemCollectionSizeLimitExceededException: {},
    LimitExceededException: {},
    ProvisionedThroughputExceededException: {
      message:
        'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
    },
    RequestLimitExceeded: { message: 'Throughput exceeds the current throughput limit for your account.' },
    ResourceInUseException: {},
    ResourceNotFoundException: { message: 'Requested resource not found' },
  },
  kms: {
    DependencyTimeoutException: { status: 503, message: 'The system timed out while trying to fulfill the request.' },
    DisabledException: {},
    IncorrectKeyException: {},
    InvalidArnException: {},
    InvalidCiphertextException: {},
    InvalidKeyUsageException: {},
    KMSInternalException: { status: 500, message: 'An internal error occurred.' },
    KMSInvalidStateException: {},
    KeyUnavailableException: { status: 500, message: 'The KMS key is not available.' },
    LimitExceededException: THROTTLED,
    NotFoundException: {},
    UnsupportedOperationException: {},
  },
  secretsManager: {
    DecryptionFailure: {
      message: "Secrets Manager can't decrypt the protected secret text using the provided KMS key.",
    },
    EncryptionFailure: {
      message: "Secrets Manager can't encrypt the protected secret text using the provided KMS key.",
    },
    InternalServiceError: { status: 500, message: 'An error occurred on the server side.' },
    InvalidParameterException: {},
    InvalidRequestException: {},
    LimitExceededException: THROTTLED,
    ResourceExistsException: {},
    ResourceNotFoundException: { message: "Secrets Manager can't find the specified secret." },
  },
};

/** A refusal in AWS's own words; the server in front turns it into the answer. */
export class AwsError extends Error {
  override name = 'AwsError';
  readonly code: string;

  /** @param code - AWS's error name, for example `NotFoundException` @param message - without secrets: it goes out as it is */
  constructor(code: string, message?: string) {
    super(message ?? '');
    this.code = code;
  }
}

/** Lists the error names that a service can send, for checking a fault before it is planted. */
export function buildErrorCodes(service: AwsServiceName): string[] {
  return [...Object.keys(SERVICE_ERRORS[service]), ...Object.keys(COMMON_ERRORS)];
}

/**
 * Builds the answer that carries an error as the service itself would send it: status, `__type`, spelling of `message`
 * and request id, so that the SDK's own error classes and retry rules apply.
 * @param code - one of {@link buildErrorCodes}; any other is sent as a 400 of that name
 * @param message - absent: the service's usual text, or none
 */
export function toErrorAnswer(service: AwsServiceName, code: string, message?: string): AwsAnswer {
  const own = SERVICE_ERRORS[service][code];
  const shape = own ?? COMMON_ERRORS[code] ?? {};
  const text = message || shape.message;
  // Secrets Manager writes its own errors with a capital letter and the common ones without.
  const textKey = service === 'secretsManager' && own !== undefined ? 'Message' : 'message';
  const namespace = own === undefined ? (shape.dynamoDbNamespace ?? CORAL) : 'com.amazonaws.dynamodb.v20120810';
  const type = service === 'dynamodb' ? `${namespace}#${code}` : code;

  return toJsonAnswer(service, shape.status ?? 400, { __type: type, ...(text ? { [textKey]: text } : {}) });
}

/** Media type of the service's JSON protocol, of which there are two versions that differ in nothing else. */
export function toJsonMediaType(service: AwsServiceName): string {
  return `application/x-amz-json-${service === 'dynamodb' || service === 'cloudwatch' ? '1.0' : '1.1'}`;
}

/** Builds an answer in the service's JSON protocol with a fresh request id. */
export function toJsonAnswer(service: AwsServiceName, status: number, value: unknown): AwsAnswer {
  return {
    status,
    headers: {
      'content-type': toJsonMediaType(service),
      'x-amzn-requestid': randomUUID(),
    },
    body: JSON.stringify(value),
  };
}
