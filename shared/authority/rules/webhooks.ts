import type { AuthorityFailure } from '../../problems/failure.ts';
import { isThread } from '../compute-permissions.ts';
import { readText } from '../json-fields.ts';
import {
  demandInGuild,
  demandInOtherChannel,
  demandOf,
  demandOfBoth,
  requireParameter,
  type GuildCall,
  type Rule,
} from '../rule.ts';

const NEEDED = ['MANAGE_WEBHOOKS'] as const;

export const createWebhook: Rule = { inGuild: (call) => demandOfBoth(call, NEEDED) };

export const guildWebhooks: Rule = { inGuild: (call) => demandInGuild(call, NEEDED) };

function isOurs(call: GuildCall): Promise<boolean> {
  return call.facts.isWebhookOfConnection(requireParameter(call, 'webhook_id'));
}

/** A webhook moves only by the bot's token: for that the bot needs its permission even where the webhook is the connection's. */
export const webhook: Rule = {
  inGuild: async (call) => {
    const targetId = readText(call.call.body, 'channel_id');
    const isMoved = targetId !== undefined && targetId !== call.webhook?.channelId;
    if (!isMoved) return (await isOurs(call)) ? [] : demandOfBoth(call, NEEDED);
    return [
      ...((await isOurs(call)) ? await demandOf(call, 'bot', NEEDED) : await demandOfBoth(call, NEEDED)),
      ...(await demandInOtherChannel(call, targetId, NEEDED)),
    ];
  },
};

export const ownWebhook: Rule = {
  inGuild: async (call) => [
    ...((await isOurs(call)) ? [] : await demandOfBoth(call, NEEDED)),
    ...(await demandThread(call)),
  ],
};

/** A webhook writes in threads of its own channel; both must see the one that is named. */
async function demandThread(call: GuildCall): Promise<AuthorityFailure[]> {
  const threadId = call.call.query.get('thread_id');
  if (threadId === null) return [];
  return demandInOtherChannel(
    call,
    threadId,
    [],
    ({ channel }) => isThread(channel) && channel.parentId === call.webhook?.channelId,
  );
}
