import type { Simulation } from '../../infra/local/discord/simulation.ts';
import { checkAuthority } from '../../shared/authority/check-authority.ts';
import type { AuthorityFacts } from '../../shared/authority/facts.ts';
import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import {
  parseChannelFacts,
  parseGuildFacts,
  parseMemberFacts,
  parseMessageFacts,
  parseWebhookFacts,
} from '../../shared/discord/parse-facts.ts';
import type { AuthorityFailure } from '../../shared/problems/failure.ts';
import { GUILD_ID, NOW_EPOCH_MS } from '../support/authority-facts.ts';
import type { OracleCall } from './actions-calls.ts';
import { ACTOR_ID, BOSS_ID, BOT_ID, findWebhookChannelId, STRANGER_ID, type ActionGuild } from './actions-guild.ts';
import { readAsBot } from './actions-simulator.ts';

/** Whose decision is compared with the bot's at the simulator. */
export type ComparedSide = 'bot' | 'actor';

/**
 * Facts as the bot reads them, by the product's own reading of Discord's answers. What the bot made in the scene was made for
 * the connection.
 */
export function buildFacts(simulation: Simulation, random: ActionGuild): AuthorityFacts {
  const { scene } = random;
  const known = new Map<string, unknown>();
  const read = (path: string): Promise<unknown> => {
    if (!known.has(path)) known.set(path, readAsBot(simulation, path));
    return Promise.resolve(known.get(path));
  };
  const isOurs = scene.webhook === 'ours';
  return {
    loadGuild: async (id) => parseGuildFacts(await read(`/guilds/${id}`)),
    loadMember: async (guildId, userId) => parseMemberFacts(await read(`/guilds/${guildId}/members/${userId}`)),
    loadChannel: async (id) => parseChannelFacts(await read(`/channels/${id}`)),
    loadMessage: async (channelId, id) => parseMessageFacts(await read(`/channels/${channelId}/messages/${id}`)),
    loadWebhook: async (id) =>
      isOurs
        ? { id, channelId: findWebhookChannelId(random), guildId: GUILD_ID }
        : parseWebhookFacts(await read(`/webhooks/${id}`)),
    isThreadMember: async (threadId, userId) =>
      (await read(`/channels/${threadId}/thread-members/${userId}`)) !== undefined,
    isTenantGuild: (id) => Promise.resolve(id === GUILD_ID),
    isSentForConnection: () => Promise.resolve(scene.message === 'own'),
    isReactedForConnection: () => Promise.resolve(scene.reaction === 'own'),
    isWebhookOfConnection: () => Promise.resolve(isOurs),
  };
}

/** Puts the connected user in the place of the one who was meant. */
function toActorSide(value: unknown, meantId: string): unknown {
  if (value === meantId) return ACTOR_ID;
  if (Array.isArray(value)) return value.map((item) => toActorSide(item, meantId));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toActorSide(member, meantId)]));
}

/** What the product has against the call. @param action - as it is in the catalogue, or changed */
export async function decideByProduct(
  facts: AuthorityFacts,
  call: OracleCall,
  side: ComparedSide,
  action: ActionDefinition = call.action,
): Promise<readonly AuthorityFailure[]> {
  const isAdding = action.id === 'member.add';
  const path = { ...call.path, ...(isAdding && side === 'actor' ? { user_id: ACTOR_ID } : {}) };
  const asked = { path, body: call.body };
  const mapped = side === 'actor' ? toActorSide(asked, action.id === 'direct_message.open' ? BOSS_ID : BOT_ID) : asked;
  const { path: pathParameters, body } = mapped as { path: Readonly<Record<string, string>>; body: unknown };
  const bystander = isAdding ? STRANGER_ID : BOSS_ID;
  const { failures } = await checkAuthority(
    facts,
    { actorId: side === 'actor' ? ACTOR_ID : bystander, botId: BOT_ID },
    {
      action,
      pathParameters: new Map(Object.entries(pathParameters)),
      query: new URLSearchParams(call.query),
      body,
      hasFiles: call.fileType !== undefined,
    },
    NOW_EPOCH_MS,
  );
  return failures.filter((failure) => isOfSide(failure, side));
}

const OF_THE_ACTOR: readonly AuthorityFailure['reason'][] = [
  'actor_permission_missing',
  'actor_not_in_guild',
  'actor_restricted',
  'only_own_member',
];

/** Whether a failure speaks of this side; those that speak of neither hold for both. */
function isOfSide(failure: AuthorityFailure, side: ComparedSide): boolean {
  if (failure.reason === 'target_not_below') return failure.who === side;
  if (failure.reason === 'bot_permission_missing') return side === 'bot';
  return side === 'actor' || !OF_THE_ACTOR.includes(failure.reason);
}
