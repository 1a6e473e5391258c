import type { HealthFigures, HealthPeriod } from '../../shared/app/health-figures.ts';
import type { Health } from '../../shared/app/load-health.ts';
import type { WorkStatus } from '../../shared/app/load-work-status.ts';
import { toRfc3339 } from '../../shared/domain/connection.ts';
import { toEpochSeconds } from '../../shared/domain/epoch-seconds.ts';

/** The answer of `GET /health`. Without figures the lists are empty: nothing is made up. */
export function toHealthJson(period: HealthPeriod, health: Health): Record<string, unknown> {
  const { range, toEpochMs, figures, components, work } = health;
  return {
    period,
    step_seconds: range.stepSeconds,
    from: toTime(range.fromEpochMs),
    to: toTime(toEpochMs),
    is_metrics_available: figures !== undefined,
    series: toSeriesJson(figures),
    outcomes: figures?.outcomes ?? {},
    errors: figures?.errors ?? [],
    components: components.map(({ name, state, detail, tookMs }) => ({ name, state, detail, took_ms: tookMs })),
    work: work === undefined ? null : toWorkJson(work),
  };
}

function toSeriesJson(figures: HealthFigures | undefined): Record<string, readonly (number | null)[]> {
  const series = figures?.series;
  return {
    calls: series?.calls ?? [],
    failures: series?.failures ?? [],
    refreshes_ok: series?.refreshesOk ?? [],
    refreshes_failed: series?.refreshesFailed ?? [],
    rate_limited: series?.rateLimited ?? [],
    discord_latency_ms_avg: (series?.discordLatencyMsAvg ?? []).map((milliseconds) => milliseconds ?? null),
  };
}

function toWorkJson(work: WorkStatus): Record<string, number | string | null> {
  const { credentialsRejectedSinceEpochSeconds: rejectedSince, lastPassEndedAtEpochSeconds: lastPass } = work;
  return {
    credentials_rejected_since: rejectedSince === undefined ? null : toRfc3339(rejectedSince),
    revocations_owed: work.revocationsOwed,
    last_pass_ended_at: lastPass === undefined ? null : toRfc3339(lastPass),
  };
}

function toTime(epochMs: number): string {
  return toRfc3339(toEpochSeconds(epochMs));
}
