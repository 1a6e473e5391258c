import type { OutgoingForm } from '../discord/build-multipart.ts';
import { parseRetryAfter } from '../discord/rate-headers.ts';
import type { Connection } from '../domain/connection.ts';
import { sha256Hex } from '../domain/hash.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import type { ActionCall } from './action-call.ts';
import type { Deadline, DiscordAnswer, RateGate, RateTarget } from './ports.ts';
import { sendAction, type SendActionDeps, type Way } from './send-action.ts';

export interface SendWithinLimitsDeps extends SendActionDeps {
  readonly rates: RateGate;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Milliseconds that a call may wait for its turn, in all; whoever must wait longer is told so. */
const MAX_WAIT_MS = 2_000;

/** Milliseconds that must be left after waiting, for the call itself. */
const RESERVE_MS = 8_000;

const MAX_TRIES = 3;

/**
 * Sends a call when Discord's limits allow it. What Discord has refused with 429 was not carried out, so it is sent again after
 * a short wait; what it has not answered is sent again only when that does no harm, and once.
 * @throws OutageError
 */
export async function sendWithinLimits(
  deps: SendWithinLimitsDeps,
  connection: Connection,
  way: Way,
  call: ActionCall,
  body: OutgoingForm | undefined,
  deadline: Deadline,
): Promise<Result<DiscordAnswer, Failure>> {
  const target = toRateTarget(connection, way, call);
  let waitedMs = 0;
  const wait = async (ms: number): Promise<boolean> => {
    if (waitedMs + ms > MAX_WAIT_MS || deadline.remainingMs() - ms < RESERVE_MS) return false;
    waitedMs += ms;
    await deps.sleep(ms);
    return true;
  };
  for (let tries = 1; ; tries += 1) {
    const { waitMs } = await deps.rates.admit(target);
    if (waitMs > 0) {
      if (!(await wait(waitMs))) return fail(toRateFailure(waitMs));
      continue;
    }
    const sent = await sendAction(deps, way, call, body, deadline);
    if (!sent.ok) return sent;
    await deps.rates.learn(target, sent.value);
    if (tries >= MAX_TRIES || !(await isWorthAnother(sent.value, call, wait))) return sent;
  }
}

async function isWorthAnother(
  { status, headers, body }: DiscordAnswer,
  { action, idempotencyKey }: ActionCall,
  wait: (ms: number) => Promise<boolean>,
): Promise<boolean> {
  if (status === 429) {
    const { retryAfterSeconds } = parseRetryAfter(headers, Buffer.from(body).toString('utf8'));
    return wait(retryAfterSeconds * 1_000);
  }
  const isSafe = action.retry === 'idempotent' || (action.retry === 'nonce' && idempotencyKey !== undefined);
  return isSafe && (status === 502 || status === 503 || status === 504) && wait(250);
}

/** Known beforehand from what Discord said: nothing is sent that it would refuse. */
function toRateFailure(waitMs: number): Failure {
  return { reason: 'discord_rate_limited', retryAfterSeconds: Math.ceil(waitMs / 1_000) };
}

/** A webhook's limits are its own; everything else of the bot counts for the bot. */
function toRateTarget({ clientId }: Connection, way: Way, { action, pathParameters }: ActionCall): RateTarget {
  const resource =
    pathParameters.get('channel_id') ?? pathParameters.get('guild_id') ?? pathParameters.get('webhook_id');
  return {
    credential: way.kind === 'bot' ? `bot ${clientId}` : `webhook ${sha256Hex(way.token)}`,
    route: `${action.method} ${action.path}`,
    ...(resource === undefined ? {} : { resource }),
  };
}
