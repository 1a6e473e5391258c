import * as z from 'zod/mini';
import { pinsAnswer } from './answers.ts';
import { defineBotAction } from './bot-action.ts';
import { queryInteger, time, snowflake } from './parameters.ts';

const CHANNEL = { channel_id: snowflake };
const MESSAGE = { ...CHANNEL, message_id: snowflake };
const GENERAL = { channel_id: '197038439483310201' };
const HELLO = { ...GENERAL, message_id: '1200000000000000001' };

export const pinsList = defineBotAction({
  id: 'pins.list',
  summary: 'List the pinned messages of a channel',
  method: 'GET',
  path: '/channels/{channel_id}/messages/pins',
  operationId: 'list_pins',
  docs: 'resources/message#get-channel-pins',
  effect: 'read',
  needs: { permissions: ['READ_MESSAGE_HISTORY'], intents: ['MESSAGE_CONTENT'] },
  pathParameters: CHANNEL,
  query: { before: z.optional(time), limit: z.optional(queryInteger(1, 50)) },
  answer: pinsAnswer,
  example: { pathParameters: GENERAL, answer: { items: [], has_more: false } },
});

export const pinCreate = defineBotAction({
  id: 'pin.create',
  summary: 'Pin a message',
  method: 'PUT',
  path: '/channels/{channel_id}/messages/pins/{message_id}',
  operationId: 'create_pin',
  docs: 'resources/message#pin-message',
  effect: 'write',
  needs: { permissions: ['READ_MESSAGE_HISTORY', 'PIN_MESSAGES'] },
  takesAuditLogReason: true,
  pathParameters: MESSAGE,
  successStatuses: [204],
  example: { pathParameters: HELLO },
});

export const pinRemove = defineBotAction({
  id: 'pin.remove',
  summary: 'Unpin a message',
  method: 'DELETE',
  path: '/channels/{channel_id}/messages/pins/{message_id}',
  operationId: 'delete_pin',
  docs: 'resources/message#unpin-message',
  effect: 'destructive',
  needs: { permissions: ['READ_MESSAGE_HISTORY', 'PIN_MESSAGES'] },
  takesAuditLogReason: true,
  pathParameters: MESSAGE,
  successStatuses: [204],
  example: { pathParameters: HELLO },
});
