import { describe, expect, it } from 'vitest';
import { defineAction, type ActionDefinition } from '../../../shared/catalogue/action.ts';
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
  pathParameters: { thing_id: snowflake },
  query: {},
  successStatuses: [200],
};

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
