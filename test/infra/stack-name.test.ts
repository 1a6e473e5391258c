import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { describe, expect, it } from 'vitest';
import { DeploymentContextError, parseStackName } from '../../infra/deployment-context.ts';
import { loadAssembly } from '../../infra/local/gateway/load-assembly.ts';
import { synthesize } from '../../infra/synth.ts';

describe('the name of the stack', () => {
  it('is DiscordIntegration unless another one is chosen', () => {
    expect(parseStackName()).toBe('DiscordIntegration');
    expect(parseStackName('discord-test')).toBe('discord-test');
  });

  it.each(['', '1st', '-x', 'a_b', 'a b', 'ä', 'a'.repeat(129), 7, null])('can not be %j', (name) => {
    expect(() => parseStackName(name)).toThrow(DeploymentContextError);
    expect(() => parseStackName(name)).toThrow(/^context stackName: /);
  });

  it('tells deployments in one account apart, and changes neither paths nor logical ids', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'infra-test-'));
    try {
      const named = synthesize({ outdir, context: { [BUNDLING_STACKS]: [], stackName: 'discord-test' } });
      const assembly = await loadAssembly(outdir);

      expect(named.stackName).toBe('discord-test');
      expect(assembly.stackName).toBe('discord-test');
      expect(assembly.template.Resources['Table']?.Metadata['aws:cdk:path']).toBe(
        'DiscordIntegration/Storage/Table/Resource',
      );
      const apis = Object.values(assembly.template.Resources).filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Api');
      expect(apis.map(({ Properties }) => Properties['Name'])).toEqual(['discord-test']);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
});
