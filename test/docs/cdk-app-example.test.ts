import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { CommunityStack } from '../../docs/examples/cdk-app/community-stack.ts';
import { synthesizeConstruct } from '../infra/synthesize-construct.ts';
import { synthesizeTemplate } from '../infra/synthesized-template.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Eleven bundles and a process of its own, on a loaded machine. */
const APP_TIMEOUT_MS = 90_000;

const scratch = mkdtempSync(path.join(tmpdir(), 'cdk-app-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const { template, violations } = synthesizeConstruct(
  (app) =>
    new CommunityStack(app, 'Community', {
      env: { account: '111122223333', region: 'eu-central-1' },
      zone: { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' },
      domainName: 'discord.example.com',
    }),
);

/** The example as somebody's own app: the integration is a package, as npm packs it, and there is no lock file of ours. */
function installExample(): string {
  const app = path.join(scratch, 'app');
  const modules = path.join(app, 'node_modules');
  const installed = path.join(modules, 'discord-integration');
  mkdirSync(installed, { recursive: true });
  for (const name of readdirSync(path.join(ROOT, 'node_modules'))) {
    symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name));
  }
  for (const name of ['infra', 'functions', 'shared', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(ROOT, name), path.join(installed, name), { recursive: true });
  }
  const example = path.join(ROOT, 'docs/examples/cdk-app');
  for (const name of readdirSync(example)) {
    const text = readFileSync(path.join(example, name), 'utf8');
    writeFileSync(
      path.join(app, name),
      text.replace("'../../../infra/index.ts'", "'discord-integration/infra/index.ts'"),
    );
  }
  writeFileSync(path.join(app, 'package.json'), '{ "type": "module" }');
  return app;
}

describe('docs/examples/cdk-app', () => {
  it('passes the policy checks', () => {
    expect(violations).toEqual([]);
  });

  it('makes a table of the shape that our own stack makes', () => {
    const shapeOf = ({ Properties = {} }: { Properties?: Record<string, unknown> | undefined }) =>
      ['KeySchema', 'AttributeDefinitions', 'GlobalSecondaryIndexes', 'TimeToLiveSpecification', 'BillingMode'].map(
        (name) => Properties[name],
      );
    const [ours] = synthesizeTemplate().ofType('AWS::DynamoDB::Table');
    const theirs = template.ofType('AWS::DynamoDB::Table').find(({ logicalId }) => logicalId.startsWith('Connections'));

    expect(theirs).toBeDefined();
    expect(shapeOf(theirs ?? {})).toEqual(shapeOf(ours ?? {}));
  });

  it('works on its own table and keys in one integration, and on nothing of the other', () => {
    const tableOf = (integration: string) => template.environmentOf(`${integration}/Callback`)['TABLE_NAME'];
    const idOf = (type: string, prefix: string) =>
      template.ofType(type).find(({ logicalId }) => logicalId.startsWith(prefix))?.logicalId;

    expect(tableOf('Discord')).toEqual({ Ref: idOf('AWS::DynamoDB::Table', 'Connections') });
    expect(tableOf('DiscordTrial')).toEqual({ Ref: idOf('AWS::DynamoDB::Table', 'DiscordTrialStorageTable') });
    expect(JSON.stringify(template.statementsOf('Discord/Callback'))).not.toContain('DiscordTrial');
    expect(template.ofType('AWS::KMS::Key')).toHaveLength(4);
  });

  it('is reached under its domain, with a DNS record that leads there', () => {
    const domain = template.one('AWS::ApiGatewayV2::DomainName', 'Discord/Gateway').logicalId;

    expect(template.outputs['DiscordRedirectUri']?.Value).toBe('https://discord.example.com/integration-callback');
    expect(template.ofType('AWS::Route53::RecordSet')).toMatchObject([
      {
        Properties: {
          Name: 'discord.example.com.',
          AliasTarget: { DNSName: { 'Fn::GetAtt': [domain, 'RegionalDomainName'] } },
        },
      },
    ]);
  });

  it(
    'bundles its functions wherever the package is installed, and in whichever folder the app is run',
    async () => {
      const app = installExample();
      const outdir = path.join(scratch, 'cdk.out');

      await promisify(execFile)(process.execPath, ['--import', 'tsx', 'app.ts'], {
        cwd: app,
        env: { PATH: process.env.PATH, HOME: scratch, CDK_OUTDIR: outdir },
      });

      expect(existsSync(path.join(outdir, 'Community.template.json'))).toBe(true);
      const bundles = readdirSync(outdir).filter((name) => name.startsWith('asset.'));
      expect(bundles).toHaveLength(10);
      const contents = bundles.map((bundle) => readdirSync(path.join(outdir, bundle)).toSorted());
      const [withPortal, ...others] = contents.toSorted((a, b) => b.length - a.length);
      expect(withPortal).toEqual(['index.js', 'index.js.map', 'portal']);
      for (const names of others) expect(names).toEqual(['index.js', 'index.js.map']);
    },
    APP_TIMEOUT_MS,
  );
});
