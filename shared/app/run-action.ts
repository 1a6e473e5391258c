import type { PrivilegedIntent } from '../catalogue/action.ts';
import type { AuditActor } from '../domain/audit-event.ts';
import type { Connection } from '../domain/connection.ts';
import { computeFingerprint } from '../domain/idempotency.ts';
import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { ActionCall } from './action-call.ts';
import type { Caller } from './authenticate.ts';
import { decideAction, type ActionDecision, type DecideActionDeps } from './decide-action.ts';
import {
  beginIdempotentCall,
  finishIdempotentCall,
  releaseIdempotentCall,
  type IdempotencyClaim,
  type IdempotentCallDeps,
  type KeptReply,
} from './idempotent-call.ts';
import type { Audit, Deadline, DiscordAnswer } from './ports.ts';
import { quietly } from './quietly.ts';
import { runAsUser, type RunAsUserDeps } from './run-as-user.ts';
import { runThroughBot, type RunThroughBotDeps } from './run-through-bot.ts';

export interface RunActionDeps extends RunAsUserDeps, RunThroughBotDeps, DecideActionDeps, IdempotentCallDeps {
  readonly audit: Audit;
}

/** What comes of a call: Discord's answer, or of a dry run only the decision. */
export type ActionOutcome =
  | { readonly kind: 'decided'; readonly decision: ActionDecision }
  | {
      readonly kind: 'answered';
      readonly answer: DiscordAnswer;
      /** Privileged intents of the application, as far as they were asked for. */
      readonly intents?: readonly PrivilegedIntent[];
      /** It is the answer of an earlier call with the same `Idempotency-Key`. */
      readonly isReplay: boolean;
    };

/**
 * Decides on a call and carries it out. Every write leaves an audit record, refused or not.
 * @throws OutageError
 */
export async function runAction(
  deps: RunActionDeps,
  caller: Caller,
  connection: Connection,
  call: ActionCall,
  deadline: Deadline,
): Promise<Result<ActionOutcome, Failure>> {
  const { action, pathParameters, query, body } = call;
  const decidable = { action, pathParameters, query, body: body.json, hasFiles: body.files.length > 0 };
  const decision = await decideAction(deps, caller, connection, decidable, deadline);
  if (call.isDryRun) return ok({ kind: 'decided', decision });
  const [refusal] = decision.failures;
  const outcome = refusal === undefined ? await carryOut(deps, connection, call, decision, deadline) : fail(refusal);
  if (action.effect !== 'read') await recordCall(deps, caller, connection, call, decision, outcome);
  return outcome;
}

async function carryOut(
  deps: RunActionDeps,
  connection: Connection,
  call: ActionCall,
  decision: ActionDecision,
  deadline: Deadline,
): Promise<Result<ActionOutcome, Failure>> {
  const { action, idempotencyKey, discordPath, body } = call;
  const { intents } = decision;
  const answered = (answer: DiscordAnswer, isReplay: boolean): ActionOutcome => ({
    kind: 'answered',
    answer,
    isReplay,
    ...(intents === undefined ? {} : { intents }),
  });
  const run = () =>
    action.credential === 'user'
      ? runAsUser(deps, connection, call, deadline)
      : runThroughBot(deps, connection, call, decision, deadline);
  if (idempotencyKey === undefined || action.retry === 'idempotent') {
    const result = await run();
    return result.ok ? ok(answered(result.value, false)) : result;
  }
  const { tenantId, id: connectionId } = connection;
  const fingerprint = computeFingerprint({ actionId: action.id, discordPath, text: body.text, files: body.files });
  const retry = action.retry;
  const begun = await beginIdempotentCall(deps, { tenantId, connectionId, key: idempotencyKey, fingerprint, retry });
  if (!begun.ok) return begun;
  if (begun.value.kind === 'replay') {
    const { outcome } = begun.value;
    return outcome.ok ? ok(answered(toAnswer(outcome.value), true)) : outcome;
  }
  const { claim } = begun.value;
  const result = await runClaimed(deps, claim, run);
  // It has happened at Discord, whether or not it can be noted.
  await quietly(deps, () => finishIdempotentCall(deps, claim, result.ok ? ok(toReply(result.value)) : result));
  return result.ok ? ok(answered(result.value, false)) : result;
}

/** An outage before anything was sent must not keep the key. What is thrown comes from before: sending answers with a failure. */
async function runClaimed(
  deps: RunActionDeps,
  claim: IdempotencyClaim,
  run: () => Promise<Result<DiscordAnswer, Failure>>,
): Promise<Result<DiscordAnswer, Failure>> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof OutageError) await quietly(deps, () => releaseIdempotentCall(deps, claim));
    throw error;
  }
}

function toReply({ status, headers, body }: DiscordAnswer): KeptReply {
  const type = headers.get('content-type');
  return { status, headers: type === null ? {} : { 'content-type': type }, body };
}

function toAnswer({ status, headers, body }: KeptReply): DiscordAnswer {
  return { status, headers: new Headers(headers), body };
}

/** Who did what to what, and what came of it; never what was written. */
async function recordCall(
  deps: RunActionDeps,
  caller: Caller,
  connection: Connection,
  { action, pathParameters }: ActionCall,
  { place, failures }: ActionDecision,
  outcome: Result<ActionOutcome, Failure>,
): Promise<void> {
  const actor: AuditActor =
    caller.token === undefined
      ? { kind: 'api_key', id: caller.keyId }
      : { kind: 'connection_token', id: caller.token.tokenId };
  await deps.audit.record({
    type: failures.length === 0 ? 'action_run' : 'action_refused',
    actor,
    tenantId: connection.tenantId,
    connectionId: connection.id,
    details: {
      action: action.id,
      ...place,
      targets: [...pathParameters].map(([name, value]) => `${name}=${value}`),
      outcome: outcome.ok ? 'done' : outcome.failure.reason,
    },
  });
}
