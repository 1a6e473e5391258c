import { describe, expect, it } from 'vitest';
import { buildApiKey } from '../../shared/domain/api-key.ts';
import { openWith, sealWith } from '../../shared/domain/envelope.ts';
import { buildGrantMember } from '../../shared/domain/grant-member.ts';
import { sha256Base64Url, sha256Hex } from '../../shared/domain/hash.ts';
import { buildConnectionId } from '../../shared/domain/ids.ts';
import { sealContexts } from '../../shared/domain/seal-contexts.ts';
import { connectionsOfUserPrefix, keys, listKeys } from '../../shared/edges/keys.ts';
import { buildEncryptionContext } from '../../shared/encryption-context.ts';
import { ENV } from '../../shared/env.ts';
import { KEY_PREFIX, TABLE } from '../../shared/table.ts';

/** Data of deployed stacks has these forms: after a change what is stored is not found, or does not open. */
describe('what is stored', () => {
  it('pins the attributes and the index of the table', () => {
    expect(TABLE).toEqual({
      partitionKey: 'pk',
      sortKey: 'sk',
      ttlAttribute: 'expiresAtEpochSeconds',
      listIndex: { name: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    });
  });

  it('pins the key prefixes, to which access is restricted', () => {
    expect(KEY_PREFIX).toEqual({
      integration: 'INTEGRATION#',
      tenant: 'TENANT#',
      apiKey: 'APIKEY#',
      session: 'SESSION#',
      state: 'STATE#',
      connection: 'CONNECTION#',
      grant: 'GRANT#',
      todo: 'TODO#',
      gate: 'GATE#',
      sweep: 'SWEEP#',
      audit: 'AUDIT#',
      keyUse: 'KEYUSE#',
      token: 'TOKEN#',
      link: 'LINK#',
      guild: 'GUILD#',
      made: 'MADE#',
      idempotency: 'IDEMPOTENCY#',
      operator: 'OPERATOR#',
      operatorSession: 'OPSESSION#',
      operatorTries: 'OPTRIES#',
    });
  });

  it('pins every primary key', () => {
    expect({
      integration: keys.integration(),
      tenant: keys.tenant('acme'),
      currentDataKey: keys.currentDataKey('acme'),
      dataKey: keys.dataKey('acme', '0123456789abcdef'),
      apiKey: keys.apiKey('0001020304050607'),
      session: keys.session('cs_abc'),
      state: keys.state('4ba69735'),
      connection: keys.connection('con_abc'),
      grant: keys.grant('157730590492196864', '175928847299117063'),
      todo: keys.todo('REVOKE', 'con_abc'),
      credentialGate: keys.credentialGate(),
      sweepState: keys.sweepState(),
      audit: keys.audit('acme', '2026-11-25T01:02:03.004Z#00ff'),
      keyUse: keys.keyUse('0001020304050607'),
      token: keys.token('08090a0b0c0d0e0f'),
      link: keys.link('4ba69735'),
      tenantGuild: keys.tenantGuild('acme', '197038439483310086'),
      made: keys.made('con_abc', 'REACTION', '175928847299117063#👍'),
      idempotency: keys.idempotency('4ba69735'),
      operator: keys.operator(),
      operatorSession: keys.operatorSession('4ba69735'),
      signInTries: keys.signInTries('2001:db8:0:1::/64'),
    } satisfies Record<keyof typeof keys, unknown>).toEqual({
      integration: { pk: 'INTEGRATION#default', sk: 'INTEGRATION' },
      tenant: { pk: 'TENANT#acme', sk: 'TENANT' },
      currentDataKey: { pk: 'TENANT#acme', sk: 'DATAKEY' },
      dataKey: { pk: 'TENANT#acme', sk: 'DATAKEY#0123456789abcdef' },
      apiKey: { pk: 'APIKEY#0001020304050607', sk: 'APIKEY' },
      session: { pk: 'SESSION#cs_abc', sk: 'SESSION' },
      state: { pk: 'STATE#4ba69735', sk: 'STATE' },
      connection: { pk: 'CONNECTION#con_abc', sk: 'CONNECTION' },
      grant: { pk: 'GRANT#157730590492196864#175928847299117063', sk: 'GRANT' },
      todo: { pk: 'TODO#REVOKE', sk: 'con_abc' },
      credentialGate: { pk: 'GATE#credentials', sk: 'GATE' },
      sweepState: { pk: 'SWEEP#state', sk: 'SWEEP' },
      audit: { pk: 'AUDIT#acme', sk: '2026-11-25T01:02:03.004Z#00ff' },
      keyUse: { pk: 'KEYUSE#0001020304050607', sk: 'KEYUSE' },
      token: { pk: 'TOKEN#08090a0b0c0d0e0f', sk: 'TOKEN' },
      link: { pk: 'LINK#4ba69735', sk: 'LINK' },
      tenantGuild: { pk: 'GUILD#acme', sk: '197038439483310086' },
      made: { pk: 'MADE#con_abc', sk: 'REACTION#175928847299117063#👍' },
      idempotency: { pk: 'IDEMPOTENCY#4ba69735', sk: 'IDEMPOTENCY' },
      operator: { pk: 'OPERATOR#default', sk: 'OPERATOR' },
      operatorSession: { pk: 'OPSESSION#4ba69735', sk: 'OPSESSION' },
      signInTries: { pk: 'OPTRIES#2001:db8:0:1::/64', sk: 'OPTRIES' },
    });
  });

  it('pins every list key', () => {
    expect({
      tenants: listKeys.tenants('acme'),
      apiKeys: listKeys.apiKeys('acme', '0001020304050607'),
      connections: listKeys.connections('acme', 'user#42', 'con_abc'),
      auditOfConnection: listKeys.auditOfConnection('con_abc', '2026-11-25T01:02:03.004Z#00ff'),
    } satisfies Record<keyof typeof listKeys, unknown>).toEqual({
      tenants: { gsi1pk: 'TENANTS', gsi1sk: 'acme' },
      apiKeys: { gsi1pk: 'TENANT#acme#APIKEYS', gsi1sk: '0001020304050607' },
      connections: { gsi1pk: 'TENANT#acme#CONNECTIONS', gsi1sk: 'dXNlciM0Mg#con_abc' },
      auditOfConnection: { gsi1pk: 'AUDIT#CONNECTION#con_abc', gsi1sk: '2026-11-25T01:02:03.004Z#00ff' },
    });
    expect(connectionsOfUserPrefix('user#42')).toBe('dXNlciM0Mg#');
  });

  it('pins how a connection id follows from tenant, user and Discord account', () => {
    expect(buildConnectionId('acme', 'user-42', '175928847299117063')).toBe('con_wAKw50G9zlZZIo8E0lH_Fg');
  });

  it('pins the form of a part in a grant', () => {
    expect(buildGrantMember('con_abc', 'cs_abc', 1_764_000_000)).toBe('con_abc:5194b158:1764000000');
  });

  it('pins the form of an API key and what is stored of it', () => {
    const bytes = (count: number) => Uint8Array.from({ length: count }, (_, index) => index);
    const built = buildApiKey(bytes(8), bytes(32));

    expect(built.key.reveal()).toBe('dik_0001020304050607_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8');
    expect(built.keyId).toBe('0001020304050607');
    expect(built.hash).toBe('0e06fc06c650332e3b4e82009a187464654789b3e41f995ebd323c272ca6eda3');
  });

  it('pins the digests', () => {
    expect(sha256Hex('state')).toBe('4ba69735ca53765ed6a709edb56c6ea236b7193a3b29a6b390c346f0f4340e4e');
    // RFC 7636, appendix B.
    expect(sha256Base64Url('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  it('pins the sealed form: what an earlier version has sealed still opens', () => {
    const key = new Uint8Array(32).fill(7);
    const context = { tenantId: 'acme', owner: 'con_abcd', field: 'tokens', version: 3 };
    // Made with another implementation of AES-256-GCM; associated data: 16:0123456789abcdef4:acme8:con_abcd6:tokens1:3
    const sealed = 'v1.0123456789abcdef.AQEBAQEBAQEBAQEB.HoTl2_9pKM8UaWKeJr2UfQp7y6sl';

    expect(sealWith(key, '0123456789abcdef', new Uint8Array(12).fill(1), context, 'hello')).toBe(sealed);
    expect(openWith(key, context, sealed)).toBe('hello');
  });

  it('pins the contexts under which secrets are sealed and data keys wrapped', () => {
    expect(sealContexts.tokens('acme', 'con_a', 2)).toEqual({
      tenantId: 'acme',
      owner: 'con_a',
      field: 'tokens',
      version: 2,
    });
    expect(sealContexts.webhook('acme', 'con_a', '9')).toEqual({
      tenantId: 'acme',
      owner: 'con_a',
      field: 'webhook:9',
      version: 1,
    });
    expect(sealContexts.returnedCode('acme', 'cs_a')).toEqual({
      tenantId: 'acme',
      owner: 'cs_a',
      field: 'code',
      version: 1,
    });
    expect(sealContexts.tokenAnswer('acme', 'cs_a')).toEqual({
      tenantId: 'acme',
      owner: 'cs_a',
      field: 'answer',
      version: 1,
    });
    expect(sealContexts.spill('acme', 'con_a', 3)).toEqual({
      tenantId: 'acme',
      owner: 'con_a',
      field: 'spill',
      version: 3,
    });
    expect(buildEncryptionContext('acme')).toEqual({ purpose: 'tenant-data-key', tenant: 'acme' });
  });
});

describe('what a deployment sets', () => {
  it('pins the names of the environment variables', () => {
    expect(ENV).toEqual({
      taskRoot: 'LAMBDA_TASK_ROOT',
      tableName: 'TABLE_NAME',
      tokenKeyArn: 'TOKEN_KEY_ARN',
      integrationSecretArn: 'INTEGRATION_SECRET_ARN',
      setupCodeSecretArn: 'SETUP_CODE_SECRET_ARN',
      publicBaseUrl: 'PUBLIC_BASE_URL',
      deploymentName: 'DEPLOYMENT_NAME',
      discordBaseUrl: 'DISCORD_BASE_URL',
    });
  });
});
