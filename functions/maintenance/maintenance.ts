import type { Context } from 'aws-lambda';
import type { Deadline, Metrics, RequestLog } from '../../shared/app/ports.ts';
import { reportFailure } from '../../shared/app/report-failure.ts';
import type { SweepReport } from '../../shared/app/sweep/run-sweep.ts';
import { COUNT, toRequestCount } from '../../shared/metric-names.ts';
import { FAILURE_FAMILY } from '../../shared/problems/failure-family.ts';

interface ReportDeps {
  readonly log: RequestLog;
  readonly metrics: Metrics;
}

export type MaintenanceHandler = (event: unknown, context: Context) => Promise<SweepReport>;

/**
 * Tells Lambda that the run failed, so that it counts an error. Says which failure and nothing of its cause: Lambda writes what
 * is thrown into the log as it is.
 */
export class SweepFailedError extends Error {
  override name = 'SweepFailedError';
}

/**
 * One sweep for each event. What the event says does not matter, so neither a foreign one nor the same one twice does harm; the
 * sweep itself bears a second one beside it.
 * @param sweep - one run, bounded by the invocation's own time
 * @returns the report, for whoever invokes the function by hand
 */
export function createMaintenanceHandler<Deps extends ReportDeps>(
  deps: Deps,
  sweep: (deps: Deps, deadline: Deadline) => Promise<SweepReport>,
): MaintenanceHandler {
  return async (_event, context) => {
    deps.log.begin({ function_request_id: context.awsRequestId });
    try {
      const report = await sweep(deps, { remainingMs: () => context.getRemainingTimeInMillis() });
      deps.log.info('sweep', toLogFields(report));
      if (report.isBehind) deps.metrics.count(COUNT.sweepBehind);
      return report;
    } catch (error) {
      const { reason } = reportFailure(deps, error);
      deps.metrics.count(toRequestCount(FAILURE_FAMILY[reason]));
      deps.metrics.countFailure(reason);
      throw new SweepFailedError(reason);
    } finally {
      deps.metrics.publish();
    }
  };
}

function toLogFields(report: SweepReport): Record<string, number | boolean> {
  const toSnakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(report).map(([name, value]) => [toSnakeCase(name), value]));
}
