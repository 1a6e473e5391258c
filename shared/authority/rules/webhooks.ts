import type { AuthorityFailure } from '../../problems/failure.ts';
import { isThread } from '../compute-permissions.ts';
import { listNames, readText } from '../../domain/json-fields.ts';
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

export const guildWebhooks: Rule = { inGuild: (call) => demandInGuild(call, NEEDED) };

function isOurs(call: GuildCall): Promise<boolean> {
  return call.facts.isWebhookOfConnection(requireParameter(call, 'webhook_id'));
}

/** A webhook moves only by the bot's token, which is used as soon as the body names a channel, if only the one that it is in. */
export const webhook: Rule = {
  inGuild: async (call) => {
    const { body } = call.call;
    const targetId = readText(body, 'channel_id');
    const isMoved = targetId !== undefined && targetId !== call.webhook?.channelId;
    const isOwn = await isOurs(call);
    const isByOwnToken = isOwn && !listNames(body).includes('channel_id');
    return [
      ...(isOwn ? [] : await demandOf(call, 'actor', NEEDED)),
      ...(isByOwnToken ? [] : await demandOfBot(call)),
      ...(isMoved ? await demandInOtherChannel(call, targetId, NEEDED) : []),
    ];
  },
};

/** Without its channel it is known from the connection only: the bot does not see where it is. */
async function demandOfBot(call: GuildCall): Promise<AuthorityFailure[]> {
  return call.site === undefined ? [{ reason: 'bot_access_missing', what: 'channel' }] : demandOf(call, 'bot', NEEDED);
}

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
