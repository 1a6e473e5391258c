import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionStore } from '../../shared/app/ports.ts';
import type { Connection } from '../../shared/domain/connection.ts';
import { createConnectionStore } from '../../shared/edges/connection-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer, loseEveryAnswer } from './faults.ts';
import { findWinners, race } from './race.ts';
import { buildConnection, buildConnectionId, buildSealed, NOW } from './records.ts';

const ID = buildConnectionId(1);

/** Four calls each. */
const RUNS = (fc.readConfigureGlobal().numRuns ?? 100) / 4;

/** Text as Discord and apps send it: any script, quotes, emoji, empty. */
const text = fc.string({ unit: 'grapheme', maxLength: 40 });

/** As JSON gives it: with a prototype. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T>(model, { noNullPrototype: true });

const anyConnection: fc.Arbitrary<Connection> = fc
  .record({
    userId: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    discordUser: record({ id: text, username: text, globalName: fc.option(text) }),
    scopes: fc.array(text, { maxLength: 4 }),
    guilds: fc.array(record({ id: text, name: text }), { maxLength: 4 }),
    tokensVersion: fc.nat(),
    tokenExpiresAtEpochSeconds: fc.integer({ min: NOW, max: 8_640_000_000_000 }),
  })
  .map(buildConnection);

describe('the connection store', () => {
  const world = useStoreWorld();
  let store: ConnectionStore;
  beforeAll(() => {
    store = createConnectionStore(world.table);
  });

  it('counts each save and gives back what it stored', async () => {
    expect(await store.load(ID)).toBeUndefined();
    const first = await store.save(buildConnection());
    expect(first).toEqual(buildConnection({ revision: 1 }));
    const second = first && (await store.save({ ...first, scopes: ['identify', 'guilds'] }));
    expect(second).toEqual(buildConnection({ revision: 2, scopes: ['identify', 'guilds'] }));
    expect(await store.load(ID)).toEqual(second);
  });

  it('forgets an attribute that the next save leaves out', async () => {
    const webhooks = [{ id: '5', channelId: '6', guildId: '7', sealedToken: buildSealed() }];
    const first = await store.save(buildConnection({ statusReason: 'grant_dead', webhooks }));
    const { sealedTokens: _gone, statusReason: _over, ...rest } = first ?? buildConnection();
    await store.save(rest);

    expect(await store.load(ID)).toEqual({ ...rest, revision: 2 });
    expect(await world.raw.load(keys.connection(ID))).not.toHaveProperty('sealedTokens');
  });

  it('saves over the revision that was read and over no other', async () => {
    await store.save(buildConnection());

    expect(await store.save(buildConnection({ userId: 'second' }))).toBeUndefined();
    expect(await store.save(buildConnection({ revision: 2 }))).toBeUndefined();
    expect(await store.load(ID)).toEqual(buildConnection({ revision: 1 }));
  });

  it('does not bring back a connection that is gone', async () => {
    expect(await store.save(buildConnection({ revision: 1 }))).toBeUndefined();
    expect(await store.load(ID)).toBeUndefined();
  });

  it.each([0, 1])('lets one of twenty writers win who all read revision %i', async (revision) => {
    if (revision === 1) await store.save(buildConnection());
    const outcomes = await race((writer) => store.save(buildConnection({ revision, tokensVersion: 100 + writer })));

    const winners = findWinners(outcomes);
    expect(winners).toHaveLength(1);
    const stored = await store.load(ID);
    expect(stored).toEqual(outcomes[winners[0] ?? 0]);
    expect(stored).toMatchObject({ revision: revision + 1, tokensVersion: 100 + (winners[0] ?? 0) });
  });

  it.each([0, 1])('recognizes its own save over revision %i when the answer was lost', async (revision) => {
    if (revision === 1) await store.save(buildConnection());
    world.faults.add(loseAnswer('PutItem'));
    const saved = await store.save(buildConnection({ revision, tokensVersion: 7, statusReason: 'ü🎉' }));

    expect(saved).toEqual(buildConnection({ revision: revision + 1, tokensVersion: 7, statusReason: 'ü🎉' }));
    expect(await store.load(ID)).toEqual(saved);
  });

  it('does not take another’s save for its own when its own answer was lost and the other came in between', async () => {
    const first = await store.save(buildConnection());
    world.between.afterNext('PutItem', async () => {
      const other = createConnectionStore(world.table);
      const stored = await other.load(ID);
      expect(await other.save({ ...buildConnection(), ...stored, tokensVersion: 9 })).toBeDefined();
    });
    world.faults.add(loseAnswer('PutItem'));

    expect(await store.save({ ...buildConnection(), ...first, tokensVersion: 8 })).toBeUndefined();
    expect(await store.load(ID)).toMatchObject({ revision: 3, tokensVersion: 9 });
  });

  it('says that the storage is down when no answer comes, and the caller finds his write by reading', async () => {
    world.faults.add(loseEveryAnswer('PutItem'));

    await expect(store.save(buildConnection())).rejects.toMatchObject({ failure: { reason: 'storage_unavailable' } });
    expect(await store.load(ID)).toEqual(buildConnection({ revision: 1 }));
  });

  it('keeps whatever a user or guild may be called', async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(anyConnection, async (drawn) => {
        const connection = { ...drawn, id: buildConnectionId((number += 1)) };
        const saved = await store.save(connection);
        expect(saved).toEqual({ ...connection, revision: 1 });
        expect(await store.load(connection.id)).toStrictEqual(saved);
        const listed = await store.list('acme', { userId: connection.userId, limit: 100 });
        expect(listed?.connections).toContainEqual(saved);
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['another status', { status: 'asleep' }],
    ['a pair of tokens that is not sealed', { sealedTokens: 'access' }],
    ['a revision that is text', { revision: '1' }],
    ['no user', { userId: undefined }],
    ['a webhook without a channel', { webhooks: [{ id: '1', guildId: '2' }] }],
  ])('refuses an item with %s', async (_name, change) => {
    await store.save(buildConnection());
    await world.raw.change(keys.connection(ID), change);

    await expect(store.load(ID)).rejects.toThrow();
    await expect(store.list('acme', { limit: 10 })).rejects.toThrow();
  });

  it('drops attributes that it does not know', async () => {
    const saved = await store.save(buildConnection());
    await world.raw.change(keys.connection(ID), { fromALaterVersion: new Set(['a']) });

    expect(await store.load(ID)).toStrictEqual(saved);
  });
});
