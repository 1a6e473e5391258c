import assert from 'node:assert/strict';
import type { CookieJar, JsonAnswer, Wire } from '../support/wire.ts';

/** Where the journey leads through: a gateway that serves the product's functions, and the simulator behind it. */
export interface JourneyWorld {
  readonly wire: Wire;
  /** Origin of the gateway, without a trailing slash. */
  readonly origin: string;
  /** API key of the app's tenant. */
  readonly key: string;
  /** Account at the simulator's Discord that consents. */
  readonly discordUser: { readonly id: string; readonly username: string; readonly email: string | null };
  /** The app's name for its user; one that no earlier journey has had. */
  readonly userId: string;
}

/** What the steps hand to each other. */
export interface Journey extends JourneyWorld {
  readonly jar: CookieJar;
  readonly known: Record<'sessionId' | 'authorizeUrl' | 'discordUrl' | 'code' | 'connectionId', string>;
  /** Reads one of Discord's paths through the connection. */
  readonly act: (path: string) => Promise<JsonAnswer>;
}

/** One rule of the journey. */
export interface JourneyStep {
  /** A plain present-tense rule. */
  readonly rule: string;
  readonly run: (journey: Journey) => Promise<void>;
}

const RETURN_URL = 'http://localhost:9/back?page=2';

/** A journey before its first step. */
export function beginJourney(world: JourneyWorld): Journey {
  const known = { sessionId: '', authorizeUrl: '', discordUrl: '', code: '', connectionId: '' };
  const act = (path: string): Promise<JsonAnswer> =>
    world.wire.send('GET', `/connections/${known.connectionId}/api/v10${path}`, { key: world.key });
  return { ...world, jar: new Map(), known, act };
}

/**
 * One user's whole way: connect, confirm, profile, guilds, a missing scope, disconnect. Each step builds on those before. The
 * same assertions whoever serves the functions, so they use nothing but HTTP and `node:assert`.
 */
