import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  beginIdempotentCall,
  finishIdempotentCall,
  releaseIdempotentCall,
  type IdempotencyClaim,
  type IdempotentCallDeps,
  type KeptOutcome,
} from '../../shared/app/idempotent-call.ts';
import type { IdempotencyStore } from '../../shared/app/ports.ts';
import { computeRecordHash, type IdempotencyRecord } from '../../shared/domain/idempotency.ts';
import { createIdempotencyStore } from '../../shared/edges/idempotency-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { createTokenVault } from '../../shared/edges/token-vault.ts';
import { ok } from '../../shared/result.ts';
import { TestClock } from '../support/test-clock.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { findWinners, race } from './race.ts';
import { buildConnectionId, buildSealed, NOW } from './records.ts';

const HASH = 'ab'.repeat(32);

const buildRecord = (changes: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
  fingerprint: 'cd'.repeat(32),
  claimId: '1',
  state: 'running',
  startedAtEpochMs: NOW * 1000,
  claimedUntilEpochMs: NOW * 1000 + 60_000,
  expiresAtEpochSeconds: NOW + 86_400,
  ...changes,
});

describe('the idempotency store', () => {
  const world = useStoreWorld();
  let store: IdempotencyStore;
  beforeAll(() => {
    store = createIdempotencyStore(world.table);
  });

  it('makes a record once, and anew when its time has passed though TTL has not come yet', async () => {
    expect(await store.load(HASH, NOW)).toBeUndefined();
    expect(await store.create(HASH, buildRecord(), NOW)).toBe(true);
    expect(await store.create(HASH, buildRecord({ claimId: '2' }), NOW + 86_399)).toBe(false);

    expect(await store.load(HASH, NOW + 86_399)).toEqual(buildRecord());
    expect(await store.load(HASH, NOW + 86_400)).toBeUndefined();
    expect(await store.create(HASH, buildRecord({ claimId: '2' }), NOW + 86_400)).toBe(true);
  });

  it('lets one of twenty win, at the start and in taking over', async () => {
    const starts = await race((writer) => store.create(HASH, buildRecord({ claimId: `start ${writer}` }), NOW));
    const [winner] = findWinners(starts);
    expect(findWinners(starts)).toHaveLength(1);

    const lapsed = `start ${winner ?? ''}`;
    const takes = await race((writer) => store.takeOver(HASH, lapsed, buildRecord({ claimId: `take ${writer}` })));
    expect(findWinners(takes)).toHaveLength(1);
    expect(await store.load(HASH, NOW)).toMatchObject({ claimId: `take ${findWinners(takes)[0] ?? ''}` });
  });

  it('recognizes its own writes when the answer was lost', async () => {
    world.faults.add(loseAnswer('PutItem'));
    expect(await store.create(HASH, buildRecord(), NOW)).toBe(true);
    world.faults.add(loseAnswer('PutItem'));
    expect(await store.takeOver(HASH, '1', buildRecord({ claimId: '2' }))).toBe(true);
    world.faults.add(loseAnswer('UpdateItem'));
    expect(await store.finish(HASH, '2', buildSealed())).toBe(true);
    expect(await store.load(HASH, NOW)).toMatchObject({ state: 'done', sealedAnswer: buildSealed() });
  });

  it('lets nothing but the running claim end it', async () => {
    await store.create(HASH, buildRecord(), NOW);
    expect(await store.finish(HASH, '2', buildSealed())).toBe(false);
    expect(await store.noteUnknown(HASH, '2')).toBe(false);
    expect(await store.release(HASH, '2')).toBe(false);
    expect(await store.finish(HASH, '1', buildSealed())).toBe(true);

    expect(await store.noteUnknown(HASH, '1')).toBe(false);
    expect(await store.release(HASH, '1')).toBe(false);
    expect(await store.takeOver(HASH, '1', buildRecord({ claimId: '2' }))).toBe(false);
    expect(await store.load(HASH, NOW)).toMatchObject({ state: 'done', claimId: '1' });
  });

  it('makes nothing where there is nothing', async () => {
    expect(await store.finish(HASH, '1', buildSealed())).toBe(false);
    expect(await store.noteUnknown(HASH, '1')).toBe(false);
    expect(await store.takeOver(HASH, '1', buildRecord())).toBe(false);

    expect(await world.raw.load(keys.idempotency(HASH))).toBeUndefined();
  });
});

