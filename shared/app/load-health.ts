import { OutageError } from '../problems/failure.ts';
import { checkComponent, checkComponents, type CheckComponentsDeps, type ComponentHealth } from './check-components.ts';
import {
  buildFigureQueries,
  computeFigures,
  toHealthRange,
  type HealthFigures,
  type HealthPeriod,
} from './health-figures.ts';
import { loadWorkStatus, type WorkStatus, type WorkStatusDeps } from './load-work-status.ts';
import type { MetricRange, MetricReader } from './ports.ts';
import { reportOutage } from './report-outage.ts';

export interface LoadHealthDeps extends CheckComponentsDeps, WorkStatusDeps {
  readonly metricReader: MetricReader;
}

export interface Health {
  readonly range: MetricRange;
  readonly toEpochMs: number;
  /** Absent: CloudWatch did not give them. */
  readonly figures?: HealthFigures;
  readonly components: readonly ComponentHealth[];
  /** Absent: the table did not give it. */
  readonly work?: WorkStatus;
}

/** Milliseconds. CloudWatch looks up more than a hundred series, and what is left to do can be a long list. */
const MAX_LOAD_MS = 5_000;

/** Looks at everything at once: figures of the past, components now, work that is left. What is down is said and breaks nothing. */
export async function loadHealth(deps: LoadHealthDeps, period: HealthPeriod): Promise<Health> {
  const nowEpochMs = deps.clock.nowEpochMs();
  const range = toHealthRange(period, nowEpochMs);
  let figures: HealthFigures | undefined;
  const metrics = checkComponent(
    deps,
    'metrics',
    async () => {
      const queries = buildFigureQueries();
      const loaded = await deps.metricReader.load(queries, range);
      if (!loaded.ok) return { state: 'failed', detail: `CloudWatch answers with ${loaded.failure.cause}.` };
      figures = computeFigures(queries, loaded.value);
      return { state: 'ok', detail: 'CloudWatch gives the figures.' };
    },
    MAX_LOAD_MS,
  );
  const work = loadWorkWhenThere(deps);
  const components = await Promise.all([...checkComponents(deps), metrics]);
  // Figures that come after their time would contradict what is said of their component.
  const areFigures =
    figures !== undefined && components.some(({ name, state }) => name === 'metrics' && state === 'ok');
  const known = await work;
  return {
    range,
    toEpochMs: nowEpochMs,
    ...(areFigures && figures !== undefined ? { figures } : {}),
    components,
    ...(known === undefined ? {} : { work: known }),
  };
}

async function loadWorkWhenThere(deps: LoadHealthDeps): Promise<WorkStatus | undefined> {
  try {
    const loaded = await deps.timeLimit.within(MAX_LOAD_MS, loadWorkStatus(deps));
    return loaded.ok ? loaded.value : undefined;
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    reportOutage(deps, error);
    return undefined;
  }
}
