import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Where alarms point to and whom they tell. */
export interface AlarmTarget {
  /** Gets a message when an alarm begins and when it ends; undefined: alarms show on the dashboard only. */
  readonly topic: ITopic | undefined;
  /** Address or path of the runbook, without a fragment. */
  readonly runbookUrl: string;
}

/** When an alarm goes off, and what it says. */
export interface RunbookAlarmProps {
  /** Heading in `docs/runbook.md` under which it says what to do. Words, digits and spaces. */
  readonly heading: string;
  /** What the numbers mean, as one sentence. */
  readonly meaning: string;
  /** With the period that one value covers. */
  readonly metric: IMetric;
  /** The value from which on it is too much; with `isMinimum` the one below which it is too little. */
  readonly threshold: number;
  /** Something that always happens: too little of it, or no data at all, is the alarm. */
  readonly isMinimum?: boolean;
  /** How many periods in a row; default 1. */
  readonly periods?: number;
  readonly target: AlarmTarget;
}

/** An alarm before it is known whom it tells. */
export type PlannedAlarm = Omit<RunbookAlarmProps, 'target'>;

/**
 * An alarm whose text leads to its heading in the runbook. No data is no alarm, unless it is about a minimum: most of what is
 * counted is absent when all is well.
 */
export class RunbookAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    const { heading, meaning, metric, threshold, isMinimum = false, periods = 1, target } = props;
    super(scope, id, {
      alarmDescription: `${meaning} What to do: ${target.runbookUrl}#${toAnchor(heading)}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: isMinimum
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: isMinimum ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    if (target.topic === undefined) return;
    const action = new SnsAction(target.topic);
    this.addAlarmAction(action);
    this.addOkAction(action);
  }
}

/** As GitHub and most other renderers make it from a heading of words, digits and spaces. */
export function toAnchor(heading: string): string {
  return heading.toLowerCase().replaceAll(' ', '-');
}
