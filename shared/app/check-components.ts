import { OutageError } from '../problems/failure.ts';
import type { AppSecrets, Clock, DiscordClient, IntegrationStore, TimeLimit, TokenKeyProbe } from './ports.ts';
import { reportOutage, type OutageDeps } from './report-outage.ts';

export interface CheckComponentsDeps extends OutageDeps {
  readonly clock: Clock;
  readonly timeLimit: TimeLimit;
  readonly integrations: Pick<IntegrationStore, 'load'>;
  readonly secrets: Pick<AppSecrets, 'reload'>;
  readonly tokenKey: TokenKeyProbe;
  readonly discord: DiscordClient;
}

export type ComponentName = 'table' | 'secret' | 'token_key' | 'discord' | 'metrics';

/** What a look at a component has shown. `unknown`: it could not be told. */
export interface Verdict {
  readonly state: 'ok' | 'failed' | 'unknown';
  /** One sentence for the operator; names of errors, never their messages. */
  readonly detail: string;
}

export interface ComponentHealth extends Verdict {
  readonly name: ComponentName;
  readonly tookMs: number;
}

/** Milliseconds. Whoever looks waits for the slowest component, and what takes longer does not serve anyway. */
export const MAX_CHECK_MS = 2_000;

/** Milliseconds that {@link DiscordClient} keeps back of a deadline for what comes after the call. */
const DISCORD_RESERVE_MS = 2_000;

/** The one path of the API that needs no credential. @see Discord docs: events/gateway (Get Gateway) */
const GATEWAY_PATH = '/api/v10/gateway';

/** Looks at everything that the installation stands on, side by side: one that is down delays or breaks none of the others. */
export function checkComponents(deps: CheckComponentsDeps): Promise<ComponentHealth>[] {
  return [
    checkComponent(deps, 'table', () => checkTable(deps)),
    checkComponent(deps, 'secret', () => checkSecret(deps)),
    checkComponent(deps, 'token_key', () => checkTokenKey(deps)),
    checkComponent(deps, 'discord', () => checkDiscord(deps)),
  ];
}

/**
 * One look, bounded in time; an outage is a verdict.
 * @param maxMs - absent: {@link MAX_CHECK_MS}
 */
export async function checkComponent(
  deps: Pick<CheckComponentsDeps, 'clock' | 'timeLimit' | 'log' | 'metrics'>,
  name: ComponentName,
  look: () => Promise<Verdict>,
  maxMs = MAX_CHECK_MS,
): Promise<ComponentHealth> {
  const startedAtEpochMs = deps.clock.nowEpochMs();
  const judged = await deps.timeLimit.within(maxMs, judge(deps, look));
  const verdict: Verdict = judged.ok ? judged.value : { state: 'failed', detail: describeLate(maxMs) };
  return { name, ...verdict, tookMs: Math.max(0, deps.clock.nowEpochMs() - startedAtEpochMs) };
}

function describeLate(maxMs: number): string {
  return `It did not answer within ${maxMs / 1_000} s.`;
}

async function judge(deps: OutageDeps, look: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    reportOutage(deps, error);
    return { state: 'failed', detail: `It answers with ${error.causeName}.` };
  }
}

async function checkTable({ integrations }: CheckComponentsDeps): Promise<Verdict> {
  const integration = await integrations.load();
  const detail = integration === undefined ? 'It can be read; no settings are saved yet.' : 'The settings can be read.';
  return { state: 'ok', detail };
}

async function checkSecret({ secrets }: CheckComponentsDeps): Promise<Verdict> {
  try {
    const { botToken } = await secrets.reload();
    return { state: 'ok', detail: `It holds a client secret and ${botToken === undefined ? 'no' : 'a'} bot token.` };
  } catch (error) {
    if (!(error instanceof OutageError) || error.failure.reason !== 'operator_setup_incomplete') throw error;
    return { state: 'unknown', detail: 'No client secret is entered yet.' };
  }
}

async function checkTokenKey({ tokenKey }: CheckComponentsDeps): Promise<Verdict> {
  await tokenKey.probe();
  return { state: 'ok', detail: 'It makes and opens data keys.' };
}

async function checkDiscord({ discord }: CheckComponentsDeps): Promise<Verdict> {
  const deadline = { remainingMs: () => MAX_CHECK_MS + DISCORD_RESERVE_MS };
  const answer = await discord.send({ method: 'GET', path: GATEWAY_PATH, headers: {} }, deadline);
  if (!answer.ok) {
    const detail =
      answer.failure.reason === 'discord_timeout'
        ? `It did not answer within ${MAX_CHECK_MS / 1_000} s.`
        : 'No answer.';
    return { state: 'failed', detail };
  }
  const { status } = answer.value;
  if (status === 429) return { state: 'unknown', detail: 'It answers, but limits our requests just now (429).' };
  return status === 200
    ? { state: 'ok', detail: 'Its API answers.' }
    : { state: 'failed', detail: `Its API answers with ${status}.` };
}
