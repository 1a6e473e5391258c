import type { SimulatorControl } from '../../infra/local/discord/control/operations.ts';
import type { JsonAnswer } from '../support/wire.ts';
import type { WorldIds } from './action-case.ts';
import { PLACES } from './build-guild.ts';

type Send = (method: string, path: string, json?: unknown) => Promise<JsonAnswer['json']>;

type Made = Omit<WorldIds, keyof typeof PLACES>;

/** Writes the messages and makes the webhooks that there are: what Linus wrote by himself, everything else through the layer. */
export async function fillGuild(control: SimulatorControl, byActor: Send, byOwner: Send): Promise<Made> {
  const { general, announcements, thread, linus } = PLACES;
  const say = async (channelId: string, content: string): Promise<string> =>
    (await control.sayAs({ user_id: linus, channel_id: channelId, body: { content } })).message_id;
  const makeWebhook = async (send: Send, name: string) => {
    const webhook = String((await send('POST', `/channels/${general}/webhooks`, { name })).id);
    return { webhook, message: String((await send('POST', `/webhooks/${webhook}`, { content: 'Done' })).id) };
  };

  const message = await say(general, 'New cards have come.');
  const secondMessage = await say(general, 'Who punches them?');
  const announcement = await say(announcements, 'The engine stands still.');
  await control.reactAs({ user_id: linus, channel_id: general, message_id: message, emoji: '👍' });
  await byActor('PUT', `/channels/${general}/messages/pins/${message}`);
  await byActor('PUT', `/channels/${general}/messages/${message}/reactions/${encodeURIComponent('🔥')}/@me`);
  await byActor('PUT', `/channels/${thread}/thread-members/@me`);
  const ownMessage = String((await byActor('POST', `/channels/${general}/messages`, { content: 'I do.' })).id);
  const own = await byActor('POST', `/channels/${announcements}/messages`, { content: 'It turns again.' });
  const direct = String((await byActor('POST', '/users/@me/channels', { recipient_id: PLACES.actor })).id);
  const greeting = await byActor('POST', `/channels/${direct}/messages`, { content: 'Hello' });
  const webhook = await makeWebhook(byActor, 'Cards');
  const otherWebhook = await makeWebhook(byOwner, 'Wheels');
  return {
    message,
    secondMessage,
    announcement,
    ownMessage,
    ownAnnouncement: String(own.id),
    direct,
    directMessage: String(greeting.id),
    webhook: webhook.webhook,
    webhookMessage: webhook.message,
    otherWebhook: otherWebhook.webhook,
    otherWebhookMessage: otherWebhook.message,
  };
}
