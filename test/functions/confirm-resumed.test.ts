import { describe, expect, it } from 'vitest';
import { useHarness } from '../support/use-harness.ts';
import { ada, comeBack, countTokenRequests } from './connect-expectations.ts';

/** Longer than a claim lasts. */
const CLAIM_OVER_SECONDS = 31;

const harness = useHarness();

describe('a session that could not be closed after its connection was stored', () => {
  it('has connected the user all the same, and confirming once more gives the same connection without an exchange', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'resumed' }, { userId: ada.id });
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'UpdateItem',
      match: '"S":"confirmed"',
      error: 'AccessDeniedException',
      times: 1,
    });

    const confirmed = await confirm();
    expect(confirmed.status).toBe(200);
    const requests = await countTokenRequests(harness);
    harness.clock.advanceSeconds(CLAIM_OVER_SECONDS);
    const again = await confirm();
    expect([again.status, again.json.id]).toEqual([200, confirmed.json.id]);
    expect(await countTokenRequests(harness)).toBe(requests);
    expect((await confirm()).json.code).toBe('connect_session_used');
  });
});
