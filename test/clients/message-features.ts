import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import { PLACES } from './armed-guild.ts';

/** Something that a message can have, as the text of a caller's JSON: what goes out is compared with it letter by letter. */
export interface MessageFeature {
  readonly name: string;
  /** A JSON object. */
  readonly text: string;
  /** Members of the answer that show that Discord has understood it. */
  readonly shows: Readonly<Record<string, unknown>>;
}

const feature = (name: string, body: object, shows: MessageFeature['shows'] = {}): MessageFeature => ({
  name,
  text: JSON.stringify(body),
  shows,
});

const EMBED = {
  title: 'Card 7',
  description: 'Line one\nline two\ttabbed \u2028 separated',
  url: 'https://example.com/cards?a=1&b=%F0%9F%83%8F#x',
  timestamp: '2026-01-31T12:00:00.000Z',
  color: 0xff_ff_ff,
  footer: { text: 'punched', icon_url: 'https://example.com/icon.png' },
  image: { url: 'https://example.com/image.png' },
  thumbnail: { url: 'https://example.com/thumbnail.png' },
  author: { name: 'Ada', url: 'https://example.com/ada', icon_url: 'https://example.com/ada.png' },
  fields: [
    { name: 'first', value: '`code`', inline: true },
    { name: 'second', value: '||spoiler||', inline: false },
  ],
};

const ROWS = [
  {
    type: 1,
    components: [
      { type: 2, style: 1, label: 'Punch', custom_id: 'punch', emoji: { id: null, name: '🃏' } },
      { type: 2, style: 5, label: 'Read', url: 'https://example.com/read' },
    ],
  },
  {
    type: 1,
    components: [
      {
        type: 3,
        custom_id: 'card',
        placeholder: 'Which?',
        min_values: 0,
        max_values: 2,
        options: [
          { label: 'One', value: '1', description: 'the first', default: true },
          { label: 'Two', value: '2' },
        ],
      },
    ],
  },
  { type: 1, components: [{ type: 8, custom_id: 'place', channel_types: [0, 5] }] },
];

const COMPONENTS_V2 = [
  { type: 10, content: '# Heading\nwith **text**' },
  {
    type: 9,
    components: [{ type: 10, content: 'Beside a picture' }],
    accessory: { type: 11, media: { url: 'https://example.com/a.png' }, description: 'a card', spoiler: true },
  },
  { type: 12, items: [{ media: { url: 'https://example.com/b.png' } }] },
  { type: 14, divider: true, spacing: 2 },
  {
    type: 17,
    accent_color: 703_487,
    spoiler: false,
    components: [
      { type: 10, content: 'inside' },
      { type: 1, components: [{ type: 2, style: 2, label: 'Go', custom_id: 'go' }] },
    ],
  },
];

const POLL = {
  question: { text: 'Which card?' },
  answers: [{ poll_media: { text: 'Seven', emoji: { name: '7️⃣' } } }, { poll_media: { text: 'Ace' } }],
  duration: 768,
  allow_multiselect: true,
  layout_type: 1,
};

/** Has no escape, so that every character goes out as it is. */
const UNICODE = 'ligature ﬁ, combining e\u0301, flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿, family 👩‍👩‍👧‍👦, right to left ‮abc‬, قهوة, Ω≈ç';

/** What every message can have: new ones and edited ones, in channels, in forums and from webhooks. */
export const COMMON_FEATURES: readonly MessageFeature[] = [
  feature('plain text', { content: 'Good morning' }, { content: 'Good morning' }),
  feature('Unicode as it is', { content: UNICODE }, { content: UNICODE }),
  {
    name: 'escapes that JSON does not ask for, and half surrogates',
    text: String.raw`{"content":"\u0041\/\ud800 \udc00\u0000\ud83d\ude00\b\f."}`,
    shows: { content: 'A/\ud800 \udc00\0😀\b\f.' },
  },
  {
    name: 'odd spaces and an order of its own',
    text: '\r\n{ "embeds"\t: [ ] ,\n  "content" :  "spaced"  }\n',
    shows: { content: 'spaced', embeds: [] },
  },
  feature('null where Discord takes it', { content: 'nulls', embeds: null, components: null }, { content: 'nulls' }),
  feature('an embed', { embeds: [EMBED] }, { embeds: [{ type: 'rich', ...EMBED }] }),
  {
    name: 'members that the layer does not know, and numbers as they are written',
    text: '{"embeds":[{"title":"t","color":1E2,"made_up":{"id":"18446744073709551615","price":1.10,"none":-0}}]}',
    shows: { embeds: [{ type: 'rich', title: 't', color: 100 }] },
  },
  feature('buttons and selects', { content: 'choose', components: ROWS }, { components: ROWS }),
  feature('Components V2', { flags: 1 << 15, components: COMPONENTS_V2 }, { components: COMPONENTS_V2 }),
  feature('suppressed embeds', { content: 'https://example.com', flags: 1 << 2 }, { flags: 1 << 2 }),
];

const { grace, linus } = SEED_USERS;
const CALLED = `<@${grace.id}> <@${linus.id}> <@&${PLACES.moderatorRole}> @everyone`;

const mention = (name: string, allowed_mentions: object, shows: MessageFeature['shows']): MessageFeature =>
  feature(`allowed_mentions: ${name}`, { content: CALLED, allowed_mentions }, shows);

const users = (...list: readonly { readonly id: string }[]) => list.map(({ id }) => ({ id }));

/** Whom a message may mention, each way of saying it. */
export const MENTION_FEATURES: readonly MessageFeature[] = [
  mention('nobody', { parse: [] }, { mentions: [], mention_roles: [], mention_everyone: false }),
  mention('all users', { parse: ['users'] }, { mentions: users(grace, linus), mention_everyone: false }),
  mention('all roles', { parse: ['roles'] }, { mentions: [], mention_roles: [PLACES.moderatorRole] }),
  mention('everyone', { parse: ['everyone'] }, { mentions: [], mention_roles: [], mention_everyone: true }),
  mention('one user by id', { users: [linus.id] }, { mentions: users(linus), mention_roles: [] }),
  mention('one role by id', { parse: [], roles: [PLACES.moderatorRole] }, { mention_roles: [PLACES.moderatorRole] }),
];

/** What only a message that is sent anew can have, in a channel, in a forum or by a webhook. */
export const NEW_MESSAGE_FEATURES: readonly MessageFeature[] = [
  feature('a message that rings nobody', { content: 'psst', flags: 1 << 12 }, { flags: 1 << 12 }),
];

/** What a first message of a forum's post cannot have. */
export const CHANNEL_FEATURES: readonly MessageFeature[] = [
  feature('a poll', { poll: POLL }, { poll: { question: POLL.question, allow_multiselect: true } }),
  feature('a message that is read out', { content: 'loud', tts: true }, { tts: true }),
];

/** What a webhook cannot send. */
export const STICKERS: MessageFeature = feature(
  'stickers, by ids above 2^53',
  { sticker_ids: ['9007199254740993', '18446744073709551615'] },
  { sticker_items: [{ id: '9007199254740993' }, { id: '18446744073709551615' }] },
);

/** What only a message in a channel has. */
export const NONCE: MessageFeature = feature(
  'a nonce of the caller',
  { content: 'n', nonce: 'mine', enforce_nonce: false },
  { nonce: 'mine' },
);
