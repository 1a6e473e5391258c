import { describe, expect, it } from 'vitest';
import { synthesizeTemplate } from './synthesized-template.ts';

const template = synthesizeTemplate();
const sweep = template.one('AWS::Lambda::Function', 'Maintenance');
const [rule, ...otherRules] = template.ofType('AWS::Events::Rule');

describe('the schedule of the sweep', () => {
  it('is the only one, and starts the function every five minutes', () => {
    expect(otherRules).toEqual([]);
    expect(rule?.Properties).toEqual({
      Description: expect.any(String) as unknown,
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
      Targets: [
        {
          Arn: { 'Fn::GetAtt': [sweep.logicalId, 'Arn'] },
          Id: 'Target0',
          RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 },
        },
      ],
    });
  });

  it('ends a run before the next one begins', () => {
    expect(sweep.Properties?.['Timeout']).toBeLessThan(5 * 60);
  });

  it('repeats no run that failed: neither does Lambda', () => {
    const configs = template.ofType('AWS::Lambda::EventInvokeConfig');

    expect(configs.map(({ Properties }) => Properties)).toEqual([
      {
        FunctionName: { Ref: sweep.logicalId },
        MaximumEventAgeInSeconds: 60,
        MaximumRetryAttempts: 0,
        Qualifier: '$LATEST',
      },
    ]);
  });

  it('is the only thing that may start the function', () => {
    const permissions = template
      .ofType('AWS::Lambda::Permission')
      .filter(({ Properties }) => JSON.stringify(Properties?.['FunctionName']).includes(sweep.logicalId));

    expect(permissions.map(({ Properties }) => [Properties?.['Principal'], Properties?.['SourceArn']])).toEqual([
      ['events.amazonaws.com', { 'Fn::GetAtt': [rule?.logicalId, 'Arn'] }],
    ]);
  });
});
