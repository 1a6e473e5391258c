import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import { GUILD_ID, NOW_EPOCH_MS } from '../support/authority-facts.ts';
import {
  ABSENT_MESSAGE_ID,
  BOSS_ID,
  BOT_ID,
  CATEGORY_ID,
  ELSEWHERE_ID,
  ELSEWHERE_MESSAGE_ID,
  findWebhookChannelId,
  MESSAGE_ID,
  OWNER_ID,
  SECOND_MESSAGE_ID,
  STRANGER_ID,
  TARGET_ID,
  VOICE_ID,
  WEBHOOK_ID,
  WEBHOOK_MESSAGE_ID,
  type ActionGuild,
} from './actions-guild.ts';
import { PLACE_ID, ROLE_IDS } from './product-input.ts';

/** A call that fits its action, by the bot itself. */
export interface OracleCall {
  readonly action: ActionDefinition;
  readonly path: Readonly<Record<string, string>>;
  readonly query: string;
  readonly body: unknown;
  /** Of the one file that comes along. */
  readonly fileType?: string;
}

type Variant = Pick<OracleCall, 'body' | 'fileType'>;

export const EMOJI = '👍';
const UNKNOWN_ROLE_ID = '3999';
const TOMORROW = new Date(NOW_EPOCH_MS + 86_400_000).toISOString();

const USERS = { target: TARGET_ID, owner: OWNER_ID, boss: BOSS_ID, stranger: STRANGER_ID, self: BOT_ID };

const content = 'Good morning';
const embeds = [{ title: 'Cards' }];
const poll = { question: { text: 'Cards?' }, answers: [{ poll_media: { text: 'Yes' } }] };
const ping = (text: string, allowed: object) => ({ content: text, allowed_mentions: allowed });

const MESSAGES: readonly Variant[] = [
  { body: { content } },
  { body: { content, embeds } },
  { body: { content, tts: true } },
  { body: { poll } },
  { body: { content }, fileType: 'text/plain' },
  { body: { flags: 8_192 }, fileType: 'audio/ogg' },
  { body: ping('@everyone', { parse: ['everyone'] }) },
  { body: ping(`<@&${ROLE_IDS[0]}>`, { roles: [ROLE_IDS[0]] }) },
];

const REFERENCES: readonly Variant[] = [
  { body: { content, message_reference: { message_id: MESSAGE_ID, fail_if_not_exists: false } } },
  { body: { message_reference: { type: 1, message_id: ELSEWHERE_MESSAGE_ID, channel_id: ELSEWHERE_ID } } },
];

const EDITS: readonly Variant[] = [
  { body: { content } },
  { body: { embeds } },
  { body: { flags: 4 } },
  { body: { content }, fileType: 'text/plain' },
  { body: ping('@everyone', { parse: ['everyone'] }) },
];

const MEMBER_EDITS: readonly Variant[] = [
  { body: { nick: 'Linus' } },
  { body: { roles: [ROLE_IDS[0]] } },
  { body: { roles: [ROLE_IDS[1], ROLE_IDS[2]] } },
  { body: { mute: true } },
  { body: { deaf: false } },
  { body: { channel_id: VOICE_ID } },
  { body: { channel_id: null } },
  { body: { communication_disabled_until: TOMORROW } },
  { body: { communication_disabled_until: null } },
  { body: { flags: 2 } },
  { body: { nick: '', mute: false } },
];

const only = (...bodies: readonly unknown[]): readonly Variant[] => bodies.map((body) => ({ body }));

