import { randomUUID } from 'node:crypto';
import type { ScheduleModel } from './read-schedules.ts';

/** Calls again and again. @returns what ends it */
export type ScheduleTimer = (everyMs: number, run: () => void) => () => void;

/** The machine's own timer, which keeps no process alive. */
export const systemScheduleTimer: ScheduleTimer = (everyMs, run) => {
  const timer = setInterval(run, everyMs);
  timer.unref();
  return () => clearInterval(timer);
};

/** An event as EventBridge sends it for a rule with a schedule. @see EventBridge docs: Events from scheduled rules */
export interface ScheduledEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'Scheduled Event';
  readonly source: 'aws.events';
  readonly account: string;
  /** RFC 3339, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, never>>;
}

/** Pure but for the event's id. */
export function buildScheduledEvent(
  { arn }: ScheduleModel,
  {
    accountId,
    region,
    nowEpochMs,
  }: { readonly accountId: string; readonly region: string; readonly nowEpochMs: number },
): ScheduledEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: accountId,
    time: new Date(nowEpochMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [arn],
    detail: {},
  };
}

/**
 * Starts every schedule, the first run after its interval. A run that is not over when the next one is due keeps that one from
 * starting: a schedule never runs beside itself here, though on AWS it could. A run that fails is logged.
 * @param run - one run of one schedule
 * @returns what ends them; a run that is on goes on, unheard
 */
export function startSchedules(options: {
  readonly schedules: Iterable<ScheduleModel>;
  readonly timer: ScheduleTimer;
  readonly run: (schedule: ScheduleModel) => Promise<unknown>;
  readonly onLog: (line: string) => void;
}): () => void {
  let isStopped = false;
  const log = (line: string): void => {
    if (!isStopped) options.onLog(line);
  };
  const stops = [...options.schedules].map((schedule) => {
    let isRunning = false;
    return options.timer(schedule.everyMs, () => {
      if (isRunning) {
        log(`${schedule.logicalId}: skipped, the run before is not over`);
        return;
      }
      isRunning = true;
      options
        .run(schedule)
        .catch((error: unknown) => log(`${schedule.logicalId}: ${error instanceof Error ? error.message : 'failed'}`))
        .finally(() => (isRunning = false));
    });
  });
  return () => {
    isStopped = true;
    for (const stop of stops) stop();
  };
}
