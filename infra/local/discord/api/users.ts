import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildJsonAnswer } from '../answer.ts';
import { compareSnowflakes } from '../snowflake.ts';
import { findMember } from '../world/world.ts';
import { isTrue, parseQuery } from './query.ts';
import type { ApiCall, ApiRoute } from './route.ts';
import { toBotUser, toConnection, toGuildOfUser, toMember, toOwnUser, toPublicUser } from './wire-objects.ts';

/** The most guilds that one answer lists, and the default. A user can be in no more than that. */
const MAX_GUILDS = 200;

/**
 * The `/users/@me` routes.
 * @see Discord docs: resources/user
 */
export const USER_ROUTES: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/users/@me',
    credentials: ['bearer', 'bot'],
    scope: 'identify',
    bucket: 'users/@me',
    handle: ({ credential }) => {
      if (credential.kind === 'bot') return buildJsonAnswer(200, toBotUser(credential.application));
      return withUser(credential, ({ user, tokens }) => buildJsonAnswer(200, toOwnUser(user, tokens.scopes)));
    },
  },
  {
    method: 'GET',
    path: '/users/@me/connections',
    credentials: ['bearer'],
    scope: 'connections',
    bucket: 'users/@me/connections',
    handle: ({ credential }) =>
      withUser(credential, ({ user }) => buildJsonAnswer(200, user.connections.map(toConnection))),
  },
  {
    method: 'GET',
    path: '/users/@me/guilds',
    credentials: ['bearer', 'bot'],
    scope: 'guilds',
    bucket: 'users/@me/guilds',
    handle: listGuilds,
  },
  {
    method: 'GET',
    path: '/users/@me/guilds/{guild_id}/member',
    credentials: ['bearer'],
    scope: 'guilds.members.read',
    bucket: 'users/@me/guilds/{guild_id}/member',
    majorParameter: 'guild_id',
    handle: ({ simulation, credential, parameters }) =>
      withUser(credential, ({ user }) => {
        const guild = simulation.guilds.findGuild(parameters['guild_id'] ?? '');
        const member = guild && findMember(guild, user.id);
        // A guild that exists elsewhere and one that does not exist look the same.
        if (member === undefined) return buildApiErrorAnswer(404, 10004, 'Unknown Guild');
        return buildJsonAnswer(200, toMember(member, toPublicUser(user)));
      }),
  },
];

function listGuilds({ simulation, credential, request }: ApiCall): Answer {
  const query = parseQuery(request.rawQuery, {
    before: { kind: 'snowflake' },
    after: { kind: 'snowflake' },
    limit: { kind: 'integer', minimum: 1, maximum: MAX_GUILDS },
    with_counts: { kind: 'boolean' },
  });
  if (!query.ok) return query.answer;
  const before = query.values.get('before');
  const after = query.values.get('after');
  const limit = Number(query.values.get('limit') ?? MAX_GUILDS);
  const withCounts = isTrue(query.values.get('with_counts'));
  const found = listGuildsOf(simulation, credential, withCounts)
    .filter(({ id }) => before === undefined || compareSnowflakes(id, before) < 0)
    .filter(({ id }) => after === undefined || compareSnowflakes(id, after) > 0)
    .toSorted((left, right) => compareSnowflakes(left.id, right.id));
  // Paging backwards takes the guilds nearest to the cursor, as everywhere at Discord.
  const page = before === undefined ? found.slice(0, limit) : found.slice(-limit);
  return buildJsonAnswer(
    200,
    page.map(({ json }) => json),
  );
}

function listGuildsOf(
  { guilds }: ApiCall['simulation'],
  credential: ApiCall['credential'],
  withCounts: boolean,
): { id: string; json: unknown }[] {
  if (credential.kind !== 'bearer' && credential.kind !== 'bot') return [];
  const memberId = credential.kind === 'bearer' ? credential.user.id : credential.application.clientId;
  return guilds
    .listGuildsOfUser(memberId)
    .map((guild) => ({ id: guild.id, json: toGuildOfUser(guild, memberId, withCounts) }));
}

function withUser(
  credential: ApiCall['credential'],
  answer: (bearer: Extract<ApiCall['credential'], { kind: 'bearer' }>) => Answer,
): Answer {
  return credential.kind === 'bearer' ? answer(credential) : buildApiErrorAnswer(401, 0, '401: Unauthorized');
}
