import type { Answer } from '../../infra/local/discord/answer.ts';
import { dispatchApi } from '../../infra/local/discord/api/dispatch-api.ts';
import type { RateLimits, RateWindow } from '../../infra/local/discord/api/rate-limiter.ts';
import { buildApplication } from '../../infra/local/discord/application.ts';
import { buildSimulation } from '../../infra/local/discord/build-simulation.ts';
import type { Simulation } from '../../infra/local/discord/simulation.ts';
import type { MessageRecord } from '../../infra/local/discord/state/message-record.ts';
import { buildEmptyState, type WebhookRecord } from '../../infra/local/discord/state/records.ts';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import type { WorldGuild } from '../../infra/local/discord/world/world.ts';
import { buildMultipart } from '../../shared/discord/build-multipart.ts';
import { GUILD_ID, NOW_EPOCH_MS } from '../support/authority-facts.ts';
import { EMOJI, type OracleCall } from './actions-calls.ts';
import {
  ACTOR_ID,
  BOSS_ID,
  BOT_ID,
  ELSEWHERE_ID,
  ELSEWHERE_MESSAGE_ID,
  findWebhookChannelId,
  MESSAGE_ID,
  OWNER_ID,
  SECOND_MESSAGE_ID,
  STRANGER_ID,
  TARGET_ID,
  WEBHOOK_ID,
  WEBHOOK_MESSAGE_ID,
  type ActionGuild,
} from './actions-guild.ts';
import { PLACE_ID } from './product-input.ts';

const BOT_TOKEN = 'bot-token-of-the-oracle';
const WEBHOOK_TOKEN = 'webhook-token-of-the-oracle';
const ACCESS_TOKEN = 'access-token-of-the-stranger';
const OTHER_APPLICATION_ID = '2900';

const NO_LIMIT: RateWindow = { limit: 1_000_000_000, window_ms: 1000 };
const LIMITS: RateLimits = {
  route: NO_LIMIT,
  routes: {},
  global_per_bot: NO_LIMIT,
  global_per_user: NO_LIMIT,
  global_per_ip: NO_LIMIT,
};

const USERS = [OWNER_ID, TARGET_ID, BOSS_ID, STRANGER_ID, ACTOR_ID].map((id) => ({
  ...SEED_USERS.linus,
  id,
  username: `user${id}`,
}));

const CONNECTED_FOR_LONG_MS = 3_600_000;

/** A simulator without a server, in which the guild is as it is given. It is changed by calls. */
export function openSimulation(guild: WorldGuild, random: ActionGuild): Simulation {
  const simulation = buildSimulation({
    state: {
      ...buildEmptyState(),
      webhooks: [buildWebhook(random)],
      tokens: [
        {
          accessToken: ACCESS_TOKEN,
          refreshToken: null,
          clientId: BOT_ID,
          userId: STRANGER_ID,
          scopes: ['guilds.join'],
          accessExpiresAtEpochMs: NOW_EPOCH_MS + CONNECTED_FOR_LONG_MS,
        },
      ],
    },
    seed: { users: USERS, guilds: [guild] },
    limits: LIMITS,
    random: (bytes) => Buffer.alloc(bytes, 1),
    nowEpochMs: () => NOW_EPOCH_MS,
    baseUrl: () => 'http://simulator.invalid',
  });
  const application = { name: 'Oracle', client_id: BOT_ID, client_secret: 'secret', bot_token: BOT_TOKEN };
  simulation.store.saveApplication(buildApplication(simulation, application));
  for (const message of listMessages(random)) simulation.messages.put(message);
  return simulation;
}

function buildWebhook(random: ActionGuild): WebhookRecord {
  const isOfAnother = random.scene.webhook === 'of another';
  return {
    id: WEBHOOK_ID,
    token: WEBHOOK_TOKEN,
    name: 'Cards',
    channelId: findWebhookChannelId(random),
    guildId: GUILD_ID,
    clientId: isOfAnother ? OTHER_APPLICATION_ID : BOT_ID,
  };
}

function listMessages(random: ActionGuild): MessageRecord[] {
  const { scene } = random;
  const author = scene.message === 'own' ? BOT_ID : TARGET_ID;
  const reactions =
    scene.reaction === 'none'
      ? []
      : [{ emoji: { id: null, name: EMOJI }, userIds: [scene.reaction === 'own' ? BOT_ID : TARGET_ID] }];
  const byWebhook = { username: 'Cards', avatar: null, applicationId: BOT_ID };
  return [
    ...(scene.message === 'none' ? [] : [buildMessage(MESSAGE_ID, PLACE_ID, author, { reactions })]),
    buildMessage(SECOND_MESSAGE_ID, PLACE_ID, TARGET_ID),
    buildMessage(ELSEWHERE_MESSAGE_ID, ELSEWHERE_ID, TARGET_ID),
    // Where the place is a thread the webhook wrote in both.
    ...[...new Set([PLACE_ID, findWebhookChannelId(random)])].map((channelId) =>
      buildMessage(WEBHOOK_MESSAGE_ID, channelId, WEBHOOK_ID, { webhook: byWebhook }),
    ),
  ];
}

