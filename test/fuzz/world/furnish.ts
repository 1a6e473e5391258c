import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { Places } from '../places.ts';
import { ask, connect, type Gate, type Person } from './gate.ts';

const { analyticalEngine, compilers, stars } = SEED_GUILDS;
const { ada, grace, linus, mina, noor, solo } = SEED_USERS;

const GENERAL = '197038439483310201';
const NEWS = '197038439483310202';
const FORUM = '197038439483310204';

/** All permissions, ADMINISTRATOR among them. */
const ALL = String((1n << 53n) - 1n);

const USER_SCOPES = ['identify', 'email', 'guilds', 'guilds.members.read', 'connections', 'guilds.join'];

/** A whole application's worth of people: the guild's owner, who also installs the bot, its moderator and a member. */
const PEOPLE: readonly Person[] = [
  {
    userId: 'owner',
    discordUserId: ada.id,
    scopes: [...USER_SCOPES, 'bot'],
    permissions: ALL,
    guildId: analyticalEngine.id,
  },
  {
    userId: 'moderator',
    discordUserId: grace.id,
    scopes: ['webhook.incoming'],
    guildId: analyticalEngine.id,
    channelId: GENERAL,
  },
  { userId: 'member', discordUserId: linus.id, scopes: USER_SCOPES },
  { userId: 'outsider', discordUserId: solo.id, scopes: USER_SCOPES },
];

/** What clients of Discord put into addresses and headers. */
const SECRET_KINDS = ['webhook_token', 'bot_token', 'access_token'];

/** API keys of the tenant of these people, and of another. */
export interface TenantKeys {
  readonly own: string;
  readonly foreign: string;
}

/** Connects everybody, or connects them again. @returns ids of the connections, the other tenant's last */
export async function connectPeople(gate: Gate, keys: TenantKeys): Promise<string[]> {
  const connections: string[] = [];
  for (const person of PEOPLE) connections.push(await connect(gate, keys.own, person));
  const foreign = { userId: 'foreign', discordUserId: ada.id, scopes: USER_SCOPES };
  return [...connections, await connect(gate, keys.foreign, foreign)];
}

/**
 * Connects people, lets the bot do everything, and makes one of everything that an action can be about.
 */
export async function furnish(gate: Gate, keys: TenantKeys): Promise<Places> {
  const { control } = gate;
  const [owner = '', moderator = '', member = '', outsider = '', elsewhere = ''] = await connectPeople(gate, keys);
  await control.setBotRole({ guild_id: analyticalEngine.id, position: 3, permissions: ALL });
  await control.setIntents({ intents: ['GUILD_MEMBERS', 'MESSAGE_CONTENT'] });
  const act = async (connection: string, method: string, path: string, json?: unknown): Promise<string> => {
    const target = `/connections/${connection}/api/v10${path}`;
    return String(
      (await ask(gate, method, target, { key: keys.own, ...(json === undefined ? {} : { json }) })).json['id'],
    );
  };
  const messages = [
    await act(member, 'POST', `/channels/${GENERAL}/messages`, { content: 'by the member' }),
    await act(owner, 'POST', `/channels/${GENERAL}/messages`, { content: 'by the owner' }),
    (await control.sayAs({ user_id: noor.id, channel_id: GENERAL, body: { content: 'by somebody' } })).message_id,
  ];
  const [own = ''] = messages;
  const news = await act(owner, 'POST', `/channels/${NEWS}/messages`, { content: 'announced' });
  await act(owner, 'PUT', `/guilds/${analyticalEngine.id}/bans/${mina.id}`);
  await act(member, 'PUT', `/channels/${GENERAL}/messages/${own}/reactions/%F0%9F%91%8D/@me`);
  const thread = await act(owner, 'POST', `/channels/${GENERAL}/threads`, { name: 'Thread', type: 11 });
  const post = await act(owner, 'POST', `/channels/${FORUM}/threads`, {
    name: 'Post',
    message: { content: 'question' },
  });
  const webhook = await act(moderator, 'POST', `/channels/${GENERAL}/webhooks`, { name: 'Cards' });
  const posted = await act(moderator, 'POST', `/webhooks/${webhook}`, { content: 'by hook' });
  const direct = await act(member, 'POST', '/users/@me/channels', { recipient_id: linus.id });
  const token = await ask(gate, 'POST', `/connections/${member}/tokens`, { key: keys.own });
  const issued = (await control.listSecrets()).items.filter(({ kind }) => SECRET_KINDS.includes(kind));
  return {
    secrets: issued.map(({ value }) => value),
    // The one of nobody and the one of the other tenant are rare: hardly anything lies behind them.
    connections: [
      ...times(20, owner),
      ...times(8, moderator),
      ...times(8, member),
      outsider,
      elsewhere,
      `con_${'A'.repeat(22)}`,
    ],
    credentials: [keys.own, String(token.json['token']), keys.foreign],
    parameters: {
      guild_id: [...times(8, analyticalEngine.id), compilers.id, stars.id],
      channel_id: [
        ...times(12, GENERAL),
        ...times(2, FORUM),
        ...times(2, NEWS),
        ...times(5, thread),
        post,
        direct,
        ...listChannels(analyticalEngine),
        ...listChannels(stars),
      ],
      message_id: [...messages, ...messages, posted, news],
      user_id: [linus.id, linus.id, grace.id, ada.id, noor.id, mina.id, solo.id, gate.clientId],
      role_id: analyticalEngine.roles.map(({ id }) => id),
      webhook_id: [...times(3, webhook), ...(await control.listWebhooks()).items.map(({ id }) => id)],
      thread_id: [thread, post],
      emoji: ['👍', '👍', '🎉', `thumb:${own}`],
    },
  };
}

function times(count: number, id: string): string[] {
  return Array.from({ length: count }, () => id);
}

function listChannels({ channels }: { readonly channels: readonly { readonly id: string }[] }): string[] {
  return channels.map(({ id }) => id);
}
