import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectSessionStore } from '../../shared/app/ports.ts';
import { createConnectSessionStore } from '../../shared/edges/connect-session-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer, loseEveryAnswer } from './faults.ts';
import { findWinners, race } from './race.ts';
import { buildSealed, buildSession, buildState, NOW } from './records.ts';

const NOW_MS = NOW * 1000;

const buildReturned = (writer = 0) => ({
  sealedCode: buildSealed(`code${writer}`),
  confirmationHash: '12'.repeat(32),
  returnedAtEpochSeconds: NOW,
  expiresAtEpochSeconds: NOW + 3600,
});

const ANSWERED = {
  sealedAnswer: buildSealed('answer'),
  confirmableUntilEpochSeconds: NOW + 3600,
  expiresAtEpochSeconds: NOW + 7200,
};

describe('connect sessions under many hands', () => {
  const world = useStoreWorld();
  let store: ConnectSessionStore;
  beforeAll(() => {
    store = createConnectSessionStore(world.table);
  });
  beforeEach(() => store.create(buildSession()));
  const load = () => store.load('ses_1');
  const change = (attributes: Record<string, unknown>) => world.raw.change(keys.session('ses_1'), attributes);
  const confirm = (claimId: string) => store.claimConfirmation('ses_1', claimId, NOW_MS, NOW_MS + 30_000);

  it('counts five starts of twenty and not one more', async () => {
    const outcomes = await race(() => store.countStart('ses_1', 5));

    expect(findWinners(outcomes)).toHaveLength(5);
    expect(await load()).toMatchObject({ starts: 5 });
  });

  it('lets one of twenty callbacks bring its code', async () => {
    const outcomes = await race((writer) => store.consume('ses_1', `c${writer}`, buildReturned(writer)));

    const winners = findWinners(outcomes);
    expect(winners).toHaveLength(1);
    const winner = winners[0] ?? 0;
    expect(await load()).toMatchObject({ claimId: `c${winner}`, ...buildReturned(winner) });
  });

  it('lets either a yes or a no of the user count', async () => {
    const outcomes = await race((writer) =>
      writer % 2 === 0
        ? store.consume('ses_1', `c${writer}`, buildReturned(writer))
        : store.refuse('ses_1', `c${writer}`, NOW),
    );

    const winners = findWinners(outcomes);
    expect(winners).toHaveLength(1);
    expect((await load())?.status).toBe((winners[0] ?? 0) % 2 === 0 ? 'returned' : 'refused');
  });

  it('lets one of twenty confirm', async () => {
    await change({ status: 'returned' });
    const winners = findWinners(await race((writer) => confirm(`c${writer}`)));

    expect(winners).toHaveLength(1);
    expect(await load()).toMatchObject({ status: 'confirming', claimId: `c${winners[0] ?? ''}` });
  });

  it('lets one of twenty take over a claim that is over', async () => {
    await change({ status: 'confirming', claimId: 'dead', claimedUntilEpochMs: NOW_MS - 1 });

    expect(findWinners(await race((writer) => confirm(`c${writer}`)))).toHaveLength(1);
  });

  it('counts five wrong confirmations of twenty, each with another number of attempts left', async () => {
    await change({ status: 'returned' });
    const outcomes = await race(() => store.countWrongConfirmation('ses_1', 5));

    expect(outcomes.filter((left) => left !== undefined).toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(await load()).toMatchObject({ wrongConfirmations: 5 });
  });

  it('recognizes its own step when the answer was lost', async () => {
    world.faults.add(loseAnswer('UpdateItem'));
    expect(await store.consume('ses_1', 'c1', buildReturned())).toBe(true);
    world.faults.add(loseAnswer('UpdateItem'));
    expect(await confirm('c2')).toBe(true);
    world.faults.add(loseAnswer('UpdateItem'));
    expect(await store.saveAnswer('ses_1', 'c2', ANSWERED)).toBe(true);
    world.faults.add(loseAnswer('UpdateItem'));
    await store.finish('ses_1', 'c2', 'confirmed');

    expect(await load()).toMatchObject({ status: 'confirmed', claimId: 'c2' });
  });

  it('recognizes its own refusal when the answer was lost', async () => {
    world.faults.add(loseAnswer('UpdateItem'));

    expect(await store.refuse('ses_1', 'c1', NOW)).toBe(true);
  });

  it('does not take another’s step for its own when both answers went astray', async () => {
    world.faults.add(loseEveryAnswer('UpdateItem'));
    await expect(store.consume('ses_1', 'c1', buildReturned())).rejects.toMatchObject({
      failure: { reason: 'storage_unavailable' },
    });

    expect(await store.consume('ses_1', 'c2', buildReturned(2))).toBe(false);
    expect(await store.consume('ses_1', 'c1', buildReturned())).toBe(true);
  });

  it('counts a start or a wrong confirmation twice rather than not at all when the answer was lost', async () => {
    world.faults.add(loseAnswer('UpdateItem'));
    expect(await store.countStart('ses_1', 5)).toBe(true);
    expect(await load()).toMatchObject({ starts: 2 });

    await change({ status: 'returned' });
    world.faults.add(loseAnswer('UpdateItem'));
    expect(await store.countWrongConfirmation('ses_1', 5)).toBe(3);
  });

  it('keeps a state whose answer was lost', async () => {
    world.faults.add(loseAnswer('PutItem'));
    await store.saveState(buildState());

    expect(await store.loadState(buildState().stateHash)).toEqual(buildState());
  });

  it('refuses a session or a state of another shape', async () => {
    await store.saveState(buildState());
    await world.raw.change(keys.state(buildState().stateHash), { cookieHash: undefined });
    await expect(store.loadState(buildState().stateHash)).rejects.toThrow();

    for (const broken of [{ status: 'asleep' }, { status: 'open', starts: '1' }, { starts: 0, sealedCode: 'code' }]) {
      await change(broken);
      await expect(load()).rejects.toThrow();
    }
  });
});
