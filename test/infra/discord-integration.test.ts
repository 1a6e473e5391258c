import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { App, Stack } from 'aws-cdk-lib/core';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { describe, expect, it } from 'vitest';
import { DiscordIntegration, type DiscordIntegrationProps } from '../../infra/index.ts';
import { synthesizeConstruct } from './synthesize-construct.ts';
import { synthesizeTemplate, type SynthesizedTemplate } from './synthesized-template.ts';

const PLACE = 'eu-central-1:111122223333';
const KEY_ARN = `arn:aws:kms:${PLACE}:key/`;
const SECRET_ARN = `arn:aws:secretsmanager:${PLACE}:secret:Discord-AbCdEf`;

const own = synthesizeTemplate();
const twice = synthesizeConstruct((app) => {
  const stack = new Stack(app, 'Theirs');
  new DiscordIntegration(stack, 'First');
  new DiscordIntegration(stack, 'Second', {
    architecture: Architecture.X86_64,
    discordBaseUrl: 'http://127.0.0.1:4000',
    returnOrigins: ['https://app.example', 'https://app.example'],
    logRetention: RetentionDays.ONE_YEAR,
    throttle: { rateLimit: 7, burstLimit: 9 },
    storage: {
      table: Table.fromTableName(stack, 'Table', 'the-table'),
      tableKey: Key.fromKeyArn(stack, 'TableKey', `${KEY_ARN}table`),
      tokenKey: Key.fromKeyArn(stack, 'TokenKey', `${KEY_ARN}token`),
      integrationSecret: Secret.fromSecretAttributes(stack, 'Secret', {
        secretCompleteArn: SECRET_ARN,
        encryptionKey: Key.fromKeyArn(stack, 'SecretKey', `${KEY_ARN}secret`),
      }),
    },
  });
  return stack;
});

/** Without what only names things: a path, or the stack it is in. */
function resourceTypes(template: SynthesizedTemplate, constructPath: string): string[] {
  return template.resources
    .filter(({ Metadata }) => Metadata['aws:cdk:path'].startsWith(constructPath))
    .map(({ Type }) => Type)
    .toSorted();
}

/** Makes it in a stack with a region, not synthesized. */
function make(props: (stack: Stack) => DiscordIntegrationProps): DiscordIntegration {
  const app = new App({ context: { [BUNDLING_STACKS]: [] } });
  const stack = new Stack(app, 'Theirs', { env: { account: '111122223333', region: 'eu-central-1' } });
  return new DiscordIntegration(stack, 'Discord', props(stack));
}

