import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { synthesize } from '../../infra/synth.ts';
import { SynthesizedTemplate, synthesizeTemplate } from './synthesized-template.ts';

/** Values of the right shape for all that a function may be told; loading it must reach for nothing else. */
const LOAD_ENV = {
  AWS_REGION: 'eu-central-1',
  TABLE_NAME: 'Table',
  TOKEN_KEY_ARN: 'arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000000',
  INTEGRATION_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:IntegrationSecret-AbCdEf',
  SETUP_CODE_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:SetupCode-AbCdEf',
  PUBLIC_BASE_URL: 'https://gateway.example',
  DEPLOYMENT_NAME: 'DiscordIntegration',
  DISCORD_BASE_URL: 'https://discord.com',
};

const outdir = mkdtempSync(join(tmpdir(), 'infra-test-'));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

const { directory, template: raw } = synthesize({
  outdir,
  context: { architecture: 'x86_64', discordBaseUrl: 'http://127.0.0.1:4000' },
});
const bundled = new SynthesizedTemplate(raw);
const template = synthesizeTemplate();
const functions = template.ofType('AWS::Lambda::Function');

/** Bundle directories by construct path of the function. */
const bundles = bundled.ofType('AWS::Lambda::Function').map((fn): [string, string] => {
  const { 'aws:cdk:path': path, 'aws:asset:path': asset } = fn.Metadata;
  if (asset === undefined) throw new Error(`${path} has no asset metadata`);
  return [path, join(directory, asset)];
});

describe('RouteFunction', () => {
  it('runs on Node 24 and arm64, unless x86_64 is chosen', () => {
    for (const fn of functions) {
      expect(fn.Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
      });
    }
    for (const fn of bundled.ofType('AWS::Lambda::Function')) {
      expect(fn.Properties).toMatchObject({ Architectures: ['x86_64'] });
    }
  });

  it('ends before API Gateway gives up at 30 s, and the scheduled one before the next run begins', () => {
    for (const fn of functions) {
      const { Timeout } = z.parse(z.object({ Timeout: z.number() }), fn.Properties);
      const isScheduled = fn.Metadata['aws:cdk:path'].startsWith('DiscordIntegration/Maintenance/');
      expect(Timeout).toBeLessThanOrEqual(isScheduled ? 240 : 29);
    }
  });

  it('logs to its own group, kept 90 days and longer than the stack, but not after a failed first deployment', () => {
    const groups = functions.map((fn) =>
      z.parse(z.object({ LogGroup: z.object({ Ref: z.string() }) }), fn.Properties?.LoggingConfig),
    );

    expect(new Set(groups.map(({ LogGroup }) => LogGroup.Ref)).size).toBe(functions.length);
    for (const group of template.ofType('AWS::Logs::LogGroup')) {
      expect(group).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', Properties: { RetentionInDays: 90 } });
    }
  });

  it('is told its own address by the template, and which Discord to use', () => {
    const endpoint = { 'Fn::GetAtt': [template.one('AWS::ApiGatewayV2::Api', 'Gateway').logicalId, 'ApiEndpoint'] };

    for (const path of ['Authorize', 'Callback', 'Connections', 'Maintenance', 'Actions/Users']) {
      expect(template.environmentOf(path)).toMatchObject({
        TABLE_NAME: { Ref: 'Table' },
        PUBLIC_BASE_URL: endpoint,
        DISCORD_BASE_URL: 'https://discord.com',
      });
      expect(bundled.environmentOf(path)).toMatchObject({ DISCORD_BASE_URL: 'http://127.0.0.1:4000' });
    }
  });

  it('is told the token key, the secret and where the set-up code lies only where it may use them', () => {
    const named = (variable: string) =>
      ['Authorize', 'Callback', 'Connections', 'Maintenance', 'Operator', 'Portal', 'Actions/Users'].filter(
        (path) => variable in template.environmentOf(path),
      );

    const holders = ['Callback', 'Connections', 'Maintenance', 'Operator', 'Actions/Users'];
    expect(named('TOKEN_KEY_ARN')).toEqual(holders);
    expect(named('INTEGRATION_SECRET_ARN')).toEqual(holders);
    expect(named('SETUP_CODE_SECRET_ARN')).toEqual(['Operator']);
  });

  it.each(bundles)(
    'bundles %s into one CommonJS file that loads where there are no packages',
    async (functionPath, bundle) => {
      const script = `console.log(typeof require(${JSON.stringify(join(bundle, 'index.js'))}).handler)`;

      const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
        cwd: bundle,
        env: { ...LOAD_ENV, LAMBDA_TASK_ROOT: bundle },
      });

      const beside = functionPath.includes('/Portal/') ? ['portal'] : [];
      expect(readdirSync(bundle).toSorted()).toEqual(['index.js', 'index.js.map', ...beside]);
      expect(stdout).toBe('function\n');
    },
  );

  it.each(bundles)('keeps the source itself out of the source map of %s', (_path, bundle) => {
    const map = z.parse(
      z.record(z.string(), z.unknown()),
      JSON.parse(readFileSync(join(bundle, 'index.js.map'), 'utf8')),
    );

    expect(map).not.toHaveProperty('sourcesContent');
    expect(map).toHaveProperty('sources');
  });
});
