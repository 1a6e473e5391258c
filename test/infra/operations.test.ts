import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { DeploymentContextError, parseDeploymentContext } from '../../infra/deployment-context.ts';
import { COUNT, LATENCY, OUTCOMES, REFRESH_COUNT, toRequestCount } from '../../shared/metric-names.ts';
import { synthesizeTemplate, type Resource } from './synthesized-template.ts';

const TOPIC_ARN = 'arn:aws:sns:eu-central-1:111122223333:alarms';

const template = synthesizeTemplate();
const told = synthesizeTemplate({ alarmTopicArn: TOPIC_ARN, runbookUrl: 'https://wiki.example/runbook' });
const runbook = readFileSync('docs/runbook.md', 'utf8');

const alarmSchema = z.object({
  AlarmDescription: z.string(),
  TreatMissingData: z.enum(['notBreaching', 'breaching']),
  AlarmActions: z.optional(z.array(z.unknown())),
  OKActions: z.optional(z.array(z.unknown())),
});
const readAlarms = (source: typeof template) =>
  source.ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => z.parse(alarmSchema, Properties));

/** Every name that the functions can count or measure. */
const countable: ReadonlySet<string> = new Set([
  ...OUTCOMES.map(toRequestCount),
  ...Object.values(REFRESH_COUNT),
  ...Object.values(COUNT),
  ...Object.values(LATENCY),
]);

/** Names of our own metrics in a resource, with the dimension's value. */
function findOwnMetrics(resources: readonly Resource[]): { name: string; deployment: string }[] {
  const text = resources.map((resource) => JSON.stringify(resource)).join('\n');
  const inAlarms = [
    ...text.matchAll(/"Name":"service","Value":"([^"]+)"\}\],"MetricName":"(\w+)","Namespace":"DiscordIntegration"/g),
    ...text.matchAll(
      /"Dimensions":\[\{"Name":"service","Value":"([^"]+)"\}\],[^{}]*"MetricName":"(\w+)","Namespace":"DiscordIntegration"/g,
    ),
  ].map(([, deployment = '', name = '']) => ({ name, deployment }));
  const onDashboards = [
    ...text.matchAll(/\[\\\\?"DiscordIntegration\\\\?",\\\\?"(\w+)\\\\?",\\\\?"service\\\\?",\\\\?"([^"\\]+)\\\\?"/g),
  ].map(([, name = '', deployment = '']) => ({ name, deployment }));
  return [...inAlarms, ...onDashboards];
}

/** The anchor that GitHub gives a heading. */
const toAnchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');

