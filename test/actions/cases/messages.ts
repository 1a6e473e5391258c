import { demandOfBoth, type ActionCase, type ActionCases, type CaseCall, type WorldIds } from '../action-case.ts';

const own = ({ ownMessage }: WorldIds): CaseCall => ({ path: { message_id: ownMessage } });

const announced = (id: 'announcement' | 'ownAnnouncement') => (ids: WorldIds) => ({
  path: { channel_id: ids.announcements, message_id: ids[id] },
});

const DIRECT: ActionCase = {
  name: 'in direct messages',
  isDirect: true,
  call: ({ direct, directMessage }) => ({ path: { channel_id: direct, message_id: directMessage } }),
};

const react = (emoji: string) => () => ({ path: { emoji_name: emoji } });

/** Whose message it is the bot must be able to read. */
const managed = (name: string): ActionCase => ({
  name,
  actor: ['MANAGE_MESSAGES'],
  bot: ['READ_MESSAGE_HISTORY', 'MANAGE_MESSAGES'],
});

const MESSAGE_CREATE: readonly ActionCase[] = [
  demandOfBoth(['SEND_MESSAGES'], 'text'),
  demandOfBoth(['SEND_MESSAGES', 'EMBED_LINKS'], 'an embed', () => ({ body: { embeds: [{ title: 'Cards' }] } })),
  demandOfBoth(['SEND_MESSAGES', 'ATTACH_FILES'], 'a file', () => ({ body: {}, file: 'punched' })),
  demandOfBoth(['SEND_MESSAGES', 'SEND_TTS_MESSAGES'], 'read aloud', () => ({ body: { content: 'x', tts: true } })),
  demandOfBoth(['SEND_MESSAGES', 'SEND_POLLS'], 'a poll', () => ({
    body: { poll: { question: { text: 'Which?' }, answers: [{ poll_media: { text: 'This' } }], duration: 1 } },
  })),
  demandOfBoth(['SEND_MESSAGES', 'READ_MESSAGE_HISTORY'], 'a reply', ({ message }) => ({
    body: { content: 'Yes', message_reference: { message_id: message } },
  })),
  demandOfBoth(['SEND_MESSAGES', 'MENTION_EVERYONE'], 'a mention of everyone', () => ({
    body: { content: '@everyone', allowed_mentions: { parse: ['everyone'] } },
  })),
  demandOfBoth(['SEND_MESSAGES', 'MENTION_EVERYONE'], 'a mention of a role', ({ freeRole }) => ({
    body: { content: `<@&${freeRole}>`, allowed_mentions: { roles: [freeRole] } },
  })),
  demandOfBoth(['SEND_MESSAGES_IN_THREADS'], 'in a thread', ({ thread }) => ({ path: { channel_id: thread } })),
  DIRECT,
];

export const MESSAGE_CASES: ActionCases = {
  'messages.list': [{}, DIRECT],
  'message.read': [{}, DIRECT],
  'message.create': MESSAGE_CREATE,
  'message.edit': [
    { name: 'sent for the connection', call: own },
    {
      name: 'with an embed',
      actor: ['EMBED_LINKS'],
      held: ['SEND_MESSAGES', 'EMBED_LINKS'],
      call: (ids) => ({ ...own(ids), body: { embeds: [{ title: 'Cards' }] } }),
    },
    { ...managed('flags of another'), call: () => ({ body: { flags: 4 } }) },
    DIRECT,
  ],
  'message.delete': [{ name: 'sent for the connection', call: own }, managed('of another')],
  'messages.delete_bulk': [
    { call: ({ message, secondMessage }) => ({ body: { messages: [message, secondMessage] } }) },
  ],
  'message.crosspost': [
    demandOfBoth(['SEND_MESSAGES'], 'sent for the connection', announced('ownAnnouncement')),
    {
      name: 'of another',
      actor: ['SEND_MESSAGES', 'MANAGE_MESSAGES'],
      bot: ['SEND_MESSAGES', 'READ_MESSAGE_HISTORY', 'MANAGE_MESSAGES'],
      call: announced('announcement'),
    },
  ],
  'typing.start': [
    demandOfBoth(['SEND_MESSAGES'], 'in a channel'),
    demandOfBoth(['SEND_MESSAGES_IN_THREADS'], 'in a thread', ({ thread }) => ({ path: { channel_id: thread } })),
    DIRECT,
  ],
  'reaction.add': [
    demandOfBoth(['ADD_REACTIONS'], 'a new one', react('🎉')),
    { name: 'one that is there', call: react('👍') },
    DIRECT,
  ],
  'reaction.remove_own': [{ call: react('🔥') }],
  'reaction.remove': [demandOfBoth(['MANAGE_MESSAGES'])],
  'reactions.list': [{}, DIRECT],
  'reactions.clear': [{}],
  'reactions.clear_emoji': [{}],
  'pins.list': [{}, DIRECT],
  'pin.create': [{ call: ({ secondMessage }) => ({ path: { message_id: secondMessage } }) }],
  'pin.remove': [{}],
};
