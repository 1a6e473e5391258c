import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { armGuild, PLACES } from '../clients/armed-guild.ts';
import { tapDiscord, type DiscordTap } from '../clients/discord-tap.ts';
import {
  CHANNEL_FEATURES,
  COMMON_FEATURES,
  MENTION_FEATURES,
  NEW_MESSAGE_FEATURES,
  NONCE,
  STICKERS,
  type MessageFeature,
} from '../clients/message-features.ts';
import { addMembers, addQuiet, NO_MENTIONS, RoundTrip } from '../clients/round-trip.ts';
import { useHarness } from '../support/use-harness.ts';

const harness = useHarness();
let tap: DiscordTap;
let trip: RoundTrip;

beforeAll(async () => {
  const connection = await armGuild(harness);
  tap = await tapDiscord(harness);
  trip = new RoundTrip(harness, connection, tap);
});
afterAll(() => tap.stop());

const nameOf = (feature: MessageFeature): [string, MessageFeature] => [feature.name, feature];

describe('a message that is sent in a channel', () => {
  const features = [
    ...COMMON_FEATURES,
    ...MENTION_FEATURES,
    ...NEW_MESSAGE_FEATURES,
    ...CHANNEL_FEATURES,
    STICKERS,
    NONCE,
  ];

  it.each(features.map(nameOf))('arrives and comes back unchanged: %s', async (_name, { text, shows }) => {
    const path = `/channels/${PLACES.general}/messages`;
    const message = await trip.expectUnchanged('POST', path, text, addQuiet(text));

    expect(message).toMatchObject(shows);
    // What is read afterwards is the same message: Discord gives the nonce only in the answer to the sending.
    const { nonce: _nonce, ...rest } = message;
    const read = await trip.send('GET', `${path}/${message.id}`);
    expect(read.json).toEqual(rest);
    expect(read.text).toBe(tap.calls.at(-1)?.answer.text);
  });

  it('has a nonce that Discord is to enforce when there is an Idempotency-Key, and nothing else', async () => {
    const text = '{ "content": "once" }';
    const answer = await trip.send('POST', `/channels/${PLACES.general}/messages`, text, { 'idempotency-key': 'k1' });
    const arrived = tap.lastWrite().body.toString('utf8');
    const nonce = String(JSON.parse(arrived).nonce);

    expect(nonce).toMatch(/^.{20,25}$/);
    expect(arrived).toBe(addMembers(text, `${NO_MENTIONS},"nonce":"${nonce}","enforce_nonce":true`));
    expect([answer.status, answer.text]).toEqual([200, tap.lastWrite().answer.text]);
  });

  it('replies, and pings the author of what it replies to only when told to', async () => {
    const { message_id } = await harness.simulator.control.sayAs({
      user_id: '80351110224678912',
      channel_id: PLACES.general,
      body: { content: 'a question' },
    });
    const reply = (more: object): string =>
      JSON.stringify({ content: 'an answer', message_reference: { message_id, fail_if_not_exists: true }, ...more });
    const path = `/channels/${PLACES.general}/messages`;
    const quiet = await trip.expectUnchanged('POST', path, reply({}), addQuiet(reply({})));
    const told = reply({ allowed_mentions: { parse: [], replied_user: true } });
    const loud = await trip.expectUnchanged('POST', path, told, told);

    expect([quiet.type, quiet.referenced_message.id, quiet.mentions]).toEqual([19, message_id, []]);
    expect(loud.mentions).toMatchObject([{ id: '80351110224678912' }]);
  });

  it('forwards a message of another channel', async () => {
    const { message_id } = await harness.simulator.control.sayAs({
      user_id: '175928847299117063',
      channel_id: PLACES.staff,
      body: { content: 'for all' },
    });
    const text = JSON.stringify({ message_reference: { type: 1, message_id, channel_id: PLACES.staff } });
    const forward = await trip.expectUnchanged('POST', `/channels/${PLACES.general}/messages`, text, addQuiet(text));

    expect(forward.message_snapshots).toMatchObject([{ message: { content: 'for all' } }]);
  });

  it('is refused with a number that is not exact above 2^53, and Discord hears nothing of it', async () => {
    const before = tap.calls.length;
    const text = '{"content":"x","embeds":[{"title":"t","made_up":9007199254740993}]}';
    const answer = await trip.send('POST', `/channels/${PLACES.general}/messages`, text);

    expect([answer.status, answer.json.code]).toEqual([400, 'input_not_json']);
    expect(answer.json.errors).toMatchObject([{ pointer: '/embeds/0/made_up' }]);
    expect(tap.calls.length).toBe(before);
  });

  it('comes back as Discord wrote it, whatever Discord may write one day', async () => {
    const body = String.raw` { "id" : "1200000000000000001", "big": 9007199254740993, "exact": 1.10, "half": "\ud800", "\u0061": [ ] } `;
    await harness.simulator.control.addFault({
      method: 'POST',
      path: '/api/v10/channels/*/messages',
      fault: { kind: 'answer', status: 200, body, headers: { 'content-type': 'application/json' } },
    });
    const answer = await trip.send('POST', `/channels/${PLACES.general}/messages`, '{"content":"x"}');

    expect([answer.status, answer.text]).toEqual([200, body]);
    expect(answer.headers['content-type']).toBe('application/json');
  });

  it('has any text that there is, half surrogates and all', async () => {
    const content = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 200 })
      .filter((text) => text.trim() !== '' && text.trim() === text);
    const property = fc.asyncProperty(content, async (given) => {
      const text = JSON.stringify({ content: given });
      const message = await trip.expectUnchanged('POST', `/channels/${PLACES.general}/messages`, text, addQuiet(text));
      expect(message.content).toBe(given);
    });
    await fc.assert(property, { numRuns: process.env['DEEP'] === '1' ? 500 : 40 });
  });
});

