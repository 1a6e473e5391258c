import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noteKeyUse } from '../../shared/app/note-key-use.ts';
import { liveStorage } from '../../shared/edges/live.ts';
import { startHarness } from '../support/harness.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { makeLimitedKey, makeToken } from '../support/made-credentials.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';

const DAY = 86_400;
const ONE_READ = { 'dynamodb.BatchGetItem': 1 };
const WITH_NOTE = { ...ONE_READ, 'dynamodb.UpdateItem': 1 };

const harness = useHarness({ maxAwsCallMs: 300 });
let ada: ConnectedUser;

beforeAll(async () => {
  ada = await connectUser(harness);
});
beforeEach(() => {
  harness.metrics.clear();
  harness.log.entries.length = 0;
});

const loadUse = (keyId: string) => openStoredItems(harness).load(`KEYUSE#${keyId}`, 'KEYUSE');
const nowSeconds = () => harness.clock.nowEpochMs() / 1000;

/** What one call costs at DynamoDB. */
async function countCall(key: string): Promise<Record<string, number>> {
  const { requests } = harness.stack.aws;
  // The data key is unwrapped again every five minutes, for whoever calls first.
  await ada.call();
  requests.clear();
  expect((await ada.call('/users/@me', { key })).status).toBe(200);
  return requests.counts();
}

async function listFirstUses(keyId: string): Promise<Record<string, unknown>[]> {
  const items = await harness.scanTable();
  return items.filter(({ type, actor }) => type === 'api_key_first_used' && (actor as { id?: string }).id === keyId);
}

describe('the last use of an API key', () => {
  it('is noted once a day, so that a warm call is one DynamoDB call', async () => {
    const { key, keyId } = await makeLimitedKey(harness);
    const first = await countCall(key);
    const begun = nowSeconds();

    // The note, and the audit record of the first use.
    expect(first).toEqual({ ...WITH_NOTE, 'dynamodb.PutItem': 1 });
    expect(await countCall(key)).toEqual(ONE_READ);
    harness.clock.advanceSeconds(600);
    expect(await countCall(key)).toEqual(ONE_READ);
    expect(await loadUse(keyId)).toMatchObject({ firstUsedAtEpochSeconds: begun, lastUsedAtEpochSeconds: begun });
  });

  it('is noted again on the next day (UTC), and the first use stays', async () => {
    const { key, keyId } = await makeLimitedKey(harness);
    await countCall(key);
    const begun = nowSeconds();
    harness.clock.advanceSeconds(DAY - (begun % DAY) - 1);
    expect(await countCall(key)).toEqual(ONE_READ);
    harness.clock.advanceSeconds(1);

    expect(await countCall(key)).toEqual(WITH_NOTE);
    expect(await countCall(key)).toEqual(ONE_READ);
    expect(await loadUse(keyId)).toMatchObject({
      firstUsedAtEpochSeconds: begun,
      lastUsedAtEpochSeconds: nowSeconds(),
    });
  });

  it('is noted again when the clock was set back by days, and does not stop after that', async () => {
    const { key } = await makeLimitedKey(harness);
    await countCall(key);
    harness.clock.advanceSeconds(-2 * DAY);
    expect(await countCall(key)).toEqual(WITH_NOTE);
    harness.clock.advanceSeconds(2 * DAY);
    expect(await countCall(key)).toEqual(WITH_NOTE);
  });

  it('is noted by every sandbox for itself, whichever call it was', async () => {
    const { key, keyId } = await makeLimitedKey(harness);
    await harness.wire.send('GET', '/connections', { key });
    expect(await loadUse(keyId)).toBeDefined();
    harness.coldStart();
    harness.clock.advanceSeconds(60);
    await harness.wire.send('POST', `/connect-sessions/cs_${'A'.repeat(43)}/confirm`, { key, json: {} });

    expect(await loadUse(keyId)).toMatchObject({ lastUsedAtEpochSeconds: nowSeconds() });
  });

  it('is not touched by refused keys nor by connection tokens', async () => {
    const { key, keyId } = await makeLimitedKey(harness);
    await ada.call('/users/@me', { key: `${key.slice(0, -43)}${'A'.repeat(43)}` });
    expect(await loadUse(keyId)).toBeUndefined();

    const { token } = await makeToken(harness, ada.connectionId, undefined, key);
    const noted = await loadUse(keyId);
    harness.clock.advanceSeconds(60);
    harness.coldStart();
    expect((await ada.call('/users/@me', { key: token })).status).toBe(200);
    expect(noted).toBeDefined();
    expect(await loadUse(keyId)).toEqual(noted);
  });
});

