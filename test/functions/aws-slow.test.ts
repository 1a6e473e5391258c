import { describe, expect, it } from 'vitest';
import type { AwsFault } from '../../infra/local/aws/aws-faults.ts';
import { connectUser } from '../support/connected-user.ts';
import { useHarness } from '../support/use-harness.ts';

/** Milliseconds that one call to AWS may take here; each is tried three times. */
const MAX_AWS_CALL_MS = 60;

const EXPIRED_AFTER_SECONDS = 7 * 86_400;

describe('AWS that does not answer in time', () => {
  const harness = useHarness({ maxAwsCallMs: MAX_AWS_CALL_MS });

  it.each<[string, AwsFault, string]>([
    ['DynamoDB', { service: 'dynamodb', operation: 'BatchGetItem', delayMs: 60_000 }, 'storage_unavailable'],
    ['KMS', { service: 'kms', delayMs: 60_000 }, 'key_service_unavailable'],
    ['Secrets Manager', { service: 'secretsManager', delayMs: 60_000 }, 'secret_unavailable'],
  ])('is given up long before the function’s own end: %s [hostile 38]', async (_, fault, code) => {
    const user = await connectUser(harness);
    harness.clock.advanceSeconds(EXPIRED_AFTER_SECONDS);
    harness.coldStart();
    harness.stack.aws.faults.add(fault);
    const { status, json, headers } = await user.call();

    expect([status, json.code, headers['retry-after']]).toEqual([503, code, '5']);
  });
});
