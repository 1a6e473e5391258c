import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack, Validations, type App } from 'aws-cdk-lib/core';
import { Table, AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BUNDLING_STACKS, CDK_APP_MODE_CONTEXT } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { buildApp, STACK_ID } from '../../infra/build-app.ts';

const outdirs: string[] = [];
afterAll(() => {
  for (const outdir of outdirs) rmSync(outdir, { recursive: true });
});

function buildTestApp(): { app: App; stack: Stack } {
  const outdir = mkdtempSync(join(tmpdir(), 'infra-test-'));
  outdirs.push(outdir);
  const app = buildApp({ outdir, context: { [BUNDLING_STACKS]: [], [CDK_APP_MODE_CONTEXT]: 'inmemory' } });
  const stack = app.node.findChild(STACK_ID);
  if (!Stack.isStack(stack)) throw new Error(`${STACK_ID} is not a stack`);
  return { app, stack };
}

describe('policy checks', () => {
  it('find nothing in the stack', () => {
    const { app } = buildTestApp();

    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
    expect(() => app.synth()).not.toThrow();
  });

  it('waive exactly these rules at these constructs, each with a reason of its own', () => {
    const { app } = buildTestApp();
    const waivers = app.node.findAll().flatMap((construct) =>
      construct.node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.entries(z.parse(z.record(z.string(), z.string()), data)))
        .map(([rule, reason]) => ({ path: construct.node.path, rule: rule.replace(/^annotation::/i, ''), reason })),
    );

    const spills =
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:DiscordIntegration/spill/*]';
    expect(waivers.map(({ path, rule }) => [path, rule]).toSorted()).toEqual([
      ['DiscordIntegration/Actions/Channels', spills],
      ['DiscordIntegration/Actions/Guilds', spills],
      ['DiscordIntegration/Actions/Users', spills],
      ['DiscordIntegration/Actions/Webhooks', spills],
      ['DiscordIntegration/Connections', spills],
      ['DiscordIntegration/Gateway', 'AwsSolutions-APIG4'],
      ['DiscordIntegration/Maintenance', spills],
      ['DiscordIntegration/Operator', 'AwsSolutions-IAM5[Resource::*]'],
      ['DiscordIntegration/Operator', spills],
      ['DiscordIntegration/Storage/IntegrationSecret', 'AwsSolutions-SMG4'],
      ['DiscordIntegration/Storage/SetupCode', 'AwsSolutions-SMG4'],
    ]);
    for (const { reason } of waivers) expect(reason.length).toBeGreaterThan(60);
  });

  it('stop the synth at a table without point-in-time recovery', () => {
    const { app, stack } = buildTestApp();
    new Table(stack, 'Careless', { partitionKey: { name: 'pk', type: AttributeType.STRING } });

    expect(() => app.synth()).toThrow(/AwsSolutions-DDB3/);
  });

  it('stop the synth at a wildcard permission', () => {
    const { app, stack } = buildTestApp();
    const role = new Role(stack, 'Careless', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }));

    expect(() => app.synth()).toThrow(/AwsSolutions-IAM5\[Action::dynamodb:\*\]/);
  });
});
