import * as z from 'zod/mini';
import {
  FINISHED_SESSION_LIFE_SECONDS,
  KEPT_ANSWER_LIFE_SECONDS,
  type ConnectSession,
} from '../domain/connect-session.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import { COUNT } from '../metric-names.ts';
import { OutageError } from '../problems/failure.ts';
import type { ConnectSessionStore, Deadline, Log, Metrics, Vault } from './ports.ts';
import { retryStorage } from './retry-storage.ts';

export interface KeepAnswerDeps {
  readonly sessions: ConnectSessionStore;
  readonly vault: Vault;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Tokens that make no connection: the answer that they came in was unusable, or nothing in it refreshes them. */
const unwantedTokens = z.object({
  accessToken: z.string(),
  clientId: z.string(),
  obtainedAtEpochSeconds: z.number(),
});

/** Tokens fresh from Discord, with all that came along. */
const obtainedTokens = z.extend(unwantedTokens, {
  refreshToken: z.string(),
  expiresInSeconds: z.number(),
  scopes: z.array(z.string()),
  guild: z.exactOptional(z.object({ id: z.string(), name: z.string() })),
  webhook: z.exactOptional(
    z.object({ id: z.string(), channelId: z.string(), guildId: z.string(), token: z.exactOptional(z.string()) }),
  ),
});

/** The answer as sealed into the session. */
const keptAnswer = z.union([obtainedTokens, unwantedTokens]);

export type UnwantedTokens = z.infer<typeof unwantedTokens>;

export type ObtainedTokens = z.infer<typeof obtainedTokens>;

/** With whether the sealed answer lies in the session, so that a later confirmation or the sweep can take it up. */
export type Kept<T> = T & { readonly isKept: boolean };

export function isWhole<T extends UnwantedTokens>(tokens: T): tokens is T & ObtainedTokens {
  return 'refreshToken' in tokens;
}

/**
 * The answer of a confirmation that was interrupted after its exchange.
 * @returns nothing when the session's code was not exchanged yet
 * @throws OutageError
 */
export async function openKeptAnswer(
  deps: Pick<KeepAnswerDeps, 'vault'>,
  session: ConnectSession,
): Promise<ObtainedTokens | UnwantedTokens | undefined> {
  if (session.sealedAnswer === undefined) return undefined;
  const context = sealContexts.tokenAnswer(session.tenantId, session.id);
  return keptAnswer.parse(JSON.parse(await deps.vault.open(context, session.sealedAnswer)));
}

/** Seals the answer into the session. From Discord to here lies the one moment in which the tokens exist only in memory. */
export async function keepAnswer<T extends ObtainedTokens | UnwantedTokens>(
  deps: KeepAnswerDeps,
  session: ConnectSession,
  answer: T,
  claimId: string,
  deadline: Deadline,
): Promise<Kept<T>> {
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
    return { ...answer, isKept: await retryStorage(save, deadline, deps.sleep) };
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    // The storage did not take the answer; the connection itself is another item and still gets its chance.
    deps.log.error('token_answer_unkept', { cause: error.causeName });
    deps.metrics.count(COUNT.tokenAnswerUnkept);
    return { ...answer, isKept: false };
  }
}
