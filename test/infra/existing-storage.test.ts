import { describe, expect, it } from 'vitest';
import { DeploymentContextError, parseDeploymentContext } from '../../infra/deployment-context.ts';
import { synthesizeTemplate } from './synthesized-template.ts';

const PLACE = 'eu-central-1:111122223333';
const existing = {
  existingTableName: 'Stack-Table-1ABC',
  existingTableKeyArn: `arn:aws:kms:${PLACE}:key/11111111-1111-4111-8111-111111111111`,
  existingTokenKeyArn: `arn:aws:kms:${PLACE}:key/mrk-22222222222242228222222222222222`,
  existingIntegrationSecretArn: `arn:aws:secretsmanager:${PLACE}:secret:IntegrationSecret-1ABC-AbCdEf`,
};

// Outside the tests: a synth can take longer than one may.
const own = synthesizeTemplate();
const taken = synthesizeTemplate(existing);

const parse = (context: Readonly<Record<string, unknown>>) => parseDeploymentContext((name) => context[name]);

describe('the storage of an earlier deployment', () => {
  it('is taken when all four values name it', () => {
    expect(parse(existing).existingStorage).toEqual({
      tableName: existing.existingTableName,
      tableKeyArn: existing.existingTableKeyArn,
      tokenKeyArn: existing.existingTokenKeyArn,
      integrationSecretArn: existing.existingIntegrationSecretArn,
    });
  });

  it.each(Object.keys(existing))('is refused without %s, which is named', (name) => {
    const without = { ...existing, [name]: undefined };

    expect(() => parse(without)).toThrow(DeploymentContextError);
    expect(() => parse(without)).toThrow(
      `go together, to take over the storage of an earlier deployment; missing: ${name}`,
    );
  });

  it.each([
    ['existingTableName', '', 'is not the name of a DynamoDB table'],
    ['existingTableName', `arn:aws:dynamodb:${PLACE}:table/Table`, 'is not the name of a DynamoDB table'],
    ['existingTableKeyArn', '11111111-1111-4111-8111-111111111111', 'is not the ARN of a KMS key'],
    ['existingTokenKeyArn', `arn:aws:kms:${PLACE}:alias/token`, 'is not the ARN of a KMS key'],
    ['existingTokenKeyArn', `arn:aws:kms:${PLACE}:key/*`, 'is not the ARN of a KMS key'],
    ['existingTokenKeyArn', 7, 'is not the ARN of a KMS key'],
    ['existingIntegrationSecretArn', `arn:aws:secretsmanager:${PLACE}:secret:IntegrationSecret`, 'the whole ARN'],
    ['existingIntegrationSecretArn', `arn:aws:secretsmanager:${PLACE}:secret:*-AbCdEf`, 'the whole ARN'],
  ])('is refused when %s is %j', (name, value, reason) => {
    expect(() => parse({ ...existing, [name]: value })).toThrow(reason);
    expect(() => parse({ ...existing, [name]: value })).toThrow(`context ${name}: `);
  });

  it('is refused when its parts lie in different accounts or regions', () => {
    const elsewhere = existing.existingTokenKeyArn.replace('eu-central-1', 'eu-west-1');

    expect(() => parse({ ...existing, existingTokenKeyArn: elsewhere })).toThrow(
      'must be of one account and region; these are of 111122223333 eu-central-1, 111122223333 eu-west-1',
    );
  });

  it('leaves nothing stateful in the template but a set-up code, and every function uses the given one', () => {
    const stateful = taken.resources.filter(({ Type }) => /^AWS::(DynamoDB|KMS|SecretsManager)::/.test(Type));

    // A code of its own: with it an operator gets in whose key went with the earlier deployment.
    expect(stateful.map(({ logicalId }) => logicalId)).toEqual(['SetupCode']);
    expect(stateful[0]?.Properties).toMatchObject({ KmsKeyId: existing.existingTokenKeyArn });
    expect(taken.environmentOf('Callback')).toMatchObject({
      TABLE_NAME: existing.existingTableName,
      TOKEN_KEY_ARN: existing.existingTokenKeyArn,
      INTEGRATION_SECRET_ARN: existing.existingIntegrationSecretArn,
    });
    expect(Object.fromEntries(Object.entries(taken.outputs).map(([name, { Value }]) => [name, Value]))).toMatchObject({
      TableName: existing.existingTableName,
      TableKeyArn: existing.existingTableKeyArn,
      TokenKeyArn: existing.existingTokenKeyArn,
      IntegrationSecretArn: existing.existingIntegrationSecretArn,
    });
  });

  it('is reached with the same permissions as one of the stack itself', () => {
    for (const path of ['Authorize', 'Callback', 'Connections', 'Maintenance', 'Operator', 'Portal', 'Actions/Users']) {
      const actions = (template: typeof own) =>
        template.statementsOf(path).map(({ actions: allowed, condition }) => [allowed, Object.keys(condition ?? {})]);
      expect(actions(taken)).toEqual(actions(own));
      const resources = taken.statementsOf(path).map(({ resource }) => JSON.stringify(resource));
      // Spilled tokens are secrets that do not exist yet; figures of CloudWatch have no resource.
      const named = resources.filter((resource) => !resource.includes('/spill/*') && resource !== '"*"');
      expect(named.join()).not.toContain('*');
    }
  });
});
