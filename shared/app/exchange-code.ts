import * as z from 'zod/mini';
import { CALLBACK_PATH } from '../connect-paths.ts';
import type { TokenAnswer } from '../discord/token-answer.ts';
import { findTokenToDispose } from '../discord/token-answer.ts';
import {
  CODE_LIFE_SECONDS,
  FINISHED_SESSION_LIFE_SECONDS,
  KEPT_ANSWER_LIFE_SECONDS,
  type ConnectSession,
  type ReturnedCode,
} from '../domain/connect-session.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import { COUNT } from '../metric-names.ts';
import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { toOutwardFailure, withCredentials } from './credentials.ts';
import { disposeOfUnknownGrant, type DisposeDeps, type UnwantedTokens } from './dispose-of-grant.ts';
import { retryStorage } from './retry-storage.ts';
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

/** Tokens fresh from Discord, with all that came along. */
export interface ObtainedTokens extends TokenAnswer {
  readonly refreshToken: string;
  readonly clientId: string;
  readonly obtainedAtEpochSeconds: number;
  /** Whether the sealed answer lies in the session, so that a later confirmation can take it up. */
  readonly isKept: boolean;
}

type ExchangeFailure = { readonly isFinal: boolean; readonly failure: Failure };

/** The answer as sealed into the session. */
const keptAnswer = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresInSeconds: z.number(),
  scopes: z.array(z.string()),
  guild: z.exactOptional(z.object({ id: z.string(), name: z.string() })),
  webhook: z.exactOptional(
    z.object({ id: z.string(), channelId: z.string(), guildId: z.string(), token: z.exactOptional(z.string()) }),
  ),
  clientId: z.string(),
  obtainedAtEpochSeconds: z.number(),
});

const returnedCode = z.object({ code: z.string(), verifier: z.exactOptional(z.string()) });

/**
 * The answer of a confirmation that was interrupted after its exchange.
 * @returns nothing when the session's code was not exchanged yet
 * @throws OutageError
 */
export async function openKeptAnswer(
  deps: { readonly vault: Vault },
  session: ConnectSession,
): Promise<ObtainedTokens | undefined> {
  if (session.sealedAnswer === undefined) return undefined;
  const context = sealContexts.tokenAnswer(session.tenantId, session.id);
  const kept = keptAnswer.parse(JSON.parse(await deps.vault.open(context, session.sealedAnswer)));
  return { ...kept, isKept: true };
}

/** Gets the tokens for a claimed session: the kept answer of an interrupted confirmation, or the exchange of its code. */
export async function exchangeCode(
  deps: ExchangeDeps,
  session: ConnectSession,
  claimId: string,
  deadline: Deadline,
): Promise<Result<ObtainedTokens, ExchangeFailure>> {
  const keptEarlier = await openKeptAnswer(deps, session);
  if (keptEarlier !== undefined) return ok(keptEarlier);
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

/** Seals the answer into the session. From here to there lies the one moment in which the tokens exist only in memory. */
async function keepAnswer(
  deps: ExchangeDeps,
  session: ConnectSession,
  answer: Omit<ObtainedTokens, 'isKept'>,
  claimId: string,
  deadline: Deadline,
): Promise<boolean> {
  const confirmableUntilEpochSeconds = answer.obtainedAtEpochSeconds + FINISHED_SESSION_LIFE_SECONDS;
  const expiresAtEpochSeconds = answer.obtainedAtEpochSeconds + KEPT_ANSWER_LIFE_SECONDS;
  const save = async (): Promise<boolean> => {
    // Inside the retries: a cold sandbox has opened the code by now but must still look up which data key seals.
    const context = sealContexts.tokenAnswer(session.tenantId, session.id);
    const sealedAnswer = await deps.vault.seal(context, JSON.stringify(answer));
    const kept = { sealedAnswer, confirmableUntilEpochSeconds, expiresAtEpochSeconds };
    return deps.sessions.saveAnswer(session.id, claimId, kept);
  };
  try {
    return await retryStorage(save, deadline, deps.sleep);
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    // The storage did not take the answer; the connection itself is another item and still gets its chance.
    deps.log.error('token_answer_unkept', { cause: error.causeName });
    deps.metrics.count(COUNT.tokenAnswerUnkept);
    return false;
  }
}

async function requestTokens(
  deps: ExchangeDeps,
  session: ConnectSession,
  code: ReturnedCode,
  claimId: string,
  deadline: Deadline,
): Promise<Result<ObtainedTokens, ExchangeFailure>> {
  const integration = await deps.integrations.load();
  const clientId = integration?.clientId ?? '';
  const exchange = async (
    credentials: AppCredentials,
  ): Promise<Result<ObtainedTokens | UnwantedTokens, TokenFailure>> => {
    if (credentials.clientId !== clientId) return fail({ reason: 'client_mismatch' });
    const redirectUri = `${deps.publicBaseUrl}${CALLBACK_PATH}`;
    const answer = await deps.tokens.exchangeCode(
      credentials,
      { ...code, redirectUri, askedScopes: session.scopes },
      deadline,
    );
    if (!answer.ok) return answer;
    const { refreshToken, ...rest } = answer.value;
    if (refreshToken === undefined) return ok({ clientId, accessToken: rest.accessToken });
    const obtained = {
      ...rest,
      refreshToken,
      clientId,
      obtainedAtEpochSeconds: toEpochSeconds(deps.clock.nowEpochMs()),
    };
    return ok({ ...obtained, isKept: await keepAnswer(deps, session, obtained, claimId, deadline) });
  };
  const exchanged = await withCredentials(deps, exchange);
  if (exchanged.ok) {
    const tokens = exchanged.value;
    if ('isKept' in tokens) return ok(tokens);
    await disposeOfUnknownGrant(deps, tokens, deadline);
    return fail({ isFinal: true, failure: { reason: 'discord_answer_unreadable' } });
  }
  const { failure } = exchanged;
  if (failure.reason === 'grant_rejected') {
    return fail({ isFinal: true, failure: { reason: 'authorization_code_expired' } });
  }
  if (failure.reason === 'answer_unusable') {
    const accessToken = findTokenToDispose(failure.salvage.reveal());
    if (accessToken !== undefined) await disposeOfUnknownGrant(deps, { clientId, accessToken }, deadline);
    return fail({ isFinal: true, failure: { reason: 'discord_answer_unreadable' } });
  }
  // Whether Discord has used the code up is not known: it is kept, and the next confirmation finds out.
  return fail({ isFinal: false, failure: toOutwardFailure(failure) });
}