describe('a call with an Idempotency-Key', () => {
  const world = useStoreWorld();
  let clock: TestClock;
  let deps: IdempotentCallDeps;
  beforeEach(() => {
    clock = new TestClock();
    deps = { idempotency: createIdempotencyStore(world.table), vault: openVault(), clock, random };
  });
  const random = { bytes: (count: number) => randomBytes(count) };
  /** A vault with nothing in memory, as of a new sandbox. */
  const openVault = () =>
    createTokenVault({ table: world.table, kms: world.kms, tokenKeyArn: world.tokenKeyArn, clock, random });

  const CALL = {
    tenantId: 'acme',
    connectionId: buildConnectionId(1),
    key: 'key-1',
    fingerprint: 'f1',
    retry: 'recorded',
  } as const;
  const ANSWER = ok({ status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{"id":"ü"}') });

  async function claim(changes: Partial<Parameters<typeof beginIdempotentCall>[1]> = {}): Promise<IdempotencyClaim> {
    const begun = await beginIdempotentCall(deps, { ...CALL, ...changes });
    if (!begun.ok || begun.value.kind !== 'fresh') throw new Error('the key was not free');
    return begun.value.claim;
  }

  async function again(changes: Partial<Parameters<typeof beginIdempotentCall>[1]> = {}): Promise<unknown> {
    const begun = await beginIdempotentCall(deps, { ...CALL, ...changes });
    if (!begun.ok) return begun.failure.reason;
    return begun.value.kind === 'fresh' ? 'fresh' : begun.value.outcome;
  }

  it('gets the first answer again, byte for byte, for a day', async () => {
    await finishIdempotentCall(deps, await claim(), ANSWER);

    expect(await again()).toEqual(ANSWER);
    clock.advanceSeconds(86_399);
    expect(await again()).toEqual(ANSWER);
    clock.advanceSeconds(1);
    expect(await again()).toBe('fresh');
  });

  it('keeps the answer sealed', async () => {
    await finishIdempotentCall(deps, await claim(), ANSWER);
    const item = await world.raw.load(keys.idempotency(computeRecordHash(CALL.connectionId, CALL.key)));

    expect(item?.['sealedAnswer']).toMatch(/^v1\./);
    expect(JSON.stringify(item)).not.toContain(ANSWER.value.body.toString('base64'));
    expect(JSON.stringify(item)).not.toContain(CALL.key);
  });

  it('is refused for another request, whatever became of the first', async () => {
    const first = await claim();
    expect(await again({ fingerprint: 'f2' })).toBe('idempotency_key_reused');
    await finishIdempotentCall(deps, first, ANSWER);

    expect(await again({ fingerprint: 'f2' })).toBe('idempotency_key_reused');
    expect(await again({ connectionId: buildConnectionId(2), fingerprint: 'f2' })).toBe('fresh');
  });

  it('waits while the first one runs, and is never sent again when its sandbox died', async () => {
    await claim();
    expect(await again()).toBe('idempotency_in_progress');
    clock.advanceSeconds(60);

    expect(await again()).toBe('idempotency_outcome_unknown');
  });

  it.each(['discord_timeout', 'discord_answer_unreadable'] as const)(
    'is not sent again after %s, unless Discord still knows its nonce',
    async (reason) => {
      await finishIdempotentCall(deps, await claim(), { ok: false, failure: { reason } });
      expect(await again()).toBe('idempotency_outcome_unknown');
      clock.advanceSeconds(100);
      const second = await claim({ retry: 'nonce' });
      await finishIdempotentCall(deps, second, { ok: false, failure: { reason } });

      // Counted from the first attempt.
      clock.advanceSeconds(20);
      expect(await again({ retry: 'nonce' })).toBe('idempotency_outcome_unknown');
    },
  );

  it('keeps what Discord decided against it', async () => {
    const refusal: KeptOutcome = {
      ok: false,
      failure: { reason: 'discord_refused', status: 403, discordCode: 50013, detail: 'No.' },
    };
    await finishIdempotentCall(deps, await claim(), refusal);

    expect(await again()).toEqual(refusal);
  });

  it('is free again where nothing was carried out', async () => {
    await finishIdempotentCall(deps, await claim(), {
      ok: false,
      failure: { reason: 'discord_rate_limited', retryAfterSeconds: 1 },
    });
    await releaseIdempotentCall(deps, await claim());

    expect(await again({ fingerprint: 'f2' })).toBe('fresh');
  });

  it('tells the outcome as unknown when the answer is too large to be kept, or its seal does not open any more', async () => {
    await finishIdempotentCall(deps, await claim(), ok({ ...ANSWER.value, body: Buffer.alloc(300 * 1024) }));
    expect(await again()).toBe('idempotency_outcome_unknown');

    await finishIdempotentCall(deps, await claim({ key: 'key-2' }), ANSWER);
    // As after a rotation: the key with which it was sealed is gone.
    const keyId = String((await world.raw.load(keys.currentDataKey('acme')))?.['keyId']);
    await world.table.delete(keys.dataKey('acme', keyId));
    deps = { ...deps, vault: openVault() };
    expect(await again({ key: 'key-2' })).toBe('idempotency_outcome_unknown');
  });

  it('is sent by one of twenty that begin at once', async () => {
    const begun = await race(() => beginIdempotentCall(deps, CALL));
    const fresh = begun.filter((outcome) => outcome.ok);

    expect(fresh).toHaveLength(1);
    expect(begun.filter((outcome) => !outcome.ok && outcome.failure.reason === 'idempotency_in_progress')).toHaveLength(
      19,
    );
  });
});
