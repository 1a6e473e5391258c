import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { afterAll, describe, expect, it } from 'vitest';
import { DeploymentContextError, parseDeploymentContext } from '../../infra/deployment-context.ts';
import { RESOURCE_TYPE_ACTIONS } from '../../infra/deploy/deployer-actions.ts';
import { startLocalStack } from '../../infra/local/stack/start-local-stack.ts';
import { synthesize } from '../../infra/synth.ts';
import { SynthesizedTemplate } from './synthesized-template.ts';

const context = {
  domainName: 'discord.example.com',
  certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/11111111-1111-4111-8111-111111111111',
};
const outdir = mkdtempSync(join(tmpdir(), 'infra-test-'));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});
const template = new SynthesizedTemplate(
  synthesize({ outdir, context: { [BUNDLING_STACKS]: [], ...context } }).template,
);
const parse = (values: Readonly<Record<string, unknown>>) => parseDeploymentContext((name) => values[name]);

describe('the domain of the operator', () => {
  it('is taken when name and certificate are given, and refused with only one of them', () => {
    expect(parse({}).domain).toBeUndefined();
    expect(parse(context).domain).toEqual({ name: context.domainName, certificateArn: context.certificateArn });
    for (const [given, missing] of [
      ['domainName', 'certificateArn'],
      ['certificateArn', 'domainName'],
    ] as const) {
      expect(() => parse({ [given]: context[given] })).toThrow(DeploymentContextError);
      expect(() => parse({ [given]: context[given] })).toThrow(`go together; missing: ${missing}`);
    }
  });

  it.each([
    ['https://discord.example.com', 'is not a domain name such as'],
    ['discord.example.com/', 'is not a domain name such as'],
    ['discord.example.com:443', 'is not a domain name such as'],
    ['*.example.com', 'is not a domain name such as'],
    ['user@example.com', 'is not a domain name such as'],
    ['localhost', 'is not a domain name such as'],
    ['127.0.0.1', 'is not a domain name such as'],
    ['discord..example.com', 'is not a domain name such as'],
    ['discord.example.com.', 'is not a domain name such as'],
    ['-discord.example.com', 'is not a domain name such as'],
    [`${'a'.repeat(64)}.example.com`, 'is not a domain name such as'],
    [' discord.example.com', 'is not a domain name such as'],
    ['', 'is not a domain name such as'],
    [7, 'is not a domain name such as'],
    ['Discord.Example.com', 'write "discord.example.com"'],
    ['bücher.example', 'write "xn--bcher-kva.example"'],
  ])('is refused when it is called %j', (domainName, reason) => {
    expect(() => parse({ ...context, domainName })).toThrow(reason);
    expect(() => parse({ ...context, domainName })).toThrow(/^context domainName: /);
  });

  it.each([
    'arn:aws:iam::111122223333:server-certificate/x',
    'arn:aws:acm:eu-central-1:111122223333:certificate/*',
    '11111111-1111-4111-8111-111111111111',
    '',
    7,
  ])('is refused with the certificate %j', (certificateArn) => {
    expect(() => parse({ ...context, certificateArn })).toThrow('is not the ARN of a certificate');
  });

  it('speaks TLS 1.2 or later with the given certificate', () => {
    expect(template.one('AWS::ApiGatewayV2::DomainName', 'Gateway').Properties).toEqual({
      DomainName: context.domainName,
      DomainNameConfigurations: [
        { CertificateArn: context.certificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
      ],
    });
  });

  it('leads to the one stage, once that is there, with no path in front', () => {
    const mapping = template.one('AWS::ApiGatewayV2::ApiMapping', 'Gateway');

    expect(mapping.Properties).toEqual({
      ApiId: { Ref: template.one('AWS::ApiGatewayV2::Api', 'Gateway').logicalId },
      DomainName: { Ref: template.one('AWS::ApiGatewayV2::DomainName', 'Gateway').logicalId },
      Stage: '$default',
    });
    expect(mapping.DependsOn).toEqual([template.one('AWS::ApiGatewayV2::Stage', 'Gateway').logicalId]);
  });

  it('is the only way in: the address that API Gateway makes up is switched off', () => {
    expect(template.one('AWS::ApiGatewayV2::Api', 'Gateway').Properties).toMatchObject({
      DisableExecuteApiEndpoint: true,
    });
  });

  it('is what functions call themselves, and what operator and DNS are told', () => {
    for (const path of ['Authorize', 'Callback', 'Connections', 'Maintenance', 'Portal', 'Actions/Users']) {
      expect(template.environmentOf(path)).toMatchObject({ PUBLIC_BASE_URL: 'https://discord.example.com' });
    }
    const domain = template.one('AWS::ApiGatewayV2::DomainName', 'Gateway').logicalId;
    expect(template.outputs).toMatchObject({
      GatewayUrl: { Value: 'https://discord.example.com' },
      RedirectUri: { Value: 'https://discord.example.com/integration-callback' },
      DomainTarget: { Value: { 'Fn::GetAtt': [domain, 'RegionalDomainName'] } },
    });
  });

  it('adds only resource types of which it is listed what deploying them takes', () => {
    const listed = Object.keys(RESOURCE_TYPE_ACTIONS);

    expect(template.resources.map(({ Type }) => Type).filter((type) => !listed.includes(type))).toEqual([]);
  });

  it('is replaced by the local address when the same template runs on this machine', async () => {
    const stack = await startLocalStack({
      assemblyDir: outdir,
      port: 0,
      discordBaseUrl: 'http://127.0.0.1:1',
      createInvoker: () => () => Promise.resolve({ statusCode: 204 }),
    });
    try {
      expect(stack.gateway.origin).toMatch(/^http:\/\/localhost:\d+$/);
      expect(stack.target.environment).toMatchObject({ PUBLIC_BASE_URL: stack.gateway.origin });
      expect((await fetch(`${stack.gateway.origin}/authorize`)).status).toBe(204);
    } finally {
      await stack.stop();
    }
  });
});
