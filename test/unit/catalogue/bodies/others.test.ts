import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/index.ts';
import { channelEditBody } from '../../../../shared/catalogue/bodies/channel.ts';
import { memberAddBody } from '../../../../shared/catalogue/bodies/member.ts';
import { threadBody } from '../../../../shared/catalogue/bodies/thread.ts';
import { webhookCreateBody, webhookEditBody } from '../../../../shared/catalogue/bodies/webhook.ts';
import { listFaults } from '../../../support/body-faults.ts';

const ID = '175928847299117063';
const pointersOf = (faults: readonly (readonly [string, string])[]) => faults.map(([pointer]) => pointer);

describe('threadBody', () => {
  it('takes a thread with its type, and a post with its message', () => {
    expect(listFaults(threadBody, { name: 'Cards', type: 11 })).toEqual([]);
    expect(listFaults(threadBody, { name: 'Cards', type: 12, invitable: false })).toEqual([]);
    expect(listFaults(threadBody, { name: 'Cards', applied_tags: [ID], message: { content: 'a' } })).toEqual([]);
  });

  it('asks for one of the two: without a type Discord would make a private thread', () => {
    expect(listFaults(threadBody, { name: 'Cards' })).toEqual([['', expect.stringMatching(/^must have `type`/)]]);
  });

  it('names members of the other kind', () => {
    expect(pointersOf(listFaults(threadBody, { name: 'a', type: 11, applied_tags: [ID] }))).toEqual(['/applied_tags']);
    expect(pointersOf(listFaults(threadBody, { name: 'a', type: 11, message: {}, invitable: true }))).toEqual([
      '/type',
      '/invitable',
    ]);
  });

  it('points into the message of a post', () => {
    const message = { content: 'a'.repeat(2_001), embeds: [{ color: -1 }], flags: 1 };

    expect(pointersOf(listFaults(threadBody, { name: 'a', message }))).toEqual([
      '/message/content',
      '/message/embeds/0/color',
      '/message/flags',
    ]);
  });
});

describe('channelEditBody', () => {
  it('takes permissions as decimal text only: numbers would lose bits', () => {
    const overwrite = { id: ID, type: 1, allow: '2251799813685248', deny: null };

    expect(listFaults(channelEditBody, { permission_overwrites: [overwrite] })).toEqual([]);
    expect(pointersOf(listFaults(channelEditBody, { permission_overwrites: [{ ...overwrite, allow: 8 }] }))).toEqual([
      '/permission_overwrites/0/allow',
    ]);
  });
});

describe('memberAddBody', () => {
  it('takes no access token: the layer inserts that of the connected user', () => {
    expect(listFaults(memberAddBody, { nick: 'Linus', access_token: 'x' })).toHaveLength(1);
  });
});

describe('the bodies of webhooks', () => {
  it.each(['Clyde', 'my discord hook', 'xDISCORDx'])('take no name that Discord refuses: %s', (name) => {
    expect(pointersOf(listFaults(webhookCreateBody, { name }))).toEqual(['/name']);
    expect(pointersOf(listFaults(webhookEditBody, { name }))).toEqual(['/name']);
  });

  it('take an avatar as data URI of an image, and none', () => {
    const avatars = ['data:image/png;base64,iVBORw0KGgo=', null];

    for (const avatar of avatars) expect(listFaults(webhookCreateBody, { name: 'Cards', avatar })).toEqual([]);
    for (const avatar of ['https://example.org/a.png', 'data:text/html;base64,QQ==', 'data:image/png;base64,', 17]) {
      expect(pointersOf(listFaults(webhookCreateBody, { name: 'Cards', avatar }))).toEqual(['/avatar']);
    }
  });
});

const bodies = catalogue.flatMap(({ id, body }) => (body === undefined ? [] : [[id, body.schema] as const]));

/** Names of members, so that random objects reach into the schemas. */
const NAMES = [
  ...['content', 'embeds', 'flags', 'allowed_mentions', 'parse', 'users', 'components', 'type', 'accessory', 'message'],
  ...['name', 'roles', 'fields', 'value', 'footer', 'text', 'attachments', 'id', 'poll', 'nonce', '__proto__'],
];

describe.each(bodies)('the body of %s', (_, schema) => {
  it('judges whatever JSON there is, and changes nothing', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 0, 1.5, -1, 32_768, 2 ** 70, '', 'a', ID, 'users', '😀'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 5 }),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        const before = JSON.stringify(value);
        const parsed = schema.safeParse(value);

        expect(JSON.stringify(value)).toBe(before);
        if (parsed.success) expect(parsed.data).toEqual(value);
      }),
    );
  });

  it('refuses what is no object', () => {
    for (const value of [null, [], 'a', 1, true]) expect(schema.safeParse(value).success).toBe(false);
  });
});