describe('a message that is changed', () => {
  it.each([...COMMON_FEATURES, ...MENTION_FEATURES].map(nameOf))(
    'arrives and comes back unchanged: %s',
    async (_name, { text, shows }) => {
      const isV2 = 'components' in shows && text.includes('"flags"');
      const old = isV2 ? { flags: 1 << 15, components: [{ type: 10, content: 'old' }] } : { content: 'old' };
      const path = `/channels/${PLACES.general}/messages`;
      const { id } = (await trip.send('POST', path, JSON.stringify(old))).json;
      const message = await trip.expectUnchanged('PATCH', `${path}/${id}`, text, addQuiet(text));

      expect(message).toMatchObject(shows);
    },
  );
});

describe('a post in a forum', () => {
  const features = [...COMMON_FEATURES, ...MENTION_FEATURES, ...NEW_MESSAGE_FEATURES, STICKERS];

  it.each(features.map(nameOf))('arrives and comes back unchanged: %s', async (_name, { text, shows }) => {
    const wrap = (message: string): string => `{"name":"A post ✉️","message":${message},"applied_tags":[]}`;
    const path = `/channels/${PLACES.forum}/threads`;
    const thread = await trip.expectUnchanged('POST', path, wrap(text), wrap(addQuiet(text)));

    expect(thread).toMatchObject({ name: 'A post ✉️', parent_id: PLACES.forum, message: shows });
  });
});

describe('a message of a webhook', () => {
  let webhook = '';
  beforeAll(async () => {
    webhook = (await trip.send('POST', `/channels/${PLACES.general}/webhooks`, '{"name":"Cards"}')).json.id;
  });

  const features = [
    ...COMMON_FEATURES,
    ...MENTION_FEATURES,
    ...NEW_MESSAGE_FEATURES,
    ...CHANNEL_FEATURES,
    {
      name: 'a name and a picture of its own',
      text: '{"content":"x","username":"Countess 👑","avatar_url":"https://example.com/c.png"}',
      shows: { author: { username: 'Countess 👑' } },
    },
  ];

  it.each(features.map(nameOf))('arrives and comes back unchanged: %s', async (_name, { text, shows }) => {
    const message = await trip.expectUnchanged(
      'POST',
      `/webhooks/${webhook}?with_components=true`,
      text,
      addQuiet(text),
    );

    expect(message).toMatchObject({ ...shows, webhook_id: webhook });
    expect(new URL(tap.lastWrite().path, 'http://x').searchParams.get('wait')).toBe('true');
  });

  it.each([...COMMON_FEATURES, ...MENTION_FEATURES].map(nameOf))(
    'is changed to what comes: %s',
    async (_name, { text, shows }) => {
      const isV2 = 'components' in shows && text.includes('"flags"');
      const old = isV2 ? { flags: 1 << 15, components: [{ type: 10, content: 'old' }] } : { content: 'old' };
      const query = '?with_components=true';
      const { id } = (await trip.send('POST', `/webhooks/${webhook}${query}`, JSON.stringify(old))).json;
      const path = `/webhooks/${webhook}/messages/${id}${query}`;
      const message = await trip.expectUnchanged('PATCH', path, text, addQuiet(text));

      expect(message).toMatchObject({ ...shows, id, webhook_id: webhook });
    },
  );
});
