import { describe, expect, it } from 'vitest';
import { synthesizeTemplate, type Statement } from './synthesized-template.ts';

const template = synthesizeTemplate();
const table = { 'Fn::GetAtt': ['Table', 'Arn'] };
const listIndex = { 'Fn::Join': ['', [table, '/index/gsi1']] };
const tableKey = { 'Fn::GetAtt': ['TableKey', 'Arn'] };
const tokenKey = { 'Fn::GetAtt': ['TokenKey', 'Arn'] };
const spills = {
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':secretsmanager:',
      { Ref: 'AWS::Region' },
      ':',
      { Ref: 'AWS::AccountId' },
      ':secret:DiscordIntegration/spill/*',
    ],
  ],
};
const integrationSecret = { 'Fn::GetAtt': ['IntegrationSecret', 'Id'] };
const setupCode = { 'Fn::GetAtt': ['SetupCode', 'Id'] };

const ACTIONS = ['Users', 'Guilds', 'Channels', 'Webhooks'].map((group) => `Actions/${group}`);
const ALL_FUNCTIONS = ['Authorize', 'Callback', 'Connections', 'Maintenance', 'Operator', 'Portal', ...ACTIONS];
const TOKEN_HOLDERS = ['Callback', 'Connections', 'Maintenance', 'Operator', ...ACTIONS];
const SPILLERS = ['Connections', 'Maintenance', 'Operator', ...ACTIONS];

const isOn = (resource: unknown) => (statement: Statement) =>
  JSON.stringify(statement.resource) === JSON.stringify(resource);

function statementsOn(functionPath: string, resource: unknown): Statement[] {
  return template.statementsOf(functionPath).filter(isOn(resource));
}

/** `GetItem SESSION#*` for each item action and key pattern that a function may use. */
function itemAccess(functionPath: string): string[] {
  return statementsOn(functionPath, table)
    .flatMap(({ actions, condition }) => {
      const patterns = condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
      if (!Array.isArray(patterns)) throw new Error(`${functionPath}: table access without key patterns`);
      return actions.flatMap((action) => patterns.map((pattern) => `${action.split(':')[1]} ${String(pattern)}`));
    })
    .toSorted();
}

/** Every pair of one of the actions and one of the key kinds. */
const each = (actions: string, kinds: string) =>
  actions.split(' ').flatMap((action) => kinds.split(' ').map((kind) => `${action} ${kind}#*`));

