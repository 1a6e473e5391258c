import { beforeAll, describe, expect, it } from 'vitest';
import type { CallerReader, ConnectionTokenStore } from '../../shared/app/ports.ts';
import type { ConnectionToken } from '../../shared/domain/connection-token.ts';
import { createCallerReader } from '../../shared/edges/caller-reader.ts';
import { createConnectionStore } from '../../shared/edges/connection-store.ts';
import { createConnectionTokenStore } from '../../shared/edges/connection-token-store.ts';
import { createApiKeyStore } from '../../shared/edges/integration-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { findWinners, race } from './race.ts';
import { buildApiKey, buildConnection, buildConnectionId, NOW } from './records.ts';

const CONNECTION_ID = buildConnectionId(1);

const buildToken = (changes: Partial<ConnectionToken> = {}): ConnectionToken => ({
  tokenId: 't',
  connectionId: CONNECTION_ID,
  tenantId: 'acme',
  keyId: '1',
  hash: 'ab'.repeat(32),
  createdAtEpochSeconds: NOW,
  expiresAtEpochSeconds: NOW + 600,
  ...changes,
});

describe('the connection token store', () => {
  const world = useStoreWorld();
  let store: ConnectionTokenStore;
  let reader: CallerReader;
  beforeAll(() => {
    store = createConnectionTokenStore(world.table);
    reader = createCallerReader(world.table);
  });
  const load = async (tokenId = 't') =>
    (await reader.loadCallerAndConnection({ keyId: '1', tokenId }, undefined)).token;

  it('makes a token once, its limits with it, empty ones too', async () => {
    const token = buildToken({ actions: ['users.me'], guildIds: [], channelIds: ['5'] });
    expect(await load()).toBeUndefined();
    expect(await store.create(token)).toBe(true);
    expect(await store.create(buildToken())).toBe(false);

    expect(await load()).toEqual(token);
  });

  it('lets one of twenty win who drew the same id', async () => {
    const outcomes = await race((writer) => store.create(buildToken({ hash: `${writer}` })));

    const winners = findWinners(outcomes);
    expect(winners).toHaveLength(1);
    expect(await load()).toMatchObject({ hash: `${winners[0] ?? ''}` });
  });

  it('recognizes the token that it made itself when the answer was lost', async () => {
    world.faults.add(loseAnswer('PutItem'));

    expect(await store.create(buildToken())).toBe(true);
  });

  it('revokes a token for good: the first moment stays', async () => {
    await store.create(buildToken());
    world.faults.add(loseAnswer('UpdateItem'));
    expect(await store.revoke('t', CONNECTION_ID, NOW + 1)).toBe(true);
    expect(await store.revoke('t', CONNECTION_ID, NOW + 2)).toBe(true);

    expect(await load()).toEqual(buildToken({ revokedAtEpochSeconds: NOW + 1 }));
  });

  it('does not revoke another connection’s token, nor make one by revoking', async () => {
    await store.create(buildToken());

    expect(await store.revoke('t', buildConnectionId(2), NOW)).toBe(false);
    expect(await store.revoke('none', CONNECTION_ID, NOW)).toBe(false);
    expect(await load()).toEqual(buildToken());
    expect(await world.raw.scan()).toHaveLength(1);
  });

  it('is read with key and connection in one round trip, whatever of them there is', async () => {
    const ids = { keyId: '1', tokenId: 't' };
    expect(await reader.loadCallerAndConnection(ids, CONNECTION_ID)).toEqual({
      key: undefined,
      token: undefined,
      connection: undefined,
    });

    await createApiKeyStore(world.table).create(buildApiKey('1'));
    await store.create(buildToken());
    const connection = await createConnectionStore(world.table).save(buildConnection());
    world.requests.clear();
    const all = { key: buildApiKey('1'), token: buildToken(), connection };
    expect(await reader.loadCallerAndConnection(ids, CONNECTION_ID)).toEqual(all);
    expect(await reader.loadCallerAndConnection({ keyId: '1' }, CONNECTION_ID)).toEqual({ ...all, token: undefined });
    expect(await reader.loadCallerAndConnection(ids, undefined)).toEqual({ ...all, connection: undefined });
    expect(world.requests.counts()).toEqual({ 'dynamodb.BatchGetItem': 3 });

    world.faults.add({ service: 'dynamodb', operation: 'BatchGetItem', unprocessed: true, match: 'TOKEN#', times: 2 });
    expect(await reader.loadCallerAndConnection(ids, CONNECTION_ID)).toEqual(all);
  });

  it('refuses a token of another shape', async () => {
    await store.create(buildToken());
    await world.raw.change(keys.token('t'), { guildIds: '5' });

    await expect(load()).rejects.toThrow();
  });
});
