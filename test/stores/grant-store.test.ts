import { beforeAll, describe, expect, it } from 'vitest';
import type { GrantStore } from '../../shared/app/ports.ts';
import { createGrantStore } from '../../shared/edges/grant-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { findWinners, race, WRITERS } from './race.ts';
import { NOW } from './records.ts';

/** Seconds after which the mark of a revocation counts as left behind. */
const STALE = 300;

describe('the grant store', () => {
  const world = useStoreWorld();
  let store: GrantStore;
  beforeAll(() => {
    store = createGrantStore(world.table);
  });

  const add = (member: string, at = NOW) => store.add('app', 'user', member, at);
  const leave = (member: string, at = NOW) =>
    store.leaveAndClaimRevocation('app', 'user', (each) => each === member, at);
  const load = () => store.load('app', 'user');
  const loadItem = () => world.raw.load(keys.grant('app', 'user'));

  it('collects members as a set, in order, each once', async () => {
    expect(await load()).toEqual([]);
    for (const member of ['b', 'a', 'b']) expect(await add(member)).toBe(true);

    expect(await load()).toEqual(['a', 'b']);
    expect(await store.load('app', 'other')).toEqual([]);
    expect(await store.load('other', 'user')).toEqual([]);
  });

  it('keeps all of twenty members that join at once', async () => {
    const outcomes = await race((writer) => add(`m${writer}`));

    expect(findWinners(outcomes)).toHaveLength(WRITERS);
    expect(await load()).toHaveLength(WRITERS);
    expect((await loadItem())?.['version']).toBe(WRITERS);
  });

  it('lets the last member take the set with it: an empty set does not exist', async () => {
    for (const member of ['a', 'b', 'c']) await add(member);
    await store.remove('app', 'user', ['a', 'b', 'absent']);
    expect(await loadItem()).toMatchObject({ members: new Set(['c']) });
    await store.remove('app', 'user', ['c']);

    expect(await loadItem()).toEqual({ ...keys.grant('app', 'user'), version: 5 });
    expect(await load()).toEqual([]);
    expect(await add('d')).toBe(true);
    expect(await load()).toEqual(['d']);
  });

  it('takes out nobody, which DynamoDB has no empty set for, without a call', async () => {
    await store.remove('app', 'user', []);

    expect(world.requests.counts()).toEqual({});
  });

  it('claims the revocation with the last member and not before', async () => {
    await add('a');
    await add('b');
    expect(await leave('a')).toBe(false);
    expect(await load()).toEqual(['b']);
    expect(await loadItem()).not.toHaveProperty('revokingSinceEpochSeconds');

    expect(await leave('b')).toBe(true);
    const marked = { ...keys.grant('app', 'user'), revokingSinceEpochSeconds: NOW };
    expect(await loadItem()).toEqual({ ...marked, version: 5 });
  });

  it('takes all out whom the caller names, and leaves the others in', async () => {
    for (const member of ['a:1', 'a:2', 'b:1']) await add(member);

    expect(await store.leaveAndClaimRevocation('app', 'user', (each) => each.startsWith('a:'), NOW)).toBe(false);
    expect(await load()).toEqual(['b:1']);
    expect(await leave('absent')).toBe(false);
    expect(await load()).toEqual(['b:1']);
  });

  it('leaves nobody behind of twenty who leave at once, and tells at least one that he was the last', async () => {
    await race((writer) => add(`m${writer}`));
    const outcomes = await race((writer) => leave(`m${writer}`));

    expect(findWinners(outcomes).length).toBeGreaterThan(0);
    expect(await load()).toEqual([]);
    expect(await add('n')).toBe(false);
  });

  it('tells nobody that he was the last while one stays', async () => {
    await race((writer) => add(`m${writer}`));
    await add('stays');

    expect(findWinners(await race((writer) => leave(`m${writer}`)))).toEqual([]);
    expect(await load()).toEqual(['stays']);
  });

  it('lets nobody join while it is being revoked, and everybody when the revocation was left behind', async () => {
    await add('a');
    await leave('a');

    expect(await add('b')).toBe(false);
    expect(await add('b', NOW + STALE)).toBe(false);
    expect(await add('b', NOW + STALE + 1)).toBe(true);
    expect(await loadItem()).not.toHaveProperty('revokingSinceEpochSeconds');
  });

  it.each(['GetItem', 'UpdateItem'])('does not let revoke what somebody joined after the %s', async (operation) => {
    await add('a');
    world.between.afterNext(operation, () => add('b'));

    expect(await leave('a')).toBe(false);
    expect(await load()).toEqual(['b']);
    expect(await loadItem()).not.toHaveProperty('revokingSinceEpochSeconds');
  });

  it('is gone after the revocation, unless somebody has taken it over', async () => {
    await add('a');
    await leave('a');
    await store.finishRevocation('app', 'user');
    expect(await loadItem()).toBeUndefined();
    expect(await add('b')).toBe(true);

    await store.finishRevocation('app', 'user');
    expect(await load()).toEqual(['b']);
  });

  it('does not end a revocation that never was', async () => {
    await store.finishRevocation('app', 'user');

    expect(await world.raw.scan()).toEqual([]);
  });

  it('does not forget who is there, whatever mark there is', async () => {
    await add('a');
    await world.raw.change(keys.grant('app', 'user'), { revokingSinceEpochSeconds: NOW });
    await store.finishRevocation('app', 'user');

    expect(await load()).toEqual(['a']);
  });

  it('claims the revocation of a grant that nobody had noted', async () => {
    expect(await leave('a')).toBe(true);
    expect(await add('b')).toBe(false);
  });

  it('lets a member join once when the answer was lost', async () => {
    world.faults.add(loseAnswer('UpdateItem'));

    expect(await add('a')).toBe(true);
    expect(await load()).toEqual(['a']);
  });

  it.each([
    ['of the removal', ':members'],
    ['of the claim', ':now'],
  ])('claims all the same when the answer %s was lost', async (_name, match) => {
    await add('a');
    world.faults.add(loseAnswer('UpdateItem', match));

    expect(await leave('a')).toBe(true);
    expect(await loadItem()).toMatchObject({ revokingSinceEpochSeconds: NOW });
  });

  it('ends a revocation once when the answer was lost', async () => {
    await add('a');
    await leave('a');
    world.faults.add(loseAnswer('DeleteItem'));
    await store.finishRevocation('app', 'user');

    expect(await loadItem()).toBeUndefined();
  });
});
