import { beforeAll, describe, expect, it } from 'vitest';
import type { CallerReader } from '../../shared/app/ports.ts';
import { createCallerReader } from '../../shared/edges/caller-reader.ts';
import { createConnectSessionStore } from '../../shared/edges/connect-session-store.ts';
import { createConnectionStore } from '../../shared/edges/connection-store.ts';
import { createApiKeyStore, createIntegrationStore } from '../../shared/edges/integration-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { buildApiKey, buildConnection, buildConnectionId, buildIntegration, buildSession } from './records.ts';

describe('the caller reader', () => {
  const world = useStoreWorld();
  let reader: CallerReader;
  beforeAll(() => {
    reader = createCallerReader(world.table);
  });

  const storeAll = async () => {
    await createApiKeyStore(world.table).create(buildApiKey('1'));
    await createIntegrationStore(world.table).save(buildIntegration(), 0);
    await createConnectSessionStore(world.table).create(buildSession());
    const connection = await createConnectionStore(world.table).save(buildConnection());
    world.requests.clear();
    return connection;
  };
  const load = {
    connection: () => reader.loadKeyAndConnection('1', buildConnectionId(1)),
    session: () => reader.loadKeyAndSession('1', 'ses_1'),
    integration: () => reader.loadKeyAndIntegration('1'),
  };

  it('finds the key and what the call is about in one round trip', async () => {
    const connection = await storeAll();

    expect(await load.connection()).toEqual({ key: buildApiKey('1'), connection });
    expect(await load.session()).toEqual({ key: buildApiKey('1'), session: buildSession() });
    expect(await load.integration()).toEqual({ key: buildApiKey('1'), integration: buildIntegration() });
    expect(world.requests.counts()).toEqual({ 'dynamodb.BatchGetItem': 3 });
    expect(await reader.loadKey('1')).toEqual(buildApiKey('1'));
  });

  it('finds nothing where nothing is', async () => {
    expect(await load.connection()).toEqual({ key: undefined, connection: undefined });
    expect(await load.session()).toEqual({ key: undefined, session: undefined });
    expect(await load.integration()).toEqual({ key: undefined, integration: undefined });
    expect(await reader.loadKey('1')).toBeUndefined();
  });

  it('does not mix up which of the two is missing', async () => {
    const connection = await storeAll();
    await world.raw.remove(keys.apiKey('1'));
    expect(await load.connection()).toEqual({ key: undefined, connection });

    await createApiKeyStore(world.table).create(buildApiKey('1'));
    await world.raw.remove(keys.connection(buildConnectionId(1)));
    expect(await load.connection()).toEqual({ key: buildApiKey('1'), connection: undefined });
  });

  it.each(['APIKEY#1', 'CONNECTION#'])(
    'asks again for an unprocessed %s instead of taking it for absent',
    async (match) => {
      const connection = await storeAll();
      world.faults.add({ service: 'dynamodb', operation: 'BatchGetItem', unprocessed: true, match, times: 2 });

      expect(await load.connection()).toEqual({ key: buildApiKey('1'), connection });
      expect(world.requests.counts()).toEqual({ 'dynamodb.BatchGetItem': 3 });
    },
  );

  it('refuses a key or a connection of another shape', async () => {
    await storeAll();
    await world.raw.change(keys.apiKey('1'), { tenantId: undefined });
    await expect(load.connection()).rejects.toThrow();

    await world.raw.change(keys.apiKey('1'), { tenantId: 'acme' });
    await world.raw.change(keys.connection(buildConnectionId(1)), { status: 'asleep' });
    await expect(load.connection()).rejects.toThrow();
  });
});
