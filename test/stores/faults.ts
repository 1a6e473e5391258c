import type { AwsFault } from '../../infra/local/aws/aws-faults.ts';

/** Tries of one call by the AWS SDK. */
export const SDK_TRIES = 3;

/** The next call of the operation takes effect, but its answer is lost on the way: the SDK asks again. */
export function loseAnswer(operation: string, match?: string): AwsFault {
  const target = { service: 'dynamodb', operation, ...(match === undefined ? {} : { match }) } as const;
  return { ...target, drop: true, after: 'after', times: 1 };
}

/** Every try of the next call takes effect, and no answer arrives. */
export function loseEveryAnswer(operation: string): AwsFault {
  return { ...loseAnswer(operation), times: SDK_TRIES };
}

/** Every try of the next call is refused before it has any effect. */
export function refuseCall(operation: string, error: string): AwsFault {
  return { service: 'dynamodb', operation, error, times: SDK_TRIES };
}
