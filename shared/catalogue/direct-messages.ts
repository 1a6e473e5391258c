import { channelAnswer } from './answers.ts';
import { directMessageBody } from './bodies/channel.ts';
import { defineBotAction } from './bot-action.ts';

/** Discord answers with the same channel each time. */
export const directMessageOpen = defineBotAction({
  id: 'direct_message.open',
  summary: "Open the bot's direct messages with the connected user",
  method: 'POST',
  path: '/users/@me/channels',
  operationId: 'create_dm',
  docs: 'resources/user#create-dm',
  effect: 'write',
  place: 'direct_messages',
  needs: { rules: ['direct_message'] },
  pathParameters: {},
  body: { schema: directMessageBody, isRequired: true, takesFiles: false },
  answer: channelAnswer,
  example: {
    pathParameters: {},
    body: { recipient_id: '80351110224678912' },
    answer: { id: '1200000000000000001', type: 1 },
  },
});