export const JOURNEY: readonly JourneyStep[] = [
  {
    rule: 'makes a connect session with a link at the gateway',
    run: async ({ wire, origin, key, userId, known }) => {
      const answer = await wire.createSession(key, { user_id: userId, return_url: RETURN_URL });

      assert.equal(answer.status, 201, answer.text);
      assert.equal(answer.headers['content-type'], 'application/json');
      known.sessionId = String(answer.json.id);
      known.authorizeUrl = String(answer.json.authorize_url);
      assert.equal(known.authorizeUrl, `${origin}/authorize?session=${known.sessionId}`);
    },
  },
  {
    rule: 'refuses a session to whoever has no key',
    run: async ({ wire, userId }) => {
      const answer = await wire.send('POST', '/connect-sessions', {
        json: { user_id: userId, return_url: RETURN_URL },
      });

      assert.equal(answer.status, 401);
      assert.equal(answer.headers['www-authenticate'], 'Bearer');
      assert.equal(answer.headers['content-type'], 'application/problem+json');
    },
  },
  {
    rule: 'binds the browser by a cookie and sends it to Discord',
    run: async ({ wire, origin, jar, known }) => {
      const answer = await wire.openLink(known.authorizeUrl, jar);

      assert.equal(answer.status, 302, answer.text);
      assert.equal(answer.cookies.length, 1);
      assert.match(answer.cookies[0] ?? '', /^__Host-connect-[0-9a-f]{8}=[^;]+;.*Secure/);
      known.discordUrl = answer.headers['location'] ?? '';
      const url = new URL(known.discordUrl);
      assert.equal(url.pathname, '/oauth2/authorize');
      assert.equal(url.searchParams.get('redirect_uri'), `${origin}/integration-callback`);
      assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
    },
  },
  {
    rule: 'shows a page, not JSON, to a browser that comes back without the cookie of its own link',
    run: async ({ wire, discordUser, jar, known }) => {
      const foreign = await wire.openLink(known.authorizeUrl, new Map());
      const callbackUrl = await wire.consent(foreign.headers['location'] ?? '', { userId: discordUser.id });
      const answer = await wire.returnFromDiscord(callbackUrl, jar);

      assert.equal(answer.status, 400, answer.text);
      assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
    },
  },
  {
    rule: 'takes the browser back to the app with a confirmation code',
    run: async ({ wire, discordUser, jar, known }) => {
      const callbackUrl = await wire.consent(known.discordUrl, { userId: discordUser.id });
      const answer = await wire.returnFromDiscord(callbackUrl, jar);

      assert.equal(answer.status, 302, answer.text);
      const url = new URL(answer.headers['location'] ?? '');
      assert.equal(url.origin + url.pathname, 'http://localhost:9/back');
      assert.equal(url.searchParams.get('page'), '2');
      assert.equal(url.searchParams.get('connect_session_id'), known.sessionId);
      known.code = url.searchParams.get('confirmation_code') ?? '';
      assert.notEqual(known.code, '');
    },
  },
  {
    rule: 'refuses the confirmation for another user of the app',
    run: async ({ wire, key, userId, known }) => {
      const answer = await wire.confirm(key, known.sessionId, `not-${userId}`, known.code);

      assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
      assert.equal(answer.headers['content-type'], 'application/problem+json');
    },
  },
  {
    rule: 'makes the connection when the app confirms who came back',
    run: async ({ wire, key, discordUser, userId, known }) => {
      const answer = await wire.confirm(key, known.sessionId, userId, known.code);

      assert.equal(answer.status, 200, answer.text);
      known.connectionId = String(answer.json.id);
      assert.equal(answer.json.user_id, userId);
      assert.equal(answer.json.status, 'active');
      assert.equal(answer.json.discord_user.id, discordUser.id);
      assert.deepEqual(answer.json.scopes, ['identify', 'email', 'guilds']);
    },
  },
  {
    rule: 'lists the connection under its user',
    run: async ({ wire, key, userId, known }) => {
      const answer = await wire.send('GET', `/connections?user_id=${encodeURIComponent(userId)}&limit=5`, { key });

      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(
        answer.json.items.map((item: { id: string }) => item.id),
        [known.connectionId],
      );
    },
  },
  {
    rule: 'reads the profile through the connection, with Discord’s rate-limit headers',
    run: async ({ discordUser, act }) => {
      const answer = await act('/users/@me');

      assert.equal(answer.status, 200, answer.text);
      assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
      assert.equal(answer.json.username, discordUser.username);
      assert.equal(answer.json.email, discordUser.email);
      assert.match(answer.headers['x-ratelimit-limit'] ?? '', /^\d+$/);
    },
  },
  {
    rule: 'passes the query on: one guild of several',
    run: async ({ act }) => {
      const answer = await act('/users/@me/guilds?limit=1');

      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.json.length, 1);
      assert.match(answer.json[0].id, /^\d{17,20}$/);
    },
  },
  {
    rule: 'names the scope that an action lacks',
    run: async ({ origin, act }) => {
      const answer = await act('/users/@me/connections');

      assert.equal(answer.status, 403, answer.text);
      assert.equal(answer.json.code, 'scope_missing');
      assert.deepEqual(answer.json.missing, ['connections']);
      assert.equal(answer.json.type, `${origin}/problems/scope_missing`);
    },
  },
  {
    rule: 'opens the page of that problem',
    run: async ({ wire }) => {
      const answer = await wire.send('GET', '/problems/scope_missing');

      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
    },
  },
  {
    rule: 'refuses what is not in the catalogue',
    run: async ({ wire, key, known, act }) => {
      const unknown = await act('/users/@me/nothing');
      const other = await wire.send('GET', `/connections/${known.connectionId}/api/v10/gateway`, { key });

      assert.deepEqual([unknown.status, other.status], [404, 404]);
      assert.deepEqual([unknown.json.code, other.json.code], ['action_unknown', 'action_unknown']);
    },
  },
  {
    rule: 'disconnects, and refuses actions from then on',
    run: async ({ wire, key, known, act }) => {
      const closed = await wire.send('DELETE', `/connections/${known.connectionId}`, { key });
      const refused = await act('/users/@me');

      assert.equal(closed.status, 200, closed.text);
      assert.equal(closed.json.status, 'disconnected');
      assert.deepEqual([refused.status, refused.json.code], [409, 'connection_disconnected']);
    },
  },
];
