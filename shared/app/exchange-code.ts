import * as z from 'zod/mini';
import { CALLBACK_PATH } from '../connect-paths.ts';
import { findTokenToDispose } from '../discord/token-answer.ts';
import {
  CODE_LIFE_SECONDS,
  FINISHED_SESSION_LIFE_SECONDS,
  type ConnectSession,
  type ReturnedCode,
} from '../domain/connect-session.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { toOutwardFailure, withCredentials } from './credentials.ts';
import { disposeOfUnknownGrant, type DisposeDeps } from './dispose-of-grant.ts';
import {
  isWhole,
  keepAnswer,
  openKeptAnswer,
  type Kept,
  type ObtainedTokens,
  type UnwantedTokens,
} from './kept-answer.ts';
import type { AppCredentials, ConnectSessionStore, Deadline, IntegrationStore, TodoStore, Vault } from './ports.ts';
import type { TokenEndpoint, TokenFailure } from './token-endpoint.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

export interface ExchangeDeps extends DisposeDeps {
  readonly sessions: ConnectSessionStore;
  readonly todos: TodoStore;
  readonly integrations: IntegrationStore;
  readonly vault: Vault;
  readonly tokens: TokenEndpoint;
  readonly sleep: (ms: number) => Promise<void>;
  readonly publicBaseUrl: string;
}

type ExchangeFailure = { readonly isFinal: boolean; readonly failure: Failure };

const returnedCode = z.object({ code: z.string(), verifier: z.exactOptional(z.string()) });

/** Gets the tokens for a claimed session: the kept answer of an interrupted confirmation, or the exchange of its code. */
export async function exchangeCode(
  deps: ExchangeDeps,
  session: ConnectSession,
  claimId: string,
  deadline: Deadline,
): Promise<Result<Kept<ObtainedTokens>, ExchangeFailure>> {
  const keptEarlier = await openKeptAnswer(deps, session);
  if (keptEarlier !== undefined) return takeUp(deps, session, { ...keptEarlier, isKept: true }, deadline);
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const ageSeconds = nowEpochSeconds - (session.returnedAtEpochSeconds ?? 0);
  if (session.sealedCode === undefined || ageSeconds >= CODE_LIFE_SECONDS) {
    return fail({ isFinal: true, failure: { reason: 'authorization_code_expired' } });
  }
  const context = sealContexts.returnedCode(session.tenantId, session.id);
  const code = returnedCode.parse(JSON.parse(await deps.vault.open(context, session.sealedCode)));

  await noteAnswer(deps, session);
  return requestTokens(deps, session, code, claimId, deadline);
}

/** Written before Discord is asked: whatever happens afterwards, the sweep finds the session. */
async function noteAnswer(deps: ExchangeDeps, session: ConnectSession): Promise<void> {
  const sinceEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  await deps.todos.put({
    ...buildAnswerTodo(session.id),
    sinceEpochSeconds,
    notBeforeEpochSeconds: sinceEpochSeconds + FINISHED_SESSION_LIFE_SECONDS,
  });
}

/** A session has one to-do in its life, so the session itself names it. */
export function buildAnswerTodo(sessionId: string) {
  return { kind: 'ANSWER', id: sessionId, claimId: sessionId } as const;
}

async function requestTokens(
  deps: ExchangeDeps,
  session: ConnectSession,
  code: ReturnedCode,
  claimId: string,
  deadline: Deadline,
): Promise<Result<Kept<ObtainedTokens>, ExchangeFailure>> {
  const integration = await deps.integrations.load();
  const clientId = integration?.clientId ?? '';
  const keep = <T extends ObtainedTokens | UnwantedTokens>(answer: T) =>
    keepAnswer(deps, session, answer, claimId, deadline);
  const exchange = async (
    credentials: AppCredentials,
  ): Promise<Result<Kept<ObtainedTokens | UnwantedTokens>, TokenFailure>> => {
    if (credentials.clientId !== clientId) return fail({ reason: 'client_mismatch' });
    const redirectUri = `${deps.publicBaseUrl}${CALLBACK_PATH}`;
    const answer = await deps.tokens.exchangeCode(
      credentials,
      { ...code, redirectUri, askedScopes: session.scopes },
      deadline,
    );
    const obtainedAtEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
    if (answer.ok) {
      const { refreshToken, ...rest } = answer.value;
      if (refreshToken !== undefined)
        return ok(await keep({ ...rest, refreshToken, clientId, obtainedAtEpochSeconds }));
      return ok(await keep({ accessToken: rest.accessToken, clientId, obtainedAtEpochSeconds }));
    }
    if (answer.failure.reason !== 'answer_unusable') return answer;
    const accessToken = findTokenToDispose(answer.failure.salvage.reveal());
    return accessToken === undefined ? answer : ok(await keep({ accessToken, clientId, obtainedAtEpochSeconds }));
  };
  const exchanged = await withCredentials(deps, exchange);
  if (exchanged.ok) return takeUp(deps, session, exchanged.value, deadline);
  const { failure } = exchanged;
  if (failure.reason === 'grant_rejected') {
    return fail({ isFinal: true, failure: { reason: 'authorization_code_expired' } });
  }
  if (failure.reason === 'answer_unusable') {
    return fail({ isFinal: true, failure: { reason: 'discord_answer_unreadable' } });
  }
  // Whether Discord has used the code up is not known: it is kept, and the next confirmation finds out.
  return fail({ isFinal: false, failure: toOutwardFailure(failure) });
}

/** Tokens that make no connection, since they cannot be refreshed or came in an unusable answer, are given back at once. */
async function takeUp(
  deps: ExchangeDeps,
  session: ConnectSession,
  tokens: Kept<ObtainedTokens | UnwantedTokens>,
  deadline: Deadline,
): Promise<Result<Kept<ObtainedTokens>, ExchangeFailure>> {
  if (isWhole(tokens)) return ok(tokens);
  const { isSettled } = await disposeOfUnknownGrant(deps, tokens, deadline, session);
  // Kept tokens that could not be revoked stay kept: confirming again, or the sweep, tries again.
  return fail({ isFinal: isSettled || !tokens.isKept, failure: { reason: 'discord_answer_unreadable' } });
}
