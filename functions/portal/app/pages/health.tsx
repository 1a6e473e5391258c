import { useLocation, useRoute } from 'preact-iso';
import { load } from '../api.ts';
import { Badge, type Tone } from '../parts/badge.tsx';
import { Empty, Page, Show } from '../parts/page.tsx';
import { Plot } from '../parts/plot.tsx';
import { Time } from '../parts/time.tsx';
import { useLoad } from '../parts/use-load.ts';
import { WORDS } from '../words.ts';

interface Component {
  readonly name: string;
  readonly state: 'ok' | 'failed' | 'unknown';
  readonly detail: string;
  readonly took_ms: number | null;
}

interface HealthReport {
  readonly period: string;
  readonly step_seconds: number;
  readonly from: string;
  readonly to: string;
  readonly series: {
    readonly calls: readonly number[];
    readonly failures: readonly number[];
    readonly refreshes_ok: readonly number[];
    readonly refreshes_failed: readonly number[];
    readonly rate_limited: readonly number[];
    readonly discord_latency_ms_avg: readonly (number | null)[];
  };
  readonly errors: readonly { readonly code: string; readonly count: number }[];
  readonly is_metrics_available: boolean;
  readonly components: readonly Component[];
  readonly work: {
    readonly credentials_rejected_since: string | null;
    readonly revocations_owed: number;
    readonly last_pass_ended_at: string | null;
  } | null;
}

const PERIODS = [
  ['hour', 'Last hour'],
  ['day', 'Last day'],
] as const;

/** What the parts are, for who does not know AWS. */
const COMPONENT_WORDS: Readonly<Record<string, string>> = {
  table: 'Storage (DynamoDB table)',
  secret: 'Client secret (Secrets Manager)',
  token_key: 'Token key (KMS)',
  discord: 'Discord',
  metrics: 'Figures (CloudWatch)',
};

const TONES: Readonly<Record<Component['state'], Tone>> = { ok: 'good', failed: 'bad', unknown: 'warn' };
const STATES: Readonly<Record<Component['state'], string>> = { ok: 'works', failed: 'fails', unknown: 'not known' };

/** How the installation gets on: what was called and how it ended, and whether everything that it needs answers. */
export function Health() {
  const { route } = useLocation();
  const period = useRoute().query['period'] === 'day' ? 'day' : 'hour';
  const report = useLoad((signal) => load<HealthReport>(`/health?period=${period}`, signal), [period]);
  return (
    <Page
      title="Health"
      actions={
        <>
          {PERIODS.map(([name, label]) => (
            <button
              key={name}
              type="button"
              class={name === period ? 'small' : 'secondary small'}
              aria-pressed={name === period}
              onClick={() => route(`/portal/health?period=${name}`)}
            >
              {label}
            </button>
          ))}
          <button type="button" class="secondary small" aria-busy={report.isLoading} onClick={report.reload}>
            {WORDS.refresh}
          </button>
        </>
      }
    >
      <Show of={report}>{(shown) => <Report report={shown} />}</Show>
    </Page>
  );
}

function Report({ report }: { readonly report: HealthReport }) {
  return (
    <>
      <Components components={report.components} />
      {report.work === null ? (
        <p class="notice warn">The table did not tell what is under way.</p>
      ) : (
        <Work work={report.work} />
      )}
      <Figures report={report} />
    </>
  );
}

function Components({ components }: Pick<HealthReport, 'components'>) {
  return (
    <section aria-labelledby="parts">
      <h2 id="parts">What it stands on</h2>
      <ul class="cards">
        {components.map(({ name, state, detail, took_ms }) => (
          <li key={name}>
            <strong>{COMPONENT_WORDS[name] ?? name}</strong> <Badge tone={TONES[state]}>{STATES[state]}</Badge>
            <p class="hint">
              {detail}
              {took_ms !== null && ` (${took_ms} ms)`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Work({ work }: { readonly work: NonNullable<HealthReport['work']> }) {
  return (
    <section aria-labelledby="work">
      <h2 id="work">Under way</h2>
      {work.credentials_rejected_since !== null && (
        <p class="notice failed">
          Discord refuses the client secret since <Time at={work.credentials_rejected_since} />. Enter the current one
          on <a href="/portal/set-up">Set up</a>; connections go on once that is done.
        </p>
      )}
      <dl class="facts">
        <dt>Revocations owed to Discord</dt>
        <dd>
          {work.revocations_owed === 0
            ? WORDS.none
            : `${work.revocations_owed}: disconnected here, and the sweep goes on revoking at Discord`}
        </dd>
        <dt>Last look at all connections</dt>
        <dd>
          <Time at={work.last_pass_ended_at} />
        </dd>
      </dl>
    </section>
  );
}

function Figures({ report }: { readonly report: HealthReport }) {
  const { series, errors, from, step_seconds, is_metrics_available } = report;
  if (!is_metrics_available) {
    return (
      <p class="notice warn">
        CloudWatch did not give any figures just now. Nothing is wrong with the calls themselves.
      </p>
    );
  }
  const times = series.calls.map((_, index) => new Date(Date.parse(from) + index * step_seconds * 1_000).toISOString());
  const latencies = series.discord_latency_ms_avg.filter((value) => value !== null);
  const average = latencies.length === 0 ? '–' : `${Math.round(sum(latencies) / latencies.length)}`;
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">Figures</h2>
      {sum(series.calls) === 0 ? (
        <Empty>
          There was no call in this time. Figures arrive a minute or two after the calls.{' '}
          <a href="/portal/try">Try one.</a>
        </Empty>
      ) : (
        <>
          <div class="plots">
            <Plot title="Requests" times={times} values={series.calls} />
            <Plot title="Failed" times={times} values={series.failures} tone="bad" />
            <Plot title="Refreshes" times={times} values={series.refreshes_ok} tone="good" />
            <Plot title="Failed refreshes" times={times} values={series.refreshes_failed} tone="bad" />
            <Plot title="Rate limited (429)" times={times} values={series.rate_limited} tone="warn" />
            <Plot
              title="Discord answers in"
              unit=" ms"
              times={times}
              values={series.discord_latency_ms_avg}
              total={average}
            />
          </div>
          <Errors errors={errors} />
        </>
      )}
    </section>
  );
}

function Errors({ errors }: Pick<HealthReport, 'errors'>) {
  if (errors.length === 0) return <p class="notice good">No request failed in this time.</p>;
  return (
    <>
      <h3>Errors by code</h3>
      <div class="wide" tabIndex={0} role="region" aria-label="Errors by code">
        <table>
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col">How often</th>
            </tr>
          </thead>
          <tbody>
            {errors.map(({ code, count }) => (
              <tr key={code}>
                <td>
                  <a href={`/problems/${code}`} target="_blank" rel="noreferrer">
                    {code}
                  </a>
                </td>
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
