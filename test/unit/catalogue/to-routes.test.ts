import { describe, expect, it } from 'vitest';
import type { ActionDefinition } from '../../../shared/catalogue/action.ts';
import { catalogue } from '../../../shared/catalogue/index.ts';
import { requireRouteGroup, toRoutes } from '../../../shared/catalogue/to-routes.ts';

const [userRead] = catalogue;

describe('toRoutes', () => {
  it('has one group for each first segment, in catalogue order, with every action in one of them', () => {
    if (userRead === undefined) throw new Error('the catalogue is empty');
    const elsewhere: ActionDefinition = { ...userRead, id: 'guild.read', path: '/guilds/x' };
    const groups = toRoutes([userRead, elsewhere, { ...userRead, id: 'user.other' }]);

    expect(groups.map(({ name, actions }) => [name, actions.map(({ id }) => id)])).toEqual([
      ['users', ['user.read', 'user.other']],
      ['guilds', ['guild.read']],
    ]);
    expect(groups[1]?.routeKey).toBe('ANY /connections/{connection_id}/api/v10/guilds/{discord_path+}');
  });
});

describe('requireRouteGroup', () => {
  it('finds a group by name and names one that is not there', () => {
    const { actions } = requireRouteGroup(catalogue, 'users');

    expect(actions).toContain(userRead);
    expect(actions.filter(({ path }) => !path.startsWith('/users/'))).toEqual([]);
    expect(() => requireRouteGroup(catalogue, 'lobbies')).toThrow('the catalogue has no action below /lobbies');
  });
});
