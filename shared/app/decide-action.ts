import type { ActionDefinition, PrivilegedIntent } from '../catalogue/action.ts';
import type { AuthorityFacts } from '../authority/facts.ts';
import {
  checkAuthority,
  listNamedPlace,
  type AuthorityCall,
  type AuthorityPlace,
} from '../authority/check-authority.ts';
import { loadViewer, type Viewer } from '../authority/filters.ts';
import type { ApplicationFacts } from '../discord/application-facts.ts';
import { findOwnWebhook, type Connection } from '../domain/connection.ts';
import { computeMissingScopes } from '../domain/scopes.ts';
import { FailureError, type Failure } from '../problems/failure.ts';
import type { Caller } from './authenticate.ts';
import { loadBot } from './bot-application.ts';
import { isFiltered } from './filter-answer.ts';
import { createBotFacts, type BotFactsDeps } from './bot-facts.ts';
import { checkActionLimit, checkPlaceLimit } from './check-call-limits.ts';
import type { Deadline, Memory } from './ports.ts';

export interface DecideActionDeps extends BotFactsDeps {
  readonly applications: Memory<ApplicationFacts>;
}

export interface ActionDecision {
  /** Everything that stands against it, the most basic first; empty: it may be made. */
  readonly failures: readonly Failure[];
  readonly place: AuthorityPlace;
  /** Privileged intents of the application; nothing when they were not asked for. */
  readonly intents?: readonly PrivilegedIntent[];
  /** The connected user in the guild, where the answer has to be filtered for him. */
  readonly viewer?: Viewer;
}

/** For whoever decides on many calls at once, or on some without a place. */
export interface DecideOptions {
  /** Read before; absent: this decision reads for itself. */
  readonly facts?: AuthorityFacts;
  /** See {@link loadBot}; asked for only where it is needed. */
  readonly bot?: () => ReturnType<typeof loadBot>;
  /** Decide only what does not depend on where. */
  readonly isPlaceUnknown?: boolean;
}

/**
 * Whether this caller may make this call for this connection: his limits, the scopes, and for what goes through the bot the
 * guild, the permissions of the connected user and of the bot, and the intents. Reads at Discord and in the table; changes nothing.
 * @throws OutageError
 */
export async function decideAction(
  deps: DecideActionDeps,
  caller: Caller,
  connection: Connection,
  call: AuthorityCall,
  deadline: Deadline,
  options: DecideOptions = {},
): Promise<ActionDecision> {
  const { action } = call;
  const limited = checkActionLimit(caller, action.id);
  if (limited !== undefined) return refuse(limited);
  const missing = computeMissingScopes(action.scopes, connection.scopes);
  const scopes: Failure[] = missing.length === 0 ? [] : [{ reason: 'scope_missing', missing }];
  if (action.credential === 'user') {
    const place = listNamedPlace(call);
    return { failures: [...toList(checkPlaceLimit(caller, action.place, place)), ...scopes], place };
  }
  const own = findOwnWebhook(connection, call.pathParameters.get('webhook_id') ?? '');
  if (action.byToken !== undefined && own?.sealedToken !== undefined && !needsBot(call)) {
    const { guildId, channelId } = own;
    const place = { guildId, channelId };
    return { failures: [...toList(checkPlaceLimit(caller, action.place, place)), ...scopes], place };
  }
  return decideForBot(deps, caller, connection, call, scopes, { deadline, ...options });
}

async function decideForBot(
  deps: DecideActionDeps,
  caller: Caller,
  connection: Connection,
  call: AuthorityCall,
  scopes: readonly Failure[],
  { deadline, ...options }: DecideOptions & { readonly deadline: Deadline },
): Promise<ActionDecision> {
  const { action } = call;
  try {
    const bot = await (options.bot?.() ?? loadBot(deps, connection.clientId, deadline));
    if (!bot.ok) return refuse(bot.failure, scopes);
    const { intents } = bot.value;
    const refusing = action.needs.intents.filter(
      (intent) => isRefusedWithout(action, intent) && !intents.includes(intent),
    );
    const lacking: Failure[] = refusing.length > 0 ? [{ reason: 'intent_missing', missing: refusing }] : [];
    if (options.isPlaceUnknown === true) return { failures: [...scopes, ...lacking], place: {}, intents };
    const facts = options.facts ?? createBotFacts(deps, connection, action.effect === 'destructive', deadline);
    const parties = { actorId: connection.discordUser.id, botId: connection.clientId };
    const { failures, place } = await checkAuthority(facts, parties, call, deps.clock.nowEpochMs());
    const limits = toList(checkPlaceLimit(caller, action.place, place));
    const { guildId } = place;
    const viewer =
      guildId !== undefined && isFiltered(action)
        ? await loadViewer(facts, parties, guildId, deps.clock.nowEpochMs())
        : undefined;
    const decided = { failures: [...limits, ...failures, ...scopes, ...lacking], place, intents };
    return viewer === undefined ? decided : { ...decided, viewer };
  } catch (error) {
    // Discord could not be asked for what the decision needs.
    if (error instanceof FailureError) return refuse(error.failure, scopes);
    throw error;
  }
}

/** Other reads of messages come without MESSAGE_CONTENT, too, and blank; a search finds nothing by it. */
function isRefusedWithout({ needs }: ActionDefinition, intent: PrivilegedIntent): boolean {
  return intent !== 'MESSAGE_CONTENT' || needs.rules.includes('search');
}

function refuse(failure: Failure, others: readonly Failure[] = []): ActionDecision {
  return { failures: [failure, ...others], place: {} };
}

function toList(failure: Failure | undefined): Failure[] {
  return failure === undefined ? [] : [failure];
}

/** A webhook's own token does not move it to another channel. */
export function needsBot({ action, body }: Pick<AuthorityCall, 'action' | 'body'>): boolean {
  return action.id === 'webhook.edit' && typeof body === 'object' && body !== null && 'channel_id' in body;
}
