import { Duration } from 'aws-cdk-lib/core';
import { Rule, Schedule as ScheduleExpression } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { RouteFunction } from './route-function.ts';

/** What runs, and how often. */
export interface ScheduleProps {
  readonly served: RouteFunction;
  readonly description: string;
  readonly rate: Duration;
}

/** The least that EventBridge and Lambda allow. */
const MAX_EVENT_AGE = Duration.minutes(1);

/**
 * Runs a function again and again. A run that fails or comes too late is not repeated: the next one does the same work, and a
 * queue of missed ones would all start at once after an outage. (EventBridge delivers to Lambda, and Lambda to the function:
 * each has a number of tries of its own.) Still, a delivery can come twice.
 * @see EventBridge docs: Retry policy · Lambda docs: Asynchronous invocation, error handling
 */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, { served, description, rate }: ScheduleProps) {
    super(scope, id);
    served.function.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: MAX_EVENT_AGE });
    new Rule(this, 'Rule', {
      description,
      schedule: ScheduleExpression.rate(rate),
      targets: [new LambdaFunction(served.function, { retryAttempts: 0, maxEventAge: MAX_EVENT_AGE })],
    });
  }
}
