import type { ActionDefinition } from '../catalogue/action.ts';
import { MISSING_SCOPE_CODE, parseApiAnswer, type Unauthorized } from '../discord/api-answer.ts';
import type { Connection } from '../domain/connection.ts';
import type { DiscordFailure, Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import { loadAccessToken } from './access-token.ts';
import type { ActionCall } from './action-call.ts';
import { markReconnectRequired } from './mark-reconnect-required.ts';
import type { UsableToken } from './open-tokens.ts';
import type { Deadline, DiscordAnswer, DiscordClient } from './ports.ts';
import { replaceRejectedToken, type RefreshDeps } from './refresh-connection.ts';

export interface RunAsUserDeps extends RefreshDeps {
  readonly discord: DiscordClient;
}

/**
 * Carries out one action with the connected user's own token. A 401 leads to one refresh and one more try; a second one means
 * that only the user can help.
 */
export async function runAsUser(
  deps: RunAsUserDeps,
  connection: Connection,
  call: ActionCall,
  deadline: Deadline,
): Promise<Result<DiscordAnswer, Failure>> {
  let token = await loadAccessToken(deps, connection, deadline);
  if (!token.ok) return token;
  let answer = await callDiscord(deps, token.value, call, deadline);

  const isJustRefreshed = token.value.connection.tokensVersion !== connection.tokensVersion;
  if (!answer.ok && answer.failure.reason === 'discord_unauthorized' && !isJustRefreshed) {
    token = await replaceRejectedToken(deps, token.value.connection, deadline);
    if (!token.ok) return token;
    answer = await callDiscord(deps, token.value, call, deadline);
  }
  if (answer.ok) return answer;
  if (answer.failure.reason !== 'discord_unauthorized') return fail(toActionFailure(answer.failure, call.action));
  // A connection that was renewed at this very moment is not dead: the caller may simply try again.
  const isMarked = await markReconnectRequired(deps, token.value.connection, 'token_rejected');
  return isMarked
    ? fail({ reason: 'reconnect_required', statusReason: 'token_rejected' })
    : fail({ reason: 'connection_changed', retryAfterSeconds: 1 });
}

async function callDiscord(
  deps: RunAsUserDeps,
  token: UsableToken,
  { action, discordPath }: ActionCall,
  deadline: Deadline,
): Promise<Result<DiscordAnswer, DiscordFailure | Unauthorized>> {
  const headers = { authorization: `Bearer ${token.accessToken}`, accept: 'application/json' };
  const sent = await deps.discord.send({ method: action.method, path: discordPath, headers }, deadline);
  return sent.ok ? parseApiAnswer(sent.value, action.successStatuses) : sent;
}

function toActionFailure(failure: Failure, action: ActionDefinition): Failure {
  const isScopeRefusal = failure.reason === 'discord_rejected' && failure.discordCode === MISSING_SCOPE_CODE;
  return isScopeRefusal ? { reason: 'scope_missing', missing: action.scopes } : failure;
}
