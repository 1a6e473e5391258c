import { PERMISSIONS } from '../../../shared/catalogue/permission.ts';
import { demandOfBoth, type ActionCase, type ActionCases, type CaseCall, type WorldIds } from '../action-case.ts';

const inThread = ({ thread }: WorldIds): CaseCall => ({ path: { channel_id: thread } });

const IN_THREAD: ActionCase = { call: inThread };

export const CHANNEL_CASES: ActionCases = {
  'channel.read': [{ name: 'a channel' }, { name: 'a thread', ...IN_THREAD }],
  'channel.edit': [
    demandOfBoth(['MANAGE_CHANNELS'], 'topic'),
    demandOfBoth(['MANAGE_CHANNELS', 'MANAGE_ROLES', 'ADD_REACTIONS'], 'overwrites', ({ freeRole }) => ({
      body: { permission_overwrites: [{ id: freeRole, type: 0, deny: String(PERMISSIONS.ADD_REACTIONS) }] },
    })),
    demandOfBoth(['MANAGE_CHANNELS'], 'category', ({ category }) => ({ body: { parent_id: category } })),
    demandOfBoth(['MANAGE_THREADS'], 'a thread', (ids) => ({ ...inThread(ids), body: { archived: true } })),
  ],
  'channel.delete': [
    demandOfBoth(['MANAGE_CHANNELS'], 'a channel', ({ staff }) => ({ path: { channel_id: staff } })),
    demandOfBoth(['MANAGE_THREADS'], 'a thread', inThread),
  ],
  'thread.create_from_message': [{}],
  'thread.create': [
    demandOfBoth(['CREATE_PUBLIC_THREADS'], 'public'),
    demandOfBoth(['CREATE_PRIVATE_THREADS'], 'private', () => ({ body: { name: 'Cards', type: 12 } })),
    demandOfBoth(['SEND_MESSAGES', 'EMBED_LINKS'], 'in a forum', ({ forum }) => ({
      path: { channel_id: forum },
      body: { name: 'Cards', message: { content: 'Which?', embeds: [{ title: 'This?' }] } },
    })),
  ],
  'threads.list_archived_public': [{}],
  'threads.list_archived_private': [demandOfBoth(['READ_MESSAGE_HISTORY', 'MANAGE_THREADS'])],
  'thread_members.list': [IN_THREAD],
  'thread_member.read': [IN_THREAD],
  'thread_member.add': [
    demandOfBoth(['SEND_MESSAGES_IN_THREADS'], undefined, ({ thread, noor }) => ({
      path: { channel_id: thread, user_id: noor },
    })),
  ],
  'thread_member.remove': [demandOfBoth(['MANAGE_THREADS'], undefined, inThread)],
  'thread.join': [IN_THREAD],
  'thread.leave': [IN_THREAD],
};