/** Bodies that fit, by what is random: what a channel of another kind takes is no fitting call. */
function listVariants({ id, example }: ActionDefinition, random: ActionGuild): readonly Variant[] {
  const { channelType = 0, overwrites } = random.guild;
  const isThread = [10, 11, 12].includes(channelType);
  switch (id) {
    case 'message.create':
      return [...MESSAGES, ...REFERENCES];
    case 'message.edit':
      return EDITS;
    case 'thread.create':
      return channelType === 15
        ? MESSAGES.map(({ body, ...rest }) => ({ body: { name: 'Cards', message: body }, ...rest }))
        : only(...(channelType === 5 ? [10] : [11, 12]).map((type) => ({ name: 'Cards', type })));
    case 'channel.edit':
      return isThread ? only({ name: 'Cards' }, { archived: false }, { locked: true }) : listChannelEdits(overwrites);
    case 'member.edit':
      return MEMBER_EDITS;
    case 'member.add':
      return only({}, { nick: 'Linus' }, { roles: [ROLE_IDS[0]] }, { mute: true }, { deaf: true });
    case 'bans.create_bulk':
      return only(
        { user_ids: [TARGET_ID] },
        { user_ids: [STRANGER_ID, TARGET_ID] },
        { user_ids: [OWNER_ID, STRANGER_ID] },
      );
    case 'messages.delete_bulk':
      return only({ messages: [MESSAGE_ID, SECOND_MESSAGE_ID] });
    case 'direct_message.open':
      return only({ recipient_id: BOSS_ID }, { recipient_id: TARGET_ID });
    case 'webhook.edit':
      return only({ name: 'Punched' }, { channel_id: ELSEWHERE_ID }, { channel_id: findWebhookChannelId(random) });
    default:
      return only(example.body);
  }
}

/** With overwrites that stay, go, come and change. */
function listChannelEdits(overwrites: ActionGuild['guild']['overwrites']): readonly Variant[] {
  const written = overwrites
    .filter(({ of }) => of === 'everyone' || of === 'role 0')
    .map(({ of, allow, deny }) => ({
      id: of === 'everyone' ? GUILD_ID : ROLE_IDS[0],
      type: 0,
      allow: String(allow),
      deny: String(deny),
    }));
  const own = { id: BOT_ID, type: 1, allow: '1024', deny: '0' };
  return only(
    { topic: 'Cards' },
    { parent_id: CATEGORY_ID },
    { permission_overwrites: [] },
    { permission_overwrites: written },
    { permission_overwrites: [own], topic: 'Cards' },
  );
}

function listQueries({ id, example, query }: ActionDefinition, { guild: { channelType = 0 } }: ActionGuild): string[] {
  if (id === 'guild_messages.search') return ['', `channel_id=${PLACE_ID}`, `channel_id=${ELSEWHERE_ID}`];
  const isInThread = 'thread_id' in query;
  const usual = new URLSearchParams(example.query).toString();
  return isInThread && [10, 11, 12].includes(channelType) ? [usual, `thread_id=${PLACE_ID}`] : [usual];
}

function findMessageId({ id }: ActionDefinition, { scene }: ActionGuild): string {
  if (id.startsWith('webhook')) return WEBHOOK_MESSAGE_ID;
  return scene.message === 'none' ? ABSENT_MESSAGE_ID : MESSAGE_ID;
}

/** The calls of this action that are made in this guild: each body with each query. */
export function buildCalls(action: ActionDefinition, random: ActionGuild): OracleCall[] {
  const { scene } = random;
  const known: Readonly<Record<string, string>> = {
    guild_id: GUILD_ID,
    channel_id: PLACE_ID,
    message_id: findMessageId(action, random),
    webhook_id: WEBHOOK_ID,
    // Only who is in no guild yet is added.
    user_id: action.id === 'member.add' ? STRANGER_ID : USERS[scene.user],
    role_id: [...ROLE_IDS, GUILD_ID][scene.role] ?? UNKNOWN_ROLE_ID,
    emoji_name: EMOJI,
  };
  const path = Object.keys(action.pathParameters).map((name): [string, string] => {
    const value = known[name];
    if (value === undefined) throw new Error(`${action.id}: no value for ${name}`);
    return [name, value];
  });
  return listQueries(action, random).flatMap((query) =>
    listVariants(action, random).map((variant) => ({ action, path: Object.fromEntries(path), query, ...variant })),
  );
}
