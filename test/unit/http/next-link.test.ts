import { describe, expect, it } from 'vitest';
import { buildNextLink } from '../../../shared/http/next-link.ts';

const PATH = '/connections/con_x/api/v10/channels/1/messages';

function link(operationId: string, query: string, answer: unknown, path = PATH): string | undefined {
  return buildNextLink(operationId, 'https://gw.example', path, new URLSearchParams(query), answer);
}

const next = (query: string, path = PATH) => `<https://gw.example${path}?${query}>; rel="next"`;
const ids = (...texts: string[]) => texts.map((id) => ({ id }));
const users = (...texts: string[]) => texts.map((id) => ({ user: { id } }));
const archived = (time: string) => ({ id: '7', thread_metadata: { archive_timestamp: time } });
/** Beyond 2^53, and longer than the other: neither numbers nor texts would order them. */
const BIG = '10000000000000000001';
const BIGGER = '10000000000000000002';

describe('buildNextLink', () => {
  it.each([
    ['list_messages', 'limit=2', ids(BIG, '99'), 'limit=2&before=99'],
    ['list_messages', 'limit=2&before=9&x=a+b', ids('8', '7'), 'limit=2&x=a+b&before=7'],
    ['list_messages', 'limit=2&after=9', ids(BIGGER, BIG), `limit=2&after=${BIGGER}`],
    ['list_messages', '', ids(...Array.from({ length: 50 }, (_, index) => String(100 - index))), 'before=51'],
    ['list_guild_members', '', users('5'), 'after=5'],
    ['list_guild_members', 'limit=2&after=4', users(BIG, '5'), `limit=2&after=${BIG}`],
    ['list_guild_bans', 'limit=2', users('5', '6'), 'limit=2&after=6'],
    ['list_guild_bans', 'limit=2&before=7&after=1', users('5', '6'), 'limit=2&before=5'],
    ['list_message_reactions_by_emoji', 'limit=1&type=1', ids('5'), 'limit=1&type=1&after=5'],
    [
      'list_pins',
      '',
      { has_more: true, items: [{ pinned_at: '2026-01-01T00:00:00.000000+00:00', message: {} }] },
      'before=2026-01-01T00%3A00%3A00.000000%2B00%3A00',
    ],
    [
      'list_public_archived_threads',
      'limit=2',
      { has_more: true, threads: [archived('2026-01-02T00:00:00Z'), archived('2026-01-01T00:00:00Z')] },
      'limit=2&before=2026-01-01T00%3A00%3A00Z',
    ],
    ['list_my_private_archived_threads', '', { has_more: true, threads: [archived('x')] }, 'before=7'],
  ])('of %s?%s', (operationId, query, answer, expected) => {
    expect(link(operationId, query, answer)).toBe(next(expected));
  });

  it.each([
    ['a page that is not full', 'list_messages', 'limit=3', ids('2', '1')],
    ['an empty page', 'list_messages', '', []],
    ['around', 'list_messages', 'around=5&limit=1', ids('5')],
    ['a list that has no more', 'list_pins', '', { has_more: false, items: [{ pinned_at: '2026' }] }],
    ['a list without an end', 'list_pins', '', { has_more: true, items: [] }],
    ['an id that is none', 'list_messages', 'limit=1', ids('x>; rel="y"')],
    ['a time that is none', 'list_pins', '', { has_more: true, items: [{ pinned_at: '>\n' }] }],
    ['another operation', 'get_message', '', ids('1')],
    ['what is no operation', 'toString', '', ids('1')],
    ['null', 'list_pins', '', null],
  ])('there is none for %s', (_, operationId, query, answer) => {
    expect(link(operationId, query, answer)).toBeUndefined();
  });

  it('encodes the path once', () => {
    expect(link('list_message_reactions_by_emoji', 'limit=1', ids('5'), '/a/👍:1/@me')).toBe(
      next('limit=1&after=5', '/a/%F0%9F%91%8D%3A1/@me'),
    );
  });
});
