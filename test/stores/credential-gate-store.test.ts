import { beforeAll, describe, expect, it } from 'vitest';
import type { CredentialGateStore } from '../../shared/app/ports.ts';
import { createCredentialGateStore } from '../../shared/edges/credential-gate-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { findWinners, race } from './race.ts';
import { NOW } from './records.ts';

const NOW_MS = NOW * 1000;
const PROBE_MS = 30_000;

describe('the credential gate store', () => {
  const world = useStoreWorld();
  let store: CredentialGateStore;
  beforeAll(() => {
    store = createCredentialGateStore(world.table);
  });
  const reject = (nowEpochMs = NOW_MS) => store.reject(nowEpochMs, nowEpochMs + PROBE_MS);
  const rejected = { state: 'rejected', sinceEpochMs: NOW_MS, nextProbeAtEpochMs: NOW_MS + PROBE_MS } as const;

  it('knows nothing bad until Discord refuses, also when it is told that credentials are good', async () => {
    await store.recover(NOW_MS);
    expect(await world.raw.scan()).toEqual([]);
    expect(await store.load()).toBeUndefined();
    expect(await reject()).toBe(true);
    expect(await store.load()).toEqual(rejected);
  });

  it('keeps since when they are refused, and puts the next probe off, never forward', async () => {
    await reject();
    expect(await reject(NOW_MS + 500)).toBe(false);
    expect(await store.load()).toEqual({ ...rejected, nextProbeAtEpochMs: NOW_MS + 500 + PROBE_MS });
    expect(await reject(NOW_MS + 100)).toBe(false);

    expect(await store.load()).toEqual({ ...rejected, nextProbeAtEpochMs: NOW_MS + 500 + PROBE_MS });
  });

  it('is news to one of twenty who are refused at once', async () => {
    expect(findWinners(await race((writer) => reject(NOW_MS + writer)))).toHaveLength(1);
  });

  it('is news to its writer when the answer was lost', async () => {
    world.faults.add(loseAnswer('UpdateItem'));

    expect(await reject()).toBe(true);
    expect(await store.load()).toEqual(rejected);
  });

  it('lets one of twenty probe, and the next one only after that', async () => {
    await reject();
    const read = await store.load();
    const outcomes = await race(() => store.claimProbe(read ?? rejected, NOW_MS + 2 * PROBE_MS));

    expect(findWinners(outcomes)).toHaveLength(1);
    expect(await store.load()).toEqual({ ...rejected, nextProbeAtEpochMs: NOW_MS + 2 * PROBE_MS });
  });

  it('lets nobody probe by what was read before another refusal or a recovery', async () => {
    await reject();
    await store.recover(NOW_MS + 1);
    expect(await store.claimProbe(rejected, NOW_MS + 9)).toBe(false);
    await reject(NOW_MS + 2);

    expect(await store.claimProbe({ ...rejected, nextProbeAtEpochMs: NOW_MS + 2 + PROBE_MS }, NOW_MS + 9)).toBe(false);
  });

  it('recovers once from a refusal, and from nothing else', async () => {
    await store.recover(NOW_MS);
    expect(await world.raw.scan()).toEqual([]);
    await reject();
    world.faults.add(loseAnswer('UpdateItem'));
    await store.recover(NOW_MS + 1);
    await store.recover(NOW_MS + 2);

    expect(await store.load()).toMatchObject({ state: 'recovering', sinceEpochMs: NOW_MS + 1 });
    expect(await reject(NOW_MS + 3)).toBe(true);
  });

  it('lets as many of twenty through in one second as the limit says, and as many in the next', async () => {
    await reject();
    await store.recover(NOW_MS);

    expect(findWinners(await race(() => store.countRequest(NOW, 5)))).toHaveLength(5);
    expect(findWinners(await race(() => store.countRequest(NOW + 1, 5)))).toHaveLength(5);
  });

  it('makes nothing by counting or probing where nothing is', async () => {
    expect(await store.countRequest(NOW, 5)).toBe(false);
    expect(await store.claimProbe(rejected, NOW_MS)).toBe(false);

    expect(await world.raw.scan()).toEqual([]);
  });

  it('refuses an item of another shape', async () => {
    await reject();
    await world.raw.change(keys.credentialGate(), { state: 'ajar' });

    await expect(store.load()).rejects.toThrow();
  });
});