describe('docs/runbook.md', () => {
  const section = /\n## Alarms\n(.*?)\n## /s.exec(runbook)?.[1] ?? '';
  const headings = [...section.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);

  it('has one heading for each kind of alarm, and none besides', () => {
    const linked = readAlarms(template).map(
      ({ AlarmDescription: text }) => /docs\/runbook\.md#([a-z-]+)$/.exec(text)?.[1],
    );

    expect(headings.length).toBeGreaterThan(10);
    expect(new Set(headings).size).toBe(headings.length);
    expect(headings.map(toAnchor).toSorted()).toEqual([...new Set(linked)].toSorted());
  });

  it('says under each where to look and what to do', () => {
    const parts = section.split(/^### .+$/m).slice(1);

    expect(parts).toHaveLength(headings.length);
    for (const part of parts) expect(part).toMatch(/^\n\*[^*]+\*.*\n\n- Look: .+\n- Do: .+/s);
  });

  it('names only sections that are there', () => {
    const titles = [...runbook.matchAll(/^##+ (.+)$/gm)].map(([, title]) => title);
    const inAlarms = [...section.matchAll(/(?<!\n)\*([A-Z][^*]+)\*/g)].map(([, title]) => title);

    expect(inAlarms.length).toBeGreaterThan(10);
    expect(inAlarms.filter((title) => ![...titles, 'What fails most', 'Reset Secret'].includes(title))).toEqual([]);
  });

  it('lists every event that the functions log', () => {
    const listed = [...runbook.matchAll(/^\| `([a-z_]+)` \| (?:info|warn|error) \|/gm)].map(([, event]) => event);

    expect(listed.toSorted()).toEqual(findLoggedEvents().toSorted());
  });
});

describe('alarms', () => {
  it('watch each function: errors, throttles, and p99 against its own time-out', () => {
    for (const path of ['Authorize', 'Callback', 'Connections', 'Portal', 'Actions/Users']) {
      const { Timeout } = z.parse(
        z.object({ Timeout: z.number() }),
        template.one('AWS::Lambda::Function', path).Properties,
      );
      const prefix = `DiscordIntegration/${path}/`;
      const own = template
        .ofType('AWS::CloudWatch::Alarm')
        .filter(({ Metadata }) => Metadata['aws:cdk:path'].startsWith(prefix));

      expect(own.map(({ Properties }) => [Properties?.['MetricName'], Properties?.['Threshold']])).toEqual([
        ['Errors', 1],
        ['Throttles', 1],
        ['Duration', Timeout * 800],
      ]);
      expect(own[2]?.Properties).toMatchObject({ ExtendedStatistic: 'p99' });
    }
  });

  it('watch the sweep: crashes, throttles, that it runs and that it keeps up, but not how long it takes', () => {
    const sweep = { Ref: template.one('AWS::Lambda::Function', 'Maintenance').logicalId };
    const about = template
      .ofType('AWS::CloudWatch::Alarm')
      .filter(
        ({ Properties }) =>
          JSON.stringify(Properties?.['Dimensions']).includes(sweep.Ref) ||
          Properties?.['MetricName'] === 'SweepBehind',
      )
      .map(({ Properties }) => Properties);

    expect(about.map((properties) => properties?.['MetricName'])).toEqual([
      'Errors',
      'Throttles',
      'SweepBehind',
      'Invocations',
    ]);
    expect(about[2]).toMatchObject({ Period: 1800, Threshold: 4, EvaluationPeriods: 1 });
    expect(about[3]).toMatchObject({
      Dimensions: [{ Name: 'FunctionName', Value: sweep }],
      Statistic: 'Sum',
      Period: 900,
      EvaluationPeriods: 2,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  it('take missing data for good, but for the one about what must always be there', () => {
    const breaching = template
      .ofType('AWS::CloudWatch::Alarm')
      .filter(({ Properties }) => Properties?.['TreatMissingData'] !== 'notBreaching');

    expect(breaching.map(({ Properties }) => Properties?.['MetricName'])).toEqual(['Invocations']);
  });

  it('tell nobody unless there is a topic, and then when they begin and when they end', () => {
    for (const alarm of readAlarms(template)) {
      expect([alarm.AlarmActions, alarm.OKActions]).toEqual([undefined, undefined]);
    }
    for (const alarm of readAlarms(told)) {
      expect([alarm.AlarmActions, alarm.OKActions]).toEqual([[TOPIC_ARN], [TOPIC_ARN]]);
    }
  });

  it('lead to the operator’s copy of the runbook, if there is one', () => {
    for (const { AlarmDescription: text } of readAlarms(told)) {
      expect(text).toMatch(/ What to do: https:\/\/wiki\.example\/runbook#[a-z-]+$/);
    }
  });

  it('look only at metrics that the functions can write, of this deployment', () => {
    const names = findOwnMetrics(template.ofType('AWS::CloudWatch::Alarm'));

    expect(names.length).toBeGreaterThan(10);
    expect(names.filter(({ name }) => !countable.has(name))).toEqual([]);
    expect(new Set(names.map(({ deployment }) => deployment))).toEqual(new Set(['DiscordIntegration']));
  });
});

describe('the dashboard', () => {
  it('is one, and shows whatever the functions can write', () => {
    const dashboards = template.ofType('AWS::CloudWatch::Dashboard');
    const shown = new Set(findOwnMetrics(dashboards).map(({ name }) => name));

    expect(dashboards).toHaveLength(1);
    expect([...countable].filter((name) => !shown.has(name))).toEqual([]);
    expect([...shown].filter((name) => !countable.has(name))).toEqual([]);
  });

  it('shows the state of every alarm', () => {
    const text = JSON.stringify(template.ofType('AWS::CloudWatch::Dashboard'));

    for (const { logicalId } of template.ofType('AWS::CloudWatch::Alarm')) expect(text).toContain(logicalId);
  });
});

describe('the name of a deployment', () => {
  it('is the stack’s, is told to every function, and is what alarms look at', () => {
    const named = synthesizeTemplate({ stackName: 'Discord-test' });
    const names = findOwnMetrics(named.ofType('AWS::CloudWatch::Alarm'));

    expect(new Set(names.map(({ deployment }) => deployment))).toEqual(new Set(['Discord-test']));
    for (const path of ['Authorize', 'Callback', 'Connections', 'Maintenance', 'Portal', 'Actions/Users']) {
      expect(named.environmentOf(path)).toMatchObject({ DEPLOYMENT_NAME: 'Discord-test' });
    }
  });
});

describe('parseDeploymentContext', () => {
  const parse = (context: Record<string, unknown>) => parseDeploymentContext((name) => context[name]);

  it.each(['arn:aws:sqs:eu-central-1:111122223333:q', 'alarms', `${TOPIC_ARN}.fifo`, 7])(
    'refuses %s as a topic for alarms',
    (alarmTopicArn) => {
      expect(() => parse({ alarmTopicArn })).toThrow(DeploymentContextError);
      expect(() => parse({ alarmTopicArn })).toThrow('is not the ARN of an SNS topic');
    },
  );

  it.each(['http://wiki.example', 'https://wiki.example/#top', 'wiki', 7])('refuses %s as a runbook', (runbookUrl) => {
    expect(() => parse({ runbookUrl })).toThrow('is not an https address without a fragment');
  });
});

/** First arguments of every call of the log in functions and shared. */
function findLoggedEvents(): string[] {
  const files = readSourceTexts();
  return [
    ...new Set(
      files.flatMap((text) => [...text.matchAll(/log\.(?:info|warn|error)\(\s*'([a-z_]+)'/g)].map(([, e = '']) => e)),
    ),
  ];
}

function readSourceTexts(): string[] {
  return ['shared', 'functions'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
  );
}
