import type { AuthorityPlace } from '../authority/check-authority.ts';
import type { ActionDefinition } from '../catalogue/action.ts';
import { AUTHORITY_RULES, type AuthorityRule } from '../catalogue/authority-rule.ts';
import type { Connection } from '../domain/connection.ts';
import type { Caller } from './authenticate.ts';
import { loadBot } from './bot-application.ts';
import { createBotFacts } from './bot-facts.ts';
import { decideAction, type ActionDecision, type DecideActionDeps } from './decide-action.ts';
import type { Deadline } from './ports.ts';

/** What is known of an action without a call of it. */
export interface ActionExplanation {
  readonly action: ActionDefinition;
  readonly decision: Pick<ActionDecision, 'failures'>;
  /** What else decides once the call says whom or what it is about, in sentences. */
  readonly dependsOn: readonly string[];
}

/** Rules that need nothing but the place. The others look at a message, a member, a role or the body. */
const PLACE_RULES: readonly AuthorityRule[] = [
  'send_message',
  'delete_channel',
  'private_threads',
  'thread',
  'leave_guild',
  'visible_channels',
  'visible_threads',
  'guild_webhooks',
  'search',
];

/**
 * Says for every action whether it would work now for this connection and what stands against it. Facts are read once for all.
 * @param place - absent parts are not looked at: what depends on them says so
 * @throws OutageError
 */
export async function explainActions(
  deps: DecideActionDeps,
  caller: Caller,
  connection: Connection,
  catalogue: readonly ActionDefinition[],
  place: AuthorityPlace,
  deadline: Deadline,
): Promise<ActionExplanation[]> {
  const facts = createBotFacts(deps, connection, false, deadline);
  let loading: ReturnType<typeof loadBot> | undefined;
  // A bot that is missing or refused is not remembered elsewhere: it would be asked about for every action.
  const bot = () => (loading ??= loadBot(deps, connection.clientId, deadline));
  const explanations: ActionExplanation[] = [];
  for (const action of catalogue) {
    const pathParameters = toParameters(action, place);
    const isPlaceUnknown = pathParameters === undefined;
    const rules = action.needs.rules.filter((rule) => PLACE_RULES.includes(rule));
    const call = {
      action: { ...action, needs: { ...action.needs, rules } },
      pathParameters: pathParameters ?? new Map<string, string>(),
      query: new URLSearchParams(),
      body: undefined,
      hasFiles: false,
    };
    const decision = await decideAction(deps, caller, connection, call, deadline, { facts, bot, isPlaceUnknown });
    explanations.push({ action, decision, dependsOn: listDependencies(action, isPlaceUnknown) });
  }
  return explanations;
}

/** @returns nothing when the action reaches a place that was not given */
function toParameters(
  { place }: ActionDefinition,
  { guildId, channelId }: AuthorityPlace,
): Map<string, string> | undefined {
  if (place === 'channel') return channelId === undefined ? undefined : new Map([['channel_id', channelId]]);
  if (place === 'guild') return guildId === undefined ? undefined : new Map([['guild_id', guildId]]);
  return place === 'webhook' ? undefined : new Map();
}

function listDependencies({ place, needs }: ActionDefinition, isPlaceUnknown: boolean): string[] {
  const permissions = needs.permissions.length === 0 ? '' : `, in which both need ${needs.permissions.join(', ')}`;
  return [
    ...(isPlaceUnknown ? [`the ${place}${permissions}`] : []),
    ...needs.rules.filter((rule) => isPlaceUnknown || !PLACE_RULES.includes(rule)).map((rule) => AUTHORITY_RULES[rule]),
  ];
}
