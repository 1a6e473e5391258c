import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { defineAction, NO_NEEDS, type ActionDefinition, type ActionMethod } from '../../../shared/catalogue/action.ts';
import { snowflake } from '../../../shared/catalogue/parameters.ts';
import { buildDiscordPath } from '../../../shared/discord/discord-path.ts';
import { parseActionCall } from '../../../shared/http/action-call.ts';

const ID = '197038439483310086';
const emoji = z.string().check(z.regex(/^[^/]{1,100}$/));

function define(method: ActionMethod, path: string, extra: Partial<ActionDefinition> = {}): ActionDefinition {
  const names = [...path.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1] ?? '');
  const place = names.includes('channel_id') ? 'channel' : names.includes('guild_id') ? 'guild' : 'webhook';
  return defineAction({
    id: `${method} ${path}`,
    summary: 'For this test',
    method,
    path,
    operationId: 'x',
    docs: 'https://discord.com/developers/docs',
    credential: 'bot',
    scopes: [],
    effect: 'read',
    place,
    needs: NO_NEEDS,
    retry: 'idempotent',
    takesAuditLogReason: false,
    pathParameters: Object.fromEntries(names.map((name) => [name, name === 'emoji_id' ? emoji : snowflake])),
    query: {},
    successStatuses: [200],
    example: { pathParameters: {} },
    ...extra,
  });
}

const MESSAGES = '/channels/{channel_id}/messages';
const REACTIONS = `${MESSAGES}/{message_id}/reactions/{emoji_id}`;
/** The more general ones first, so that order does not decide. */
const CATALOGUE = [
  define('GET', `${MESSAGES}/{message_id}`),
  define('DELETE', `${MESSAGES}/{message_id}`),
  define('GET', `${MESSAGES}/pins`),
  define('DELETE', `${REACTIONS}/{user_id}`),
  define('PUT', `${REACTIONS}/@me`),
  define('DELETE', `${REACTIONS}/@me`),
  define('DELETE', '/channels/{channel_id}/thread-members/{user_id}'),
  define('DELETE', '/channels/{channel_id}/thread-members/@me'),
  define('PATCH', '/guilds/{guild_id}/members/{user_id}'),
  define('GET', '/guilds/{guild_id}/members/search'),
  define('GET', '/guilds/{guild_id}/messages/search', {
    query: { author_id: z.optional(snowflake), sort: z.optional(z.enum(['asc', 'desc'])) },
    repeatable: ['author_id'],
  }),
  define('POST', '/webhooks/{webhook_id}'),
  define('GET', '/webhooks/{webhook_id}/messages/{message_id}'),
];

function call(method: string, path: string, query = '') {
  return parseActionCall(CATALOGUE, method, `/connections/con_x/api/v10${path}`, new URLSearchParams(query));
}

function idOf(method: string, path: string): unknown {
  const parsed = call(method, path);
  return parsed.ok ? parsed.value.action.id : parsed.failure;
}

describe('of several templates that fit', () => {
  it.each([
    ['GET', `/channels/${ID}/messages/pins`, `GET ${MESSAGES}/pins`],
    ['GET', `/channels/${ID}/messages/${ID}`, `GET ${MESSAGES}/{message_id}`],
    ['DELETE', `/channels/${ID}/messages/${ID}/reactions/x/@me`, `DELETE ${REACTIONS}/@me`],
    ['DELETE', `/channels/${ID}/messages/${ID}/reactions/x/${ID}`, `DELETE ${REACTIONS}/{user_id}`],
    ['DELETE', `/channels/${ID}/thread-members/@me`, 'DELETE /channels/{channel_id}/thread-members/@me'],
    ['GET', `/guilds/${ID}/members/search`, 'GET /guilds/{guild_id}/members/search'],
  ])('%s %s is the literal one', (method, path, id) => {
    expect(idOf(method, path)).toBe(id);
  });

  it.each([
    ['DELETE', `/channels/${ID}/messages/pins`, ['GET']],
    ['PATCH', `/guilds/${ID}/members/search`, ['GET']],
    ['GET', `/channels/${ID}/messages/${ID}/reactions/x/@me`, ['PUT', 'DELETE']],
  ])('%s %s is told the methods of that one', (method, path, allowed) => {
    expect(idOf(method, path)).toEqual({ reason: 'method_not_allowed', allowed });
  });
});

describe('query parameters that may stand there more than once', () => {
  const path = `/guilds/${ID}/messages/search`;

  it('go on in their order', () => {
    const parsed = call('GET', path, `author_id=${ID}&sort=asc&author_id=${ID}1`);

    expect(parsed.ok && parsed.value.discordPath).toBe(`/api/v10${path}?author_id=${ID}&sort=asc&author_id=${ID}1`);
  });

  it.each([`author_id=1&author_id=${ID}`, `author_id=${ID}&author_id=1`, `sort=asc&sort=desc`])(
    'are judged each, and the others not twice: %s',
    (query) => {
      const parsed = call('GET', path, query);

      expect(!parsed.ok && parsed.failure).toMatchObject({ reason: 'input_invalid', errors: [{}] });
    },
  );
});

describe('the token of a webhook', () => {
  it.each([
    ['POST', `/webhooks/${ID}/synthetic-token`],
    ['GET', `/webhooks/${ID}/synthetic-token/messages/${ID}`],
    ['POST', `/webhooks/${ID}/synthetic-token/slack`],
  ])('is refused in %s %s and not repeated', (method, path) => {
    expect(idOf(method, path)).toEqual({ reason: 'webhook_token_refused' });
  });

  it.each([`/webhooks/${ID}/messages`, '/webhooks', `/channels/${ID}/webhooks/x`])('is not seen in %s', (path) => {
    expect(idOf('GET', path)).toEqual({ reason: 'action_unknown' });
  });

  it('is not needed', () => {
    expect(idOf('POST', `/webhooks/${ID}`)).toBe('POST /webhooks/{webhook_id}');
    expect(idOf('GET', `/webhooks/${ID}/messages/${ID}`)).toBe('GET /webhooks/{webhook_id}/messages/{message_id}');
  });
});

describe('an emoji in the path', () => {
  it.each([
    ['👍', '%F0%9F%91%8D'],
    ['party:197038439483310086', 'party%3A197038439483310086'],
    ['%F0', '%25F0'],
    ['1️⃣', '1%EF%B8%8F%E2%83%A3'],
  ])('%s is encoded once', (text, encoded) => {
    const parsed = call('PUT', `/channels/${ID}/messages/${ID}/reactions/${text}/@me`);

    expect(parsed.ok && parsed.value.discordPath).toBe(
      `/api/v10/channels/${ID}/messages/${ID}/reactions/${encoded}/@me`,
    );
  });

  it('with half a character is refused', () => {
    expect(idOf('PUT', `/channels/${ID}/messages/${ID}/reactions/\ud83d/@me`)).toMatchObject({
      reason: 'input_path_invalid',
    });
  });
});

describe('buildDiscordPath', () => {
  it('throws when a template names what is not known, instead of leaving it out', () => {
    const empty = new URLSearchParams();

    expect(() =>
      buildDiscordPath('/webhooks/{webhook_id}/{webhook_token}', new Map([['webhook_id', ID]]), empty),
    ).toThrow('webhook_token');
    expect(() => buildDiscordPath('/webhooks/{webhook_id}', new Map([['webhook_id', '']]), empty)).toThrow();
  });
});
