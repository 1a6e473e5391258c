import { Stack } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { DiscordIntegration } from '../../infra/index.ts';
import { synthesizeConstruct } from './synthesize-construct.ts';

describe('the name of a deployment in somebody’s own stack', () => {
  const { template, violations } = synthesizeConstruct((app) => {
    const stack = new Stack(app, 'Theirs');
    new DiscordIntegration(stack, 'Community (EU): Discord*');
    return stack;
  });
  const path = 'Community (EU): Discord*/Connections';

  it('has only what the name of a secret may have, since spilled tokens are named after it', () => {
    expect(template.environmentOf(path)).toMatchObject({ DEPLOYMENT_NAME: 'Theirs/Community--EU---Discord-' });
  });

  it('is the same in the permission for these secrets, which has no other wildcard than the last', () => {
    const resources = template.statementsOf(path).map(({ resource }) => JSON.stringify(resource));
    const withWildcard = resources.filter((resource) => resource.includes('*'));

    expect(withWildcard).toEqual([
      expect.stringMatching(/":secret:Theirs\/Community--EU---Discord-\/spill\/\*"\]\]\}$/),
    ]);
  });

  it('passes the policy checks', () => {
    expect(violations).toEqual([]);
  });
});
