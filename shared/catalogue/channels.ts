import { channelAnswer } from './answers.ts';
import { channelEditBody } from './bodies/channel.ts';
import { defineBotAction } from './bot-action.ts';
import { snowflake } from './parameters.ts';

const CHANNEL = { channel_id: snowflake };
const GENERAL = { channel_id: '197038439483310201' };
const ANSWER = { id: '197038439483310201', type: 0, name: 'general' };

export const channelRead = defineBotAction({
  id: 'channel.read',
  summary: 'Read a channel or thread',
  method: 'GET',
  path: '/channels/{channel_id}',
  operationId: 'get_channel',
  docs: 'resources/channel#get-channel',
  effect: 'read',
  pathParameters: CHANNEL,
  answer: channelAnswer,
  example: { pathParameters: GENERAL, answer: ANSWER },
});

export const channelEdit = defineBotAction({
  id: 'channel.edit',
  summary: 'Change a channel or thread: name, topic, slow mode, overwrites, archived, locked',
  method: 'PATCH',
  path: '/channels/{channel_id}',
  operationId: 'update_channel',
  docs: 'resources/channel#modify-channel',
  effect: 'write',
  needs: { rules: ['edit_channel'] },
  takesAuditLogReason: true,
  pathParameters: CHANNEL,
  body: { schema: channelEditBody, isRequired: true, takesFiles: false },
  answer: channelAnswer,
  example: { pathParameters: GENERAL, body: { topic: 'Punched cards' }, answer: { ...ANSWER, topic: 'Punched cards' } },
});

export const channelDelete = defineBotAction({
  id: 'channel.delete',
  summary: 'Delete a channel or thread for good',
  method: 'DELETE',
  path: '/channels/{channel_id}',
  operationId: 'delete_channel',
  docs: 'resources/channel#deleteclose-channel',
  effect: 'destructive',
  needs: { rules: ['delete_channel'] },
  takesAuditLogReason: true,
  pathParameters: CHANNEL,
  answer: channelAnswer,
  example: { pathParameters: GENERAL, answer: ANSWER },
});