describe('access of the functions', () => {
  it('knows every function, so that a new one can not slip past these tests', () => {
    const roles = template.ofType('AWS::IAM::Role').map((role) => role.Metadata['aws:cdk:path']);

    expect(roles.toSorted()).toEqual(
      ALL_FUNCTIONS.map((path) => `DiscordIntegration/${path}/Role/Resource`).toSorted(),
    );
    expect(template.ofType('AWS::Lambda::Function')).toHaveLength(ALL_FUNCTIONS.length);
  });

  it('gives every function its own role, with no AWS managed policy and no inline one', () => {
    const assigned = template.ofType('AWS::Lambda::Function').map((fn) => JSON.stringify(fn.Properties?.Role));

    expect(new Set(assigned).size).toBe(ALL_FUNCTIONS.length);
    for (const role of template.ofType('AWS::IAM::Role')) {
      expect(Object.keys(role.Properties ?? {})).toEqual(['AssumeRolePolicyDocument']);
    }
  });

  it('uses no wildcard in any action or resource, spilled tokens and figures apart, and refers only to resources of this stack', () => {
    for (const path of ALL_FUNCTIONS) {
      for (const { actions, resource } of template.statementsOf(path)) {
        for (const action of actions) expect(action).not.toContain('*');
        if (resource === '*') continue;
        expect(resource).toBeTypeOf('object');
        if (isOn(spills)({ actions, resource, condition: undefined })) continue;
        expect(JSON.stringify(resource)).not.toContain('*');
      }
    }
  });

  it.each(ALL_FUNCTIONS)('lets %s write its own log and no other', (path) => {
    const logs = template.statementsOf(path).filter(({ actions }) => actions.some((a) => a.startsWith('logs:')));

    expect(logs).toEqual([
      {
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resource: { 'Fn::GetAtt': [template.one('AWS::Logs::LogGroup', path).logicalId, 'Arn'] },
        condition: undefined,
      },
    ]);
  });

  it('lets authorize neither decrypt tokens nor read the secret', () => {
    expect(statementsOn('Authorize', tokenKey)).toEqual([]);
    expect(statementsOn('Authorize', integrationSecret)).toEqual([]);
    expect(JSON.stringify(template.environmentOf('Authorize'))).not.toMatch(/TokenKey|IntegrationSecret|SetupCode/);
  });

  it('lets portal do nothing but log, and tells it only its own address and the name of the deployment', () => {
    expect(template.statementsOf('Portal')).toHaveLength(1);
    expect(Object.keys(template.environmentOf('Portal')).toSorted()).toEqual([
      'DEPLOYMENT_NAME',
      'NODE_OPTIONS',
      'PUBLIC_BASE_URL',
    ]);
  });

  it('lets only callback and, to rotate them, operator make data keys, and only those that exchange, refresh or revoke open them', () => {
    const dataKeyActions = (path: string) =>
      statementsOn(path, tokenKey)
        .filter(({ condition }) => condition?.StringEquals?.['kms:EncryptionContext:purpose'] === 'tenant-data-key')
        .flatMap(({ actions }) => actions);

    expect(Object.fromEntries(ALL_FUNCTIONS.map((path) => [path, dataKeyActions(path)]))).toEqual({
      Authorize: [],
      Callback: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Connections: ['kms:Decrypt'],
      Maintenance: ['kms:Decrypt'],
      Operator: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Portal: [],
      ...Object.fromEntries(ACTIONS.map((path) => [path, ['kms:Decrypt']])),
    });
  });

  it.each(TOKEN_HOLDERS)(
    'lets %s use the token key only for data keys and, by way of Secrets Manager, the secret',
    (path) => {
      const [dataKeys, ...secrets] = statementsOn(path, tokenKey);
      const ofSecret = (arn: unknown) => ({
        StringEquals: {
          'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
          'kms:EncryptionContext:SecretARN': arn,
        },
      });

      expect(dataKeys?.condition).toEqual({ StringEquals: { 'kms:EncryptionContext:purpose': 'tenant-data-key' } });
      expect(secrets.map(({ actions, condition }) => [actions, condition])).toEqual(
        path === 'Operator'
          ? [
              [['kms:Decrypt', 'kms:GenerateDataKey'], ofSecret(integrationSecret)],
              [['kms:Decrypt'], ofSecret(setupCode)],
            ]
          : [[['kms:Decrypt'], ofSecret(integrationSecret)]],
      );
    },
  );

  it('lets only those that exchange, refresh or revoke read the secret, and only operator write it', () => {
    const holders = ALL_FUNCTIONS.filter((path) => statementsOn(path, integrationSecret).length > 0);

    expect(holders).toEqual(TOKEN_HOLDERS);
    for (const path of holders) {
      expect(statementsOn(path, integrationSecret)).toEqual([
        {
          actions: ['secretsmanager:GetSecretValue', ...(path === 'Operator' ? ['secretsmanager:PutSecretValue'] : [])],
          resource: integrationSecret,
          condition: undefined,
        },
      ]);
    }
  });

  it('lets only operator read the set-up code, and nobody write it', () => {
    const holders = ALL_FUNCTIONS.filter((path) => statementsOn(path, setupCode).length > 0);

    expect(holders).toEqual(['Operator']);
    expect(statementsOn('Operator', setupCode)).toEqual([
      { actions: ['secretsmanager:GetSecretValue'], resource: setupCode, condition: undefined },
    ]);
  });

  it('lets only operator change its key and its sessions, and only callback read them besides', () => {
    const may = (path: string, access: RegExp) => itemAccess(path).some((one) => access.test(one));

    expect(ALL_FUNCTIONS.filter((path) => may(path, / OP(ERATOR|SESSION|TRIES)#/))).toEqual(['Callback', 'Operator']);
    const changes = /^(Put|Update|Delete)Item OP(ERATOR|SESSION)#/;
    expect(ALL_FUNCTIONS.filter((path) => may(path, changes))).toEqual(['Operator']);
  });

  it('lets only operator do something that has no resource: read figures', () => {
    const open = ALL_FUNCTIONS.flatMap((path) => statementsOn(path, '*').map((statement) => ({ path, ...statement })));

    expect(open).toEqual([
      { path: 'Operator', actions: ['cloudwatch:GetMetricData'], resource: '*', condition: undefined },
    ]);
  });

  it('lets only those that refresh or revoke near spilled tokens, and only near those of this deployment', () => {
    const holders = ALL_FUNCTIONS.filter((path) => statementsOn(path, spills).length > 0);

    expect(holders).toEqual(SPILLERS);
    for (const path of holders) {
      expect(statementsOn(path, spills)).toEqual([
        {
          actions: [
            'secretsmanager:CreateSecret',
            'secretsmanager:DeleteSecret',
            'secretsmanager:GetSecretValue',
            'secretsmanager:PutSecretValue',
            'secretsmanager:TagResource',
          ],
          resource: spills,
          condition: undefined,
        },
      ]);
    }
  });

  it('lets functions use the key of the table only by way of DynamoDB', () => {
    for (const path of ALL_FUNCTIONS) {
      for (const { condition } of statementsOn(path, tableKey)) {
        expect(condition).toEqual({
          StringEquals: {
            'kms:ViaService': { 'Fn::Join': ['', ['dynamodb.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
          },
        });
      }
      expect(statementsOn(path, tableKey)).toHaveLength(path === 'Portal' ? 0 : 1);
    }
  });

  it('limits every function to the kinds of items that it works with', () => {
    const everything = 'SESSION STATE INTEGRATION APIKEY TENANT CONNECTION GRANT GATE';
    const notes = [...each('UpdateItem', 'GATE KEYUSE'), ...each('PutItem', 'TODO AUDIT')];

    expect(itemAccess('Authorize')).toEqual(
      [
        ...each('GetItem BatchGetItem', 'SESSION STATE INTEGRATION'),
        ...each('PutItem UpdateItem', 'SESSION STATE'),
      ].toSorted(),
    );
    expect(itemAccess('Callback')).toEqual(
      [
        ...each('GetItem BatchGetItem', `${everything} OPERATOR OPSESSION OPTRIES`),
        ...each('PutItem UpdateItem DeleteItem', 'SESSION STATE TENANT CONNECTION GRANT'),
        ...each('UpdateItem', 'OPTRIES'),
        ...each('PutItem', 'GUILD LINK'),
        ...notes,
        ...each('DeleteItem', 'TODO'),
      ].toSorted(),
    );
    expect(itemAccess('Connections')).toEqual(
      [
        ...each('GetItem BatchGetItem', `${everything.replace('STATE ', '')} TOKEN LINK GUILD MADE`),
        ...each('PutItem UpdateItem DeleteItem', 'SESSION CONNECTION GRANT'),
        ...each('PutItem UpdateItem', 'TOKEN LINK'),
        ...notes,
        ...each('DeleteItem', 'TODO'),
      ].toSorted(),
    );
    for (const path of ACTIONS) {
      expect(itemAccess(path)).toEqual(
        [
          ...each(
            'GetItem BatchGetItem',
            'INTEGRATION APIKEY TENANT CONNECTION GRANT GATE TOKEN GUILD MADE IDEMPOTENCY',
          ),
          ...each('PutItem UpdateItem', 'CONNECTION IDEMPOTENCY'),
          ...each('PutItem DeleteItem', 'MADE'),
          ...each('DeleteItem', 'IDEMPOTENCY'),
          ...notes,
        ].toSorted(),
      );
    }
    expect(itemAccess('Maintenance')).toEqual(
      [
        ...each('GetItem BatchGetItem', `${everything.replace('STATE ', '')} SWEEP`),
        ...each('PutItem UpdateItem DeleteItem', 'CONNECTION'),
        ...each('UpdateItem DeleteItem', 'TENANT APIKEY GRANT'),
        ...each('UpdateItem', 'SESSION GATE SWEEP'),
        ...each('DeleteItem', 'KEYUSE'),
        ...each('Query PutItem UpdateItem DeleteItem', 'TODO'),
        ...each('Query', 'TENANT GUILD'),
        ...each('DeleteItem', 'GUILD'),
        ...each('PutItem', 'AUDIT'),
      ].toSorted(),
    );
    expect(itemAccess('Operator')).toEqual(
      [
        ...each(
          'GetItem BatchGetItem',
          `${everything.replace('STATE ', '')} KEYUSE SWEEP TOKEN GUILD MADE AUDIT OPERATOR OPSESSION OPTRIES`,
        ),
        ...each('Query', 'TENANT GUILD AUDIT TODO'),
        ...each('PutItem UpdateItem DeleteItem', 'TENANT CONNECTION GRANT GUILD OPSESSION'),
        ...each('PutItem UpdateItem', 'INTEGRATION APIKEY SESSION TOKEN OPERATOR'),
        ...each('UpdateItem', 'GATE SWEEP OPTRIES'),
        ...each('PutItem DeleteItem', 'TODO'),
        ...each('PutItem', 'AUDIT'),
      ].toSorted(),
    );
    expect(itemAccess('Portal')).toEqual([]);
  });

  it('lets nobody change what stands in the audit trail, and only operator the settings', () => {
    const changes = (paths: readonly string[]) =>
      paths.flatMap((path) => itemAccess(path)).filter((access) => !/^((Batch)?Get|Query)/.test(access));
    const written = changes(ALL_FUNCTIONS);
    const byOthers = changes(ALL_FUNCTIONS.filter((path) => path !== 'Operator'));

    expect(written.filter((access) => access.endsWith(' AUDIT#*') && !access.startsWith('PutItem '))).toEqual([]);
    expect(byOthers.filter((access) => access.endsWith(' INTEGRATION#*'))).toEqual([]);
  });

  it('denies a request that names no key: ForAllValues alone would let it through', () => {
    for (const path of ALL_FUNCTIONS) {
      for (const { condition } of statementsOn(path, table)) {
        expect(condition?.Null).toEqual({ 'dynamodb:LeadingKeys': 'false' });
      }
    }
  });

  it('lets only connections, the sweep and operator query: the index of keys, and the latter partitions of few kinds', () => {
    const queries = ALL_FUNCTIONS.flatMap((path) =>
      template
        .statementsOf(path)
        .filter(({ actions }) => actions.includes('dynamodb:Query'))
        .map(({ resource, condition }) => ({
          path,
          resource,
          keys: condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
        })),
    );

    expect(queries).toEqual([
      { path: 'Connections', resource: listIndex, keys: undefined },
      { path: 'Maintenance', resource: table, keys: ['TENANT#*', 'GUILD#*'] },
      { path: 'Maintenance', resource: table, keys: ['TODO#*'] },
      { path: 'Maintenance', resource: listIndex, keys: undefined },
      { path: 'Operator', resource: table, keys: ['TENANT#*', 'GUILD#*', 'AUDIT#*', 'TODO#*'] },
      { path: 'Operator', resource: listIndex, keys: undefined },
    ]);
  });
});