describe('DiscordIntegration', () => {
  it('is by default all that our own stack is', () => {
    expect(resourceTypes(twice.template, 'Theirs/First/')).toEqual(resourceTypes(own, 'DiscordIntegration/'));
  });

  it('passes the policy checks in a stack without our feature flags, twice in it', () => {
    expect(twice.violations).toEqual([]);
  });

  it('gives functions in a foreign stack the same permissions as in ours', () => {
    for (const path of ['Authorize', 'Callback', 'Connections', 'Maintenance', 'Operator', 'Portal', 'Actions/Users']) {
      const allowed = (template: SynthesizedTemplate, prefix: string) =>
        template
          .statementsOf(`${prefix}${path}`)
          .map(({ actions, condition }) => [actions.toSorted(), Object.keys(condition ?? {})]);
      expect(allowed(twice.template, 'First/')).toEqual(allowed(own, ''));
      expect(allowed(twice.template, 'Second/')).toEqual(allowed(own, ''));
    }
  });

  it('names what holds state after its path: another name would make a new, empty resource', () => {
    const stateful = twice.template.resources
      .filter(({ Type }) => /^AWS::(DynamoDB|KMS|SecretsManager)::/.test(Type))
      .map(({ logicalId, Type }) => [logicalId, Type]);

    expect(Object.fromEntries(stateful)).toEqual({
      FirstStorageTable4F5D00C0: 'AWS::DynamoDB::Table',
      FirstStorageTableKeyF1EA6D17: 'AWS::KMS::Key',
      FirstStorageTokenKey7009E6EB: 'AWS::KMS::Key',
      FirstStorageIntegrationSecretD8C973BE: 'AWS::SecretsManager::Secret',
      FirstStorageSetupCode2385C4B9: 'AWS::SecretsManager::Secret',
      // Also beside storage that is brought: the code is of this integration, and of no other.
      SecondStorageSetupCode5894BFC1: 'AWS::SecretsManager::Secret',
    });
  });

  it('keeps what holds state when the stack goes', () => {
    for (const resource of twice.template.resources.filter(({ Type }) => /^AWS::(DynamoDB|KMS|Secrets)/.test(Type))) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  it('works on storage that was brought, and opens a brought secret with the key of that secret', () => {
    const callback = twice.template.statementsOf('Second/Callback');
    const kms = callback.filter(({ actions }) => actions.some((action) => action.startsWith('kms:')));

    expect(twice.template.environmentOf('Second/Callback')).toMatchObject({
      TABLE_NAME: 'the-table',
      TOKEN_KEY_ARN: `${KEY_ARN}token`,
      INTEGRATION_SECRET_ARN: SECRET_ARN,
    });
    expect(kms.map(({ resource }) => resource)).toEqual([`${KEY_ARN}table`, `${KEY_ARN}token`, `${KEY_ARN}secret`]);
  });

  it('takes processor, Discord, origins, retention and throttling', () => {
    const { template } = twice;
    const logGroups = template
      .ofType('AWS::Logs::LogGroup')
      .filter(({ Metadata }) => Metadata['aws:cdk:path'].startsWith('Theirs/Second/'));

    expect(template.one('AWS::Lambda::Function', 'Second/Callback').Properties).toMatchObject({
      Architectures: ['x86_64'],
    });
    expect(template.environmentOf('Second/Callback')).toMatchObject({ DISCORD_BASE_URL: 'http://127.0.0.1:4000' });
    expect(template.one('AWS::ApiGatewayV2::Api', 'Second/Gateway').Properties?.CorsConfiguration).toMatchObject({
      AllowOrigins: ['https://app.example'],
    });
    expect(template.one('AWS::ApiGatewayV2::Stage', 'Second/Gateway').Properties?.DefaultRouteSettings).toEqual({
      ThrottlingRateLimit: 7,
      ThrottlingBurstLimit: 9,
    });
    expect(logGroups).toHaveLength(11);
    for (const group of logGroups) expect(group.Properties).toMatchObject({ RetentionInDays: 365 });
  });

  it('shows its parts: functions by folder, table, keys, secret, and what to paste at Discord', () => {
    const integration = make(() => ({}));

    expect(Object.keys(integration.functions).toSorted()).toEqual([
      'authorize',
      'callback',
      'channels',
      'connections',
      'guilds',
      'maintenance',
      'operator',
      'portal',
      'users',
      'webhooks',
    ]);
    expect(integration.functions['callback']?.function.node.path).toBe('Theirs/Discord/Callback/Function');
    expect(integration.table.node.path).toBe('Theirs/Discord/Storage/Table');
    expect(integration.redirectUri).toBe(`${integration.origin}/integration-callback`);
    expect(integration.domainName).toBeUndefined();
  });

  it.each<[string, DiscordIntegrationProps, string]>([
    [
      'a path after the origin of Discord',
      { discordBaseUrl: 'https://discord.com/api' },
      'write "https://discord.com"',
    ],
    ['a return origin in the clear', { returnOrigins: ['http://app.example'] }, 'returnOrigins: "http://app.example"'],
    ['a throttle of nothing', { throttle: { rateLimit: 0, burstLimit: 1 } }, 'throttle.rateLimit: 0 lets nothing'],
  ])('refuses %s', (_what, props, message) => {
    expect(() => make(() => props)).toThrow(message);
    expect(() => make(() => props)).toThrow(/^Theirs\/Discord: /);
  });

  it('refuses a table without the keys that open it', () => {
    expect(() => make((stack) => ({ storage: { table: Table.fromTableName(stack, 'Table', 'the-table') } }))).toThrow(
      'a table that is brought comes with tableKey and tokenKey',
    );
  });

  it('refuses a secret whose ARN is not complete: no permission could name it', () => {
    expect(() =>
      make((stack) => ({ storage: { integrationSecret: Secret.fromSecretNameV2(stack, 'Secret', 'discord') } })),
    ).toThrow('import integrationSecret by Secret.fromSecretCompleteArn');
  });

  it('refuses a domain that is none, and a certificate of another region', () => {
    const certificate = (stack: Stack, region: string) =>
      Certificate.fromCertificateArn(stack, 'Certificate', `arn:aws:acm:${region}:111122223333:certificate/1`);

    expect(() =>
      make((stack) => ({ domain: { name: 'https://x.example', certificate: certificate(stack, 'eu-central-1') } })),
    ).toThrow('domain.name: "https://x.example" is not a domain name');
    expect(() =>
      make((stack) => ({ domain: { name: 'x.example', certificate: certificate(stack, 'us-east-1') } })),
    ).toThrow('domain.certificate: "us-east-1" is not the region of the API, eu-central-1');
  });
});
