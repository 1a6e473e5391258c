import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectSessionStore } from '../../shared/app/ports.ts';
import type { ConnectSessionStatus } from '../../shared/domain/connect-session.ts';
import { createConnectSessionStore } from '../../shared/edges/connect-session-store.ts';
import { createIntegrationStore } from '../../shared/edges/integration-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { buildIntegration, buildSealed, buildSession, buildState, NOW } from './records.ts';

const NOW_MS = NOW * 1000;
const RETURNED = {
  sealedCode: buildSealed('code'),
  confirmationHash: '12'.repeat(32),
  returnedAtEpochSeconds: NOW + 5,
  expiresAtEpochSeconds: NOW + 3600,
};
const ANSWERED = {
  sealedAnswer: buildSealed('answer'),
  confirmableUntilEpochSeconds: NOW + 3600,
  expiresAtEpochSeconds: NOW + 7200,
};
const STATUSES: readonly ConnectSessionStatus[] = [
  'open',
  'returned',
  'confirming',
  'confirmed',
  'refused',
  'burnt',
  'failed',
];

describe('the connect session store', () => {
  const world = useStoreWorld();
  let store: ConnectSessionStore;
  beforeAll(() => {
    store = createConnectSessionStore(world.table);
  });
  beforeEach(() => store.create(buildSession()));
  const load = () => store.load('ses_1');
  const put = (status: ConnectSessionStatus) => world.raw.change(keys.session('ses_1'), { status, claimId: 'c' });

  it('keeps a session, and finds it with the integration in one read', async () => {
    expect(await load()).toEqual(buildSession());
    expect(await store.load('ses_2')).toBeUndefined();
    expect(await store.loadWithIntegration('ses_1')).toEqual({ session: buildSession(), integration: undefined });

    await createIntegrationStore(world.table).save(buildIntegration(), 0);
    expect(await store.loadWithIntegration('ses_1')).toEqual({
      session: buildSession(),
      integration: buildIntegration(),
    });
    expect((await store.loadWithIntegration('ses_2')).session).toBeUndefined();
  });

  it('keeps what a session may name besides', async () => {
    const named = buildSession({ id: 'ses_3', permissions: '8', guildId: '9', connectionId: 'con_1' });
    await store.create(named);

    expect(await store.load('ses_3')).toEqual(named);
  });

  it('keeps a state until it is deleted, twice if need be', async () => {
    const { stateHash } = buildState();
    await store.saveState(buildState());
    expect(await store.loadState(stateHash)).toEqual(buildState());
    await store.deleteState(stateHash);
    await store.deleteState(stateHash);

    expect(await store.loadState(stateHash)).toBeUndefined();
  });

  it('goes the way of a connection: open, returned, confirming, confirmed', async () => {
    expect(await store.countStart('ses_1', 5)).toBe(true);
    expect(await store.consume('ses_1', 'c1', RETURNED)).toBe(true);
    expect(await load()).toEqual(buildSession({ status: 'returned', starts: 1, claimId: 'c1', ...RETURNED }));
    expect(await store.claimConfirmation('ses_1', 'c2', NOW_MS, NOW_MS + 30_000)).toBe(true);
    expect(await store.saveAnswer('ses_1', 'c2', ANSWERED)).toBe(true);
    const { sealedCode: _used, ...rest } = { ...RETURNED, ...ANSWERED };
    const answered = buildSession({ ...rest, status: 'confirming', starts: 1, claimId: 'c2' });
    expect(await load()).toEqual({ ...answered, claimedUntilEpochMs: NOW_MS + 30_000 });

    await store.finish('ses_1', 'c2', 'confirmed');
    const { confirmationHash: _over, sealedAnswer: _stored, ...left } = answered;
    expect(await load()).toEqual({ ...left, status: 'confirmed' });
  });

  it('goes back to returned when a claim is given back, by its holder only', async () => {
    await store.consume('ses_1', 'c1', RETURNED);
    await store.claimConfirmation('ses_1', 'c2', NOW_MS, NOW_MS + 30_000);
    await store.releaseConfirmation('ses_1', 'c3');
    expect(await load()).toMatchObject({ status: 'confirming', claimId: 'c2' });

    await store.releaseConfirmation('ses_1', 'c2');
    expect(await load()).toEqual(buildSession({ status: 'returned', claimId: 'c2', ...RETURNED }));
  });

  it('passes a claim on when its time is over, not at that very moment, and the first can do nothing more', async () => {
    await store.consume('ses_1', 'c1', RETURNED);
    await store.claimConfirmation('ses_1', 'c2', NOW_MS, NOW_MS + 30_000);

    expect(await store.claimConfirmation('ses_1', 'c3', NOW_MS + 30_000, NOW_MS + 60_000)).toBe(false);
    expect(await store.claimConfirmation('ses_1', 'c3', NOW_MS + 30_001, NOW_MS + 60_000)).toBe(true);
    expect(await store.saveAnswer('ses_1', 'c2', ANSWERED)).toBe(false);
    await store.finish('ses_1', 'c2', 'failed');
    await store.releaseConfirmation('ses_1', 'c2');
    expect(await load()).toMatchObject({ status: 'confirming', claimId: 'c3', sealedCode: RETURNED.sealedCode });
  });

  it('is refused once, and keeps nothing of a code', async () => {
    expect(await store.refuse('ses_1', 'c1', NOW + 60)).toBe(true);
    expect(await store.consume('ses_1', 'c2', RETURNED)).toBe(false);

    const expiresAtEpochSeconds = NOW + 60;
    expect(await load()).toEqual(buildSession({ status: 'refused', claimId: 'c1', expiresAtEpochSeconds }));
  });

  // Which steps each status allows; whatever is not named is refused and changes nothing.
  const steps: [string, readonly ConnectSessionStatus[], () => Promise<unknown>][] = [
    ['countStart', ['open'], () => store.countStart('ses_1', 5)],
    ['consume', ['open'], () => store.consume('ses_1', 'x', RETURNED)],
    ['refuse', ['open'], () => store.refuse('ses_1', 'x', NOW)],
    ['countWrongConfirmation', ['returned', 'confirming'], () => store.countWrongConfirmation('ses_1', 5)],
    ['claimConfirmation', ['returned'], () => store.claimConfirmation('ses_1', 'x', NOW_MS, NOW_MS + 1)],
    ['releaseConfirmation', ['confirming'], () => store.releaseConfirmation('ses_1', 'c')],
    ['saveAnswer', ['confirming'], () => store.saveAnswer('ses_1', 'c', ANSWERED)],
    ['finish', ['confirming'], () => store.finish('ses_1', 'c', 'burnt')],
  ];
  it.each(steps)('does %s in %j only', async (_name, allowed, step) => {
    for (const status of STATUSES) {
      await put(status);
      const before = await world.raw.load(keys.session('ses_1'));
      const outcome = await step();
      const after = await world.raw.load(keys.session('ses_1'));
      if (allowed.includes(status)) expect(after, status).not.toEqual(before);
      else expect([outcome || undefined, after], status).toEqual([undefined, before]);
    }
  });

  it.each(steps)('does not make a session by %s where there is none', async (_name, _allowed, step) => {
    await world.raw.empty();

    expect((await step()) || undefined).toBeUndefined();
    expect(await world.raw.scan()).toEqual([]);
  });
});