describe('the first use of an API key', () => {
  it('is recorded once, also when twenty sandboxes have it at once', async () => {
    const { keyId } = await makeLimitedKey(harness);
    const { clock, log, metrics } = harness;
    const sandboxes = Array.from({ length: 20 }, () => liveStorage({ clock, log, metrics }));
    await Promise.all(sandboxes.map((deps) => noteKeyUse(deps, { keyId, tenantId: 'default' })));

    const recorded = await listFirstUses(keyId);
    expect(recorded).toHaveLength(1);
    expect(recorded[0]).toMatchObject({
      pk: 'AUDIT#default',
      tenantId: 'default',
      actor: { kind: 'api_key', id: keyId },
    });
  });

  it('is recorded although the answer of the table was lost', async () => {
    const { key, keyId } = await makeLimitedKey(harness);
    const lost = {
      service: 'dynamodb',
      operation: 'UpdateItem',
      match: 'KEYUSE#',
      drop: true,
      after: 'after',
    } as const;
    harness.stack.aws.faults.add({ ...lost, times: 1 });
    expect((await ada.call('/users/@me', { key })).status).toBe(200);

    expect(await listFirstUses(keyId)).toHaveLength(1);
  });
});

describe('when a use cannot be noted', () => {
  const refuse = (error: string, times: number) =>
    harness.stack.aws.faults.add({ service: 'dynamodb', operation: 'UpdateItem', match: 'KEYUSE#', error, times });

  it('the call succeeds, the outage is logged and counted, and is not tried again with every call', async () => {
    const { key, keyId } = await makeLimitedKey(harness);
    refuse('AccessDeniedException', 1);
    expect((await ada.call('/users/@me', { key })).status).toBe(200);

    expect(harness.log.entries.filter(({ level }) => level === 'error')).toEqual([
      expect.objectContaining({ event: 'outage', code: 'storage_unavailable', cause: 'AccessDeniedException' }),
    ]);
    expect(harness.metrics.counts()).toMatchObject({ RequestsOk: 1, StorageUnavailable: 1, AwsAccessDenied: 1 });
    expect(await countCall(key)).toEqual(ONE_READ);
    harness.clock.advanceSeconds(59);
    expect(await countCall(key)).toEqual(ONE_READ);
    harness.clock.advanceSeconds(1);
    expect(await countCall(key)).toMatchObject(WITH_NOTE);
    expect(await loadUse(keyId)).toBeDefined();
    expect(await listFirstUses(keyId)).toHaveLength(1);
  });

  it('the call succeeds also when what is stored is no note of a use', async () => {
    const { key, keyId } = await makeLimitedKey(harness);
    await openStoredItems(harness).put({ pk: `KEYUSE#${keyId}`, sk: 'KEYUSE', firstUseId: 5 });
    expect((await ada.call('/users/@me', { key })).status).toBe(200);

    expect(harness.log.entries.filter(({ level }) => level === 'error').map(({ event }) => event)).toEqual(['bug']);
  });

  it('a table that does not answer holds the call up for a bounded time, and no other call', async () => {
    const slow = await startHarness({ maxAwsCallMs: 200 });
    try {
      const user = await connectUser(slow);
      const { key } = await makeLimitedKey(slow);
      slow.stack.aws.faults.add({ service: 'dynamodb', operation: 'UpdateItem', match: 'KEYUSE#', delayMs: 600_000 });
      expect((await user.call('/users/@me', { key })).status).toBe(200);
      slow.stack.aws.requests.clear();
      expect((await user.call('/users/@me', { key })).status).toBe(200);

      expect(slow.stack.aws.requests.counts()).toEqual(ONE_READ);
      expect(slow.log.entries).toContainEqual(
        expect.objectContaining({ event: 'outage', code: 'storage_unavailable' }),
      );
    } finally {
      await slow.stop();
    }
  });
});
