import { OutageError } from '../../shared/problems/failure.ts';
import { OperatorError, PromptAbortedError } from './operator-error.ts';
import type { OperatorTarget } from './operator-edges.ts';

const EXPIRED = ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'RequestExpiredException'];
const NOT_ACCEPTED = [
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignatureException',
  'IncompleteSignature',
  'MissingAuthenticationTokenException',
];
const NO_CREDENTIALS = ['CredentialsProviderError', 'TokenProviderError'];
const DENIED = ['AccessDeniedException', 'AccessDenied', 'NotAuthorized'];
const BUSY = [
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'LimitExceededException',
  'UnprocessedKeys',
];
/** What the SDK throws without an answer (Node's own errors keep their names), and for one that is not AWS's: a proxy's page. */
const NO_ANSWER = ['Error', 'AggregateError', 'TimeoutError', 'RequestTimeout', 'Unknown', 'UnknownError'];

/**
 * Describes in one line what went wrong and what the operator can do. The message of an error that is not ours is never
 * repeated: it may quote what was sent.
 * @param target - what was worked on, as far as it was known
 */
export function describeFault(error: unknown, target: OperatorTarget | undefined): string {
  if (error instanceof OperatorError || error instanceof PromptAbortedError) return error.message;
  const name = error instanceof Error ? error.name : 'unknown';
  if (!(error instanceof OutageError)) return `unexpected fault (${name}); nothing more is known`;
  return describeAwsFault(error, target);
}

const SEALED_OTHERWISE =
  'what is stored does not open with this token key; check TOKEN_KEY_ARN or the outputs file, and docs/runbook.md, "Stored tokens do not open"';

/** What was worked on when it failed. */
function locate(reason: string, target: OperatorTarget | undefined): { service: string; what: string } {
  const place = (service: string, kind: string, name: string | undefined) => ({
    service,
    what: `${kind} ${name ?? ''}`.trimEnd(),
  });
  if (reason === 'secret_unavailable') return place('Secrets Manager', 'secret', target?.integrationSecretArn);
  if (reason === 'key_service_unavailable') return place('KMS', 'key', target?.tokenAccess?.tokenKeyArn);
  return place('DynamoDB', 'table', target?.tableName);
}

function describeAwsFault({ causeName, failure }: OutageError, target: OperatorTarget | undefined): string {
  if (failure.reason === 'sealed_data_unreadable') return SEALED_OTHERWISE;
  if (failure.reason === 'operator_setup_incomplete') return `no ${failure.missing} is entered: set-credentials`;
  const { service, what } = locate(failure.reason, target);
  if (EXPIRED.includes(causeName)) return 'the AWS credentials have expired; sign in again (aws sso login)';
  if (NO_CREDENTIALS.includes(causeName)) {
    return 'there are no AWS credentials; sign in, or choose a profile with AWS_PROFILE';
  }
  if (NOT_ACCEPTED.includes(causeName))
    return 'AWS does not accept these credentials; sign in again, or check AWS_PROFILE';
  if (DENIED.includes(causeName)) {
    return `AWS denies access to ${what}; docs/operator.md lists what the credentials must be allowed to do`;
  }
  if (causeName === 'ResourceNotFoundException') {
    return `there is no ${what} in this AWS account and region; check account, AWS_REGION and the outputs file`;
  }
  if (BUSY.includes(causeName)) return `AWS is busy (${causeName}); try again in a moment`;
  if (NO_ANSWER.includes(causeName)) {
    return target?.local === undefined
      ? `${service} cannot be reached; check the network, proxy and AWS_REGION`
      : `the local ${service} cannot be reached; is the local gateway still running?`;
  }
  return `AWS did not do it: ${causeName} on ${what}`;
}
