import { describe, expect, it } from 'vitest';
import { NO_NEEDS, defineAction, type ActionDefinition } from '../../../shared/catalogue/action.ts';
import { catalogue } from '../../../shared/catalogue/index.ts';
import { snowflake } from '../../../shared/catalogue/parameters.ts';

const definition: ActionDefinition = {
  id: 'thing.read',
  summary: 'Read a thing',
  method: 'GET',
  path: '/things/{thing_id}',
  operationId: 'get_thing',
  docs: 'https://discord.com/developers/docs/resources/thing#get-thing',
  credential: 'user',
  scopes: ['identify'],
  effect: 'read',
  needs: NO_NEEDS,
  retry: 'idempotent',
  takesAuditLogReason: false,
  example: { pathParameters: { thing_id: '175928847299117063' } },
  place: 'account',
  pathParameters: { thing_id: snowflake },
  query: {},
  successStatuses: [200],
};

/** A path with a schema for each of its parameters. */
const describePath = (path: string) => ({
  path,
  pathParameters: Object.fromEntries([...path.matchAll(/\{([a-z_]+)\}/g)].map(([, name = '']) => [name, snowflake])),
});

describe('defineAction', () => {
  it('takes an entry whose path and schemas agree, and freezes it', () => {
    expect(Object.isFrozen(defineAction({ ...definition }))).toBe(true);
  });

  it.each([
    ['a name without a schema', { pathParameters: {} }],
    ['a schema without a name', { path: '/things' }],
    ['a name that is spelled otherwise', { pathParameters: { thingId: snowflake } }],
    ['a name twice', { path: '/things/{thing_id}/{thing_id}' }],
  ])('refuses %s', (_, change) => {
    expect(() => defineAction({ ...definition, ...change })).toThrow(/^thing\.read: path names/);
  });
});

describe('the place of an action', () => {
  it.each([
    ['account', '/things'],
    ['all_guilds', '/things'],
    ['guild', '/guilds/{guild_id}/things'],
    ['channel', '/channels/{channel_id}/things'],
    ['channel', '/guilds/{guild_id}/channels/{channel_id}'],
  ] as const)('is %s for %s', (place, path) => {
    expect(defineAction({ ...definition, ...describePath(path), place })).toMatchObject({ place, path });
  });

  it.each([
    ['account', '/guilds/{guild_id}'],
    ['all_guilds', '/guilds/{guild_id}'],
    ['channel', '/guilds/{guild_id}'],
    ['guild', '/channels/{channel_id}'],
    ['guild', '/guilds/{guild_id}/channels/{channel_id}'],
    ['guild', '/things'],
    ['channel', '/things'],
  ] as const)('is never %s for %s: limits would not hold', (place, path) => {
    expect(() => defineAction({ ...definition, ...describePath(path), place })).toThrow(/its place is/);
  });
});

describe('the catalogue', () => {
  it('has each id, each operation and each request once', () => {
    for (const keyOf of [
      (action: ActionDefinition) => action.id,
      (action: ActionDefinition) => action.operationId,
      (action: ActionDefinition) => `${action.method} ${action.path}`,
    ]) {
      expect(new Set(catalogue.map(keyOf)).size).toBe(catalogue.length);
    }
  });

  it('names actions resource.verb', () => {
    for (const { id } of catalogue) expect(id).toMatch(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/);
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(catalogue) && catalogue.every(Object.isFrozen)).toBe(true);
  });

  it('calls reading what Discord reads, and nothing else', () => {
    for (const { effect, method } of catalogue) expect(effect === 'read').toBe(method === 'GET');
  });
});
