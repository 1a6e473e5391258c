import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { ENV } from '../../shared/env.ts';
import { addAlarms } from './alarms.ts';
import { OperationsDashboard } from './dashboard.ts';
import { DeploymentMetrics } from './deployment-metrics.ts';
import type { RouteFunction } from './route-function.ts';
import type { AlarmTarget } from './runbook-alarm.ts';

/** Path of the runbook in the repository, for who has no better address. */
export const DEFAULT_RUNBOOK_URL = 'docs/runbook.md';

/** What is watched, and who is told. */
export interface OperationsProps extends AlarmTarget {
  readonly deploymentName: string;
  /** By folder below `functions/`. */
  readonly functions: Readonly<Record<string, RouteFunction>>;
  /** The scheduled one of `functions`. */
  readonly sweep: RouteFunction;
  readonly api: HttpApi;
  readonly tableName: string;
}

/** Alarms and one dashboard over everything that runs, and the name that tells this deployment's metrics from others'. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { deploymentName } = props;
    for (const served of Object.values(props.functions)) {
      served.function.addEnvironment(ENV.deploymentName, deploymentName);
    }
    const watched = { ...props, metrics: new DeploymentMetrics(deploymentName) };
    const alarms = addAlarms(this, watched);
    new OperationsDashboard(this, 'Dashboard', { ...watched, alarms });
  }
}
