import { describe, expect, it } from 'vitest';
import { findNotices } from '../../../shared/discord/notices.ts';

const BOT = '999';
const BLANK = {
  id: '1',
  type: 0,
  author: { id: '5' },
  content: '',
  embeds: [],
  attachments: [],
  components: [],
  mentions: [],
};
const MISSING = ['message_content_intent_missing'];

function find(answer: unknown, hasMessageContentIntent = false): unknown {
  return findNotices(answer, { hasMessageContentIntent, botUserId: BOT });
}

describe('findNotices', () => {
  it.each([
    ['a message', BLANK],
    ['a list', [BLANK, { ...BLANK, type: 19 }]],
    ['pins', { items: [{ pinned_at: 'x', message: BLANK }] }],
    ['a search', { messages: [[BLANK], [BLANK]], total_results: 2 }],
    ["the bot's own beside it", [BLANK, { ...BLANK, author: { id: BOT }, content: 'x' }]],
    ['one by a webhook of its application beside it', [BLANK, { ...BLANK, application_id: BOT, content: 'x' }]],
    ['one that mentions the bot beside it', [BLANK, { ...BLANK, mentions: [{ id: BOT }], content: 'x' }]],
  ])('tells that content is withheld: %s', (_, answer) => {
    expect(find(answer)).toEqual(MISSING);
    expect(find(answer, true)).toEqual([]);
  });

  it.each([
    ['content', [BLANK, { ...BLANK, content: 'x' }]],
    ['an embed', { ...BLANK, embeds: [{}] }],
    ['an attachment', { ...BLANK, attachments: [{}] }],
    ['a component', { ...BLANK, components: [{}] }],
    ['a poll', { ...BLANK, poll: {} }],
    ['a sticker', { ...BLANK, sticker_items: [{}] }],
    ['a forward', { ...BLANK, message_snapshots: [{}] }],
    ['a system message', { ...BLANK, type: 7 }],
    ["only the bot's own", { ...BLANK, author: { id: BOT } }],
    ['only one that mentions the bot', { ...BLANK, mentions: [{ id: BOT }] }],
    ['no message', []],
    ['another object', { id: '1', name: '' }],
    ['null', null],
    ['lists of other things', { items: [1], messages: [[null]] }],
  ])('says nothing of %s', (_, answer) => {
    expect(find(answer)).toEqual([]);
  });
});
