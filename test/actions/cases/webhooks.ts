import { demandOfBoth, type ActionCase, type ActionCases, type CaseCall, type WorldIds } from '../action-case.ts';

const OWN: ActionCase = { name: 'made for the connection' };

const ofOther = (ids: WorldIds): CaseCall => ({
  path: { webhook_id: ids.otherWebhook, message_id: ids.otherWebhookMessage },
});

const MANAGING = ['VIEW_CHANNEL', 'MANAGE_WEBHOOKS'] as const;

const OF_OTHER: ActionCase = { ...demandOfBoth(MANAGING, 'of another', ofOther), unseen: 'bot_access_missing' };

export const WEBHOOK_CASES: ActionCases = {
  'webhook.create': [{}],
  'channel_webhooks.list': [{}],
  'guild_webhooks.list': [{ held: ['VIEW_CHANNEL'] }],
  'webhook.read': [OWN, OF_OTHER],
  'webhook.edit': [
    OWN,
    OF_OTHER,
    {
      ...demandOfBoth(MANAGING, 'moved', ({ announcements }) => ({ body: { channel_id: announcements } })),
      unseen: 'bot_access_missing',
    },
  ],
  'webhook.delete': [OWN, OF_OTHER],
  'webhook.execute': [
    OWN,
    OF_OTHER,
    {
      ...OF_OTHER,
      name: 'of another in a thread',
      call: (ids) => ({ ...ofOther(ids), query: { thread_id: ids.thread } }),
    },
  ],
  'webhook_message.read': [OWN, OF_OTHER],
  'webhook_message.edit': [OWN, OF_OTHER],
  'webhook_message.delete': [OWN, OF_OTHER],
};