function buildMessage(
  id: string,
  channelId: string,
  authorId: string,
  change: Partial<MessageRecord> = {},
): MessageRecord {
  return {
    id,
    channelId,
    authorId,
    webhook: null,
    type: 0,
    createdAtEpochMs: NOW_EPOCH_MS,
    editedAtEpochMs: null,
    pinnedAtEpochMs: null,
    content: 'Good morning',
    tts: false,
    flags: 0,
    embeds: [],
    components: [],
    attachments: [],
    stickerIds: [],
    poll: null,
    mentions: { userIds: [], roleIds: [], everyone: false },
    reference: null,
    snapshots: [],
    reactions: [],
    ...change,
  };
}

interface Sent {
  readonly method: string;
  /** Below `/api/v10`, with `{name}` for each parameter. */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly form?: { readonly contentType: string; readonly bytes: Uint8Array } | undefined;
}

function send(simulation: Simulation, { method, path, parameters = {}, query = '', form }: Sent): Answer {
  const segments = path
    .slice(1)
    .split('/')
    .map((part) => {
      const name = /^\{(.+)\}$/.exec(part)?.[1];
      return name === undefined ? part : (parameters[name] ?? '');
    });
  return dispatchApi(simulation, {
    method,
    path: `/api/v10/${segments.map(encodeURIComponent).join('/')}`,
    segments: ['api', 'v10', ...segments],
    rawQuery: query,
    headers: {
      authorization: `Bot ${BOT_TOKEN}`,
      'user-agent': 'DiscordBot (https://oracle.invalid, 1)',
      ...(form === undefined ? {} : { 'content-type': form.contentType }),
    },
    authorizationCount: 1,
    remoteAddress: '127.0.0.1',
    body: Buffer.from(form?.bytes ?? []),
    bodyTooLarge: false,
  });
}

/** What the bot reads at a path; nothing when it is refused or there is nothing. */
export function readAsBot(simulation: Simulation, path: string): unknown {
  const answer = send(simulation, { method: 'GET', path });
  return answer.status === 200 ? JSON.parse(answer.body) : undefined;
}

/** Whether the connection's own token of the webhook makes the call. A webhook moves by the bot's. */
export function isByOwnToken({ action, body }: OracleCall, { scene }: ActionGuild): boolean {
  const isMoved = typeof body === 'object' && body !== null && 'channel_id' in body;
  return scene.webhook === 'ours' && action.byToken !== undefined && !isMoved;
}

/** Makes the call as the bot, or by a webhook's token where only that opens it and the bot can read it. */
export function callSimulator(simulation: Simulation, call: OracleCall, random: ActionGuild): Answer {
  const { action, path: parameters, query } = call;
  const { byToken, method } = action;
  const form = buildForm(call);
  const isByToken = isByOwnToken(call, random);
  if (byToken === undefined || !(isByToken || action.credential === 'webhook')) {
    return send(simulation, { method, path: action.path, parameters, query, form });
  }
  if (!isByToken) {
    const read = send(simulation, { method: 'GET', path: '/webhooks/{webhook_id}', parameters });
    if (read.status !== 200) return read;
  }
  const fixed = new URLSearchParams(byToken.fixedQuery).toString();
  return send(simulation, {
    method,
    path: byToken.path,
    parameters: { ...parameters, webhook_token: WEBHOOK_TOKEN },
    query: [fixed, query].filter((part) => part !== '').join('&'),
    form,
  });
}

function buildForm({ action, body, fileType }: OracleCall): Sent['form'] {
  if (action.body === undefined) return undefined;
  const token = action.id === 'member.add' ? { access_token: ACCESS_TOKEN } : {};
  const json = JSON.stringify({ ...(body as object | undefined), ...token });
  if (fileType === undefined) return { contentType: 'application/json', bytes: Buffer.from(json) };
  const file = { field: 'files[0]', filename: 'file.bin', contentType: fileType, bytes: Buffer.from('file') };
  return buildMultipart(json, [file], 'boundaryOfTheOracle');
}
