import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from '../generated/openapi.d.ts';

/**
 * A typed client of the gateway: `openapi-fetch` over types that `openapi-typescript` makes of the gateway's own document.
 * For your gateway: `npx openapi-typescript https://…/openapi.json -o openapi.d.ts`.
 */

/** What the gateway answers instead of a success (RFC 9457): `code` is what to branch on, `detail` is for people. */
export type Problem = components['schemas']['Problem'];

export type Gateway = Client<paths>;

/** Ids at Discord are strings: as numbers they would lose their last digits. */
export interface Place {
  readonly connectionId: string;
  readonly channelId: string;
}

export class GatewayProblem extends Error {
  override name = 'GatewayProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

export function createGateway(gatewayUrl: string, apiKey: string): Gateway {
  return createClient<paths>({ baseUrl: gatewayUrl, headers: { authorization: `Bearer ${apiKey}` } });
}

/** Connections of one of your users that can be acted for now. */
export async function listActiveConnections(gateway: Gateway, userId: string) {
  const { data, error } = await gateway.GET('/connections', { params: { query: { user_id: userId, limit: 100 } } });
  if (error !== undefined) throw new GatewayProblem(error);
  return data.items.filter(({ status }) => status === 'active');
}

/**
 * Sends a message for the connected user. It mentions nobody unless `allowed_mentions` says whom.
 * @param key - the same for each try to send this one message, so that it is sent once
 */
export async function sendMessage(gateway: Gateway, { connectionId, channelId }: Place, content: string, key: string) {
  const { data, error } = await gateway.POST('/connections/{connection_id}/api/v10/channels/{channel_id}/messages', {
    params: {
      path: { connection_id: connectionId, channel_id: channelId },
      header: { 'Idempotency-Key': key },
    },
    body: { content },
  });
  if (error !== undefined) throw new GatewayProblem(error);
  return data;
}

export async function readMessage(gateway: Gateway, { connectionId, channelId }: Place, messageId: string) {
  const { data, error } = await gateway.GET(
    '/connections/{connection_id}/api/v10/channels/{channel_id}/messages/{message_id}',
    { params: { path: { connection_id: connectionId, channel_id: channelId, message_id: messageId } } },
  );
  if (error !== undefined) throw new GatewayProblem(error);
  return data;
}

/** Only the end user can mend these, by connecting again. */
const ENDED: readonly Problem['code'][] = ['reconnect_required', 'connection_disconnected', 'connection_not_found'];

/** A sentence for the person in front of the app, which says who can help. */
export function explain({ code, detail, missing = [] }: Problem): string {
  if (code === 'actor_permission_missing') {
    return `You may not do that on Discord: ask an admin of the server for ${missing.join(', ')}.`;
  }
  if (code === 'bot_permission_missing') {
    return `The bot may not do that on Discord: ask an admin of the server to give it ${missing.join(', ')}.`;
  }
  return ENDED.includes(code) ? 'Your connection to Discord has ended. Please connect again.' : detail;
}
