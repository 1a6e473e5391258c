import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import {
  messageBody,
  messageEditBody,
  webhookMessageBody,
  webhookMessageEditBody,
} from '../../../../shared/catalogue/bodies/message.ts';
import { listFaults } from '../../../support/body-faults.ts';

const BODIES: readonly (readonly [string, z.ZodMiniType])[] = [
  ['messageBody', messageBody],
  ['messageEditBody', messageEditBody],
  ['webhookMessageBody', webhookMessageBody],
  ['webhookMessageEditBody', webhookMessageEditBody],
];

const ID = '175928847299117063';

/** A chain of containers, each in the one before. */
const nest = (depth: number): object =>
  depth <= 1 ? { type: 10, content: 'a' } : { type: 17, components: [nest(depth - 1)] };

describe.each(BODIES)('%s', (_, schema) => {
  it('takes texts, embeds, components and files, and whatever else Discord knows deeper down', () => {
    expect(
      listFaults(schema, {
        content: 'Good morning \ud83d',
        embeds: [{ title: 'Cards', provider: { name: 'x' }, fields: [{ name: 'a', value: 'b', inline: true }] }],
        components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Punch', custom_id: 'punch' }] }],
        attachments: [{ id: 0, filename: 'a.png', waveform: 'x' }, { id: ID }],
        allowed_mentions: { parse: [], users: [ID] },
        flags: 4,
      }),
    ).toEqual([]);
  });

  it('takes null for most members, as Discord does, but not for allowed_mentions', () => {
    expect(
      listFaults(schema, { content: null, embeds: null, components: null, attachments: null, flags: null }),
    ).toEqual([]);
    expect(listFaults(schema, { allowed_mentions: null })).toEqual([['/allowed_mentions', expect.any(String)]]);
  });

  it('refuses members that it does not know, in allowed_mentions too: a slip must not ping everybody', () => {
    expect(listFaults(schema, { content: 'a', contents: 'b' }).map(([pointer]) => pointer)).toEqual(['']);
    expect(listFaults(schema, { allowed_mentions: { prase: [] } }).map(([pointer]) => pointer)).toEqual([
      '/allowed_mentions',
    ]);
  });

  it('counts the characters of all embeds together, not UTF-16 units', () => {
    const embeds = (last: number) => [
      { description: '😀'.repeat(4_000), title: 'a'.repeat(200) },
      { fields: [{ name: 'b'.repeat(200), value: 'c'.repeat(1_000) }], footer: { text: 'd'.repeat(300) } },
      { author: { name: 'e'.repeat(last) } },
    ];
    expect(embeds(256).length).toBe(3);
    expect(listFaults(schema, { embeds: [...embeds(200), { title: 'f'.repeat(100) }] })).toEqual([]);
    expect(listFaults(schema, { embeds: [...embeds(201), { title: 'f'.repeat(100) }] })).toEqual([
      ['/embeds', 'must have at most 6000 characters in all texts of all embeds together'],
    ]);
  });

  it('counts nested components, accessories included', () => {
    const withAccessory = { type: 9, components: [{ type: 10 }], accessory: { type: 11 } };

    expect(listFaults(schema, { components: [nest(37), withAccessory] })).toEqual([]);
    expect(listFaults(schema, { components: [nest(38), withAccessory] })).toEqual([
      ['/components', 'must have at most 40 components, nested ones included'],
    ]);
  });

  it.each(['users', 'roles'])('refuses %s both in parse and by id, which Discord calls mutually exclusive', (kind) => {
    expect(listFaults(schema, { allowed_mentions: { parse: [kind], [kind]: [] } })).toEqual([]);
    expect(listFaults(schema, { allowed_mentions: { parse: ['everyone'], [kind]: [ID] } })).toEqual([]);
    expect(listFaults(schema, { allowed_mentions: { parse: [kind], [kind]: [ID] } })).toEqual([
      [`/allowed_mentions/${kind}`, `must be empty while parse has ${kind}`],
    ]);
  });

  it('takes no content and no embeds beside components of the second version', () => {
    const components = [{ type: 10, content: 'a' }];

    expect(listFaults(schema, { components, flags: 32_768, content: '', embeds: [] })).toEqual([]);
    expect(listFaults(schema, { components, flags: 32_772, content: 'a', embeds: [{}] })).toEqual([
      ['/content', 'must be absent with the flag IS_COMPONENTS_V2'],
      ['/embeds', 'must be absent with the flag IS_COMPONENTS_V2'],
    ]);
  });

  it.each([1, 2, 64, 4.5, -4, 2 ** 60, Number.MAX_VALUE])('refuses flags that no sender sets: %d', (flags) => {
    expect(listFaults(schema, { content: 'a', flags })).toEqual([
      ['/flags', expect.stringMatching(/^must be a sum of/)],
    ]);
  });
});

describe('messageBody', () => {
  it('replies and forwards, and takes a nonce', () => {
    expect(
      listFaults(messageBody, { content: 'a', message_reference: { message_id: ID, type: 0 }, nonce: 17 }),
    ).toEqual([]);
    expect(
      listFaults(messageBody, { message_reference: { type: 1, message_id: ID, channel_id: ID }, nonce: 'n' }),
    ).toEqual([]);
    expect(listFaults(messageBody, { nonce: 1.5 })).toEqual([
      ['/nonce', 'must be a whole number or 1 to 25 characters'],
    ]);
    expect(listFaults(messageBody, { nonce: 'n'.repeat(26) }).map(([pointer]) => pointer)).toEqual(['/nonce']);
  });

  it('says to send ids as text', () => {
    expect(listFaults(messageBody, { sticker_ids: [749_054_660_769_218_600] })).toEqual([
      ['/sticker_ids/0', 'must be a Discord id, sent as a string'],
    ]);
  });

  it('takes neither stickers nor a poll beside components of the second version', () => {
    const poll = { question: { text: 'Cards?' }, answers: [{ poll_media: { text: 'Yes' } }] };

    expect(listFaults(messageBody, { poll, sticker_ids: [ID] })).toEqual([]);
    expect(listFaults(messageBody, { poll, sticker_ids: [ID], flags: 32_768 }).map(([pointer]) => pointer)).toEqual([
      '/sticker_ids',
      '/poll',
    ]);
  });

  it('may be a voice message, which a webhook cannot send', () => {
    expect(listFaults(messageBody, { flags: 8_192 })).toEqual([]);
    expect(listFaults(webhookMessageBody, { flags: 8_192 }).map(([pointer]) => pointer)).toEqual(['/flags']);
  });
});
