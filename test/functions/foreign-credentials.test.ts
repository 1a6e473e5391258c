import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/catalogue/index.ts';
import { ACTIONS_PREFIX } from '../../shared/catalogue/to-routes.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import {
  makeForeignCredentials,
  makeVictim,
  type ForeignCredential,
  type Victim,
} from '../support/foreign-credentials.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { RETURN_URL, withoutRequestId } from './connect-expectations.ts';

/** How one route is called so that it would work, and whose it is. */
interface Call {
  /** `app`: API keys only. `caller`: connection tokens as well. `browser`: whoever has link, state or cookie. `operator`: nobody here. */
  readonly who: 'app' | 'caller' | 'browser' | 'operator';
  readonly method: string;
  readonly path: (victim: Victim) => string;
  readonly body?: (victim: Victim) => unknown;
  /** The same for something that there is not; absent: the call names nothing. */
  readonly unknown?: Partial<Victim>;
  /** What a known stranger gets, an API key of another tenant; absent: 404. */
  readonly toOtherKey?: number;
  /** Absent: it goes through the bot, and what it does for its owner is tested with a world made for it (`test/actions`). */
  readonly toOwner?: number;
}

const UNKNOWN_CONNECTION = { connectionId: 'con_0123456789012345678901' };
const onConnection = { who: 'app', unknown: UNKNOWN_CONNECTION } as const;
const connectionPath = ({ connectionId }: Victim) => `/connections/${connectionId}`;

/** Every fixed route: one that is not here fails the first test. Ordered so that the owner's calls, at the end, all work. */
const CALLS: Readonly<Record<string, Call>> = {
  [ROUTES.connections.createSession]: {
    who: 'app',
    method: 'POST',
    path: () => '/connect-sessions',
    body: ({ connectionId, connectedUserId }) => ({
      user_id: connectedUserId,
      return_url: RETURN_URL,
      connection_id: connectionId,
    }),
    unknown: UNKNOWN_CONNECTION,
    toOtherKey: 400,
    toOwner: 201,
  },
  [ROUTES.connections.list]: { who: 'app', method: 'GET', path: () => '/connections', toOtherKey: 200, toOwner: 200 },
  [ROUTES.connections.read]: { ...onConnection, method: 'GET', path: connectionPath, toOwner: 200 },
  [ROUTES.connections.explainActions]: {
    ...onConnection,
    method: 'GET',
    path: (victim) => `${connectionPath(victim)}/actions`,
    toOwner: 200,
  },
  [ROUTES.connections.createToken]: {
    ...onConnection,
    method: 'POST',
    path: (victim) => `${connectionPath(victim)}/tokens`,
    body: () => ({}),
    toOwner: 201,
  },
  [ROUTES.connections.revokeToken]: {
    ...onConnection,
    method: 'DELETE',
    path: (victim) => `${connectionPath(victim)}/tokens/${victim.tokenId}`,
    toOwner: 204,
  },
  [ROUTES.connections.createUserLink]: {
    ...onConnection,
    method: 'POST',
    path: (victim) => `${connectionPath(victim)}/user-links`,
    body: () => ({}),
    toOwner: 201,
  },
  [ROUTES.callback.confirm]: {
    who: 'app',
    method: 'POST',
    path: ({ sessionId }) => `/connect-sessions/${sessionId}/confirm`,
    body: ({ userId, confirmationCode }) => ({ user_id: userId, confirmation_code: confirmationCode }),
    unknown: { sessionId: `cs_${'A'.repeat(43)}` },
    toOwner: 200,
  },
  ...Object.fromEntries(
    catalogue.map(({ id, method, path, scopes, credential, body, example }): [string, Call] => [
      id,
      {
        who: 'caller',
        method,
        path: ({ connectionId }) =>
          ACTIONS_PREFIX.replace('{connection_id}', connectionId) + path.replace(/\{\w+\}/g, '197038439483310086'),
        unknown: UNKNOWN_CONNECTION,
        ...(body === undefined ? {} : { body: () => example.body ?? {} }),
        ...(credential === 'user'
          ? { toOwner: scopes.every((scope) => ['identify', 'guilds'].includes(scope)) ? 200 : 403 }
          : {}),
      },
    ]),
  ),
  [ROUTES.connections.disconnect]: { ...onConnection, method: 'DELETE', path: connectionPath, toOwner: 200 },
  [ROUTES.authorize.start]: browser('GET', `/authorize?session=cs_${'A'.repeat(43)}`),
  [ROUTES.callback.callback]: browser('GET', '/integration-callback?state=s&code=c'),
  [ROUTES.connections.myConnection]: browser('GET', '/my/connection'),
  [ROUTES.connections.disconnectMine]: browser('POST', '/my/connection/disconnect'),
  [ROUTES.portal.default]: browser('GET', '/nothing-here'),
  [ROUTES.portal.openApi]: browser('GET', '/openapi.json'),
  [ROUTES.portal.reference]: browser('GET', '/reference'),
  [ROUTES.portal.app]: browser('GET', '/portal'),
  [ROUTES.portal.appPath]: browser('GET', '/portal/set-up'),
  [ROUTES.operator.setUp]: browser('POST', '/operator/setup'),
  [ROUTES.operator.signIn]: browser('POST', '/operator/session'),
  ...Object.fromEntries(
    [...Object.values(ROUTES.operator), ROUTES.callback.confirmTest]
      .filter((routeKey) => routeKey !== ROUTES.operator.setUp && routeKey !== ROUTES.operator.signIn)
      .map((routeKey) => [routeKey, operatorCall(routeKey)]),
  ),
};

/** A call of the operator's on what belongs to the victim. */
function operatorCall(routeKey: string): Call {
  const [method = '', template = ''] = routeKey.split(' ');
  return {
    who: 'operator',
    method,
    path: ({ connectionId, sessionId, key }) =>
      template
        .replace('{connection_id}', connectionId)
        .replace('{session_id}', sessionId)
        .replace('{tenant_id}', 'victim')
        .replace('{key_id}', key.slice(4, 20))
        .replace('{guild_id}', '197038439483310086'),
    ...(method === 'GET' ? {} : { body: () => ({}) }),
  };
}

/** A page that looks at no Authorization header: with any credential it answers as without. */
function browser(method: string, path: string): Call {
  return { who: 'browser', method, path: () => path, toOwner: 0 };
}

const harness = useHarness();
let victim: Victim;
let strangers: readonly ForeignCredential[];

beforeAll(async () => {
  victim = await makeVictim(harness);
  strangers = await makeForeignCredentials(harness, victim);
});

const send = ({ method, path, body }: Call, authorization?: string, on: Victim = victim): Promise<JsonAnswer> =>
  harness.wire.send(method, path(on), {
    headers: authorization === undefined ? {} : { authorization },
    ...(body === undefined ? {} : { json: body(on) }),
  });

/** What there is of the victim, and what nobody else may change: everything but notes that somebody else was here. */
async function snapshot(): Promise<unknown[]> {
  const items = await harness.scanTable();
  return items
    .filter(({ pk }) => !/^(AUDIT|KEYUSE|OPTRIES)#/.test(String(pk)))
    .toSorted((a, b) => (`${String(a['pk'])} ${String(a['sk'])}` < `${String(b['pk'])} ${String(b['sk'])}` ? -1 : 1));
}

/** Codes one of which a stranger gets from a route of the operator's. */
function expectedOfOperator({ kind, authorization = '' }: ForeignCredential): string[] {
  if (kind === 'missing' || kind === 'malformed') return ['operator_unauthenticated'];
  if (/^Bearer (dik|dct)_/.test(authorization)) return ['operator_only'];
  // Guesses are counted, and ten of them close the way for a while.
  return ['operator_credential_rejected', 'sign_in_attempts_exceeded'];
}

/** Status and code that a stranger must get. */
function expectedOf({ kind }: ForeignCredential, call: Call): [number, string | undefined] {
  switch (kind) {
    case 'missing':
      return [401, 'caller_missing'];
    case 'malformed':
      return [401, 'caller_malformed'];
    case 'unknown':
      return [401, 'caller_unknown'];
    case 'ended_token':
      return call.who === 'app' ? [403, 'token_not_allowed'] : [401, 'caller_unknown'];
    case 'other_token':
      return call.who === 'app' ? [403, 'token_not_allowed'] : [404, 'connection_not_found'];
    case 'other_key': {
      const codes: Record<number, string> = {
        400: 'input_invalid',
        404: call === CALLS[ROUTES.callback.confirm] ? 'connect_session_not_found' : 'connection_not_found',
      };
      const status = call.toOtherKey ?? 404;
      return [status, codes[status]];
    }
  }
}

describe('every route is called with every foreign credential', () => {
  it('knows every route there is', () => {
    const fixed = Object.values(ROUTES).flatMap((routes) => Object.values(routes));

    expect(Object.keys(CALLS).toSorted()).toEqual([...fixed, ...catalogue.map(({ id }) => id)].toSorted());
    expect(new Set(strangers.map(({ kind }) => kind)).size).toBe(6);
    expect(strangers.every(({ authorization }) => !/Bearer (undefined)?$/.test(authorization ?? ''))).toBe(true);
  });

  const guarded = Object.entries(CALLS).filter(([, { who }]) => who === 'app' || who === 'caller');
  it.each(guarded)(
    '%s refuses each, tells none of them apart by more than he is, and does nothing [hostile 21]',
    async (_, call) => {
      // API Gateway's throttle goes by the test's clock, too.
      harness.clock.advanceSeconds(0.5);
      const before = await snapshot();
      await harness.simulator.control.clearRequests();
      const answers = new Map<string, unknown>();
      for (const stranger of strangers) {
        const answer = await send(call, stranger.authorization);
        const expected = expectedOf(stranger, call);
        expect([stranger.name, answer.status, answer.json?.code]).toEqual([stranger.name, ...expected]);
        if (answer.status === 200) continue;
        // One kind, one answer: neither a key that has ended nor one that never was says which it is.
        const seen = withoutRequestId(answer);
        const kind = expected.join();
        expect([stranger.name, seen]).toEqual([stranger.name, answers.get(kind) ?? seen]);
        answers.set(kind, seen);
        if (call.unknown === undefined) continue;
        // What is there and not his is answered like what is not there.
        const elsewhere = await send(call, stranger.authorization, { ...victim, ...call.unknown });
        expect([stranger.name, withoutRequestId(elsewhere)]).toEqual([stranger.name, seen]);
      }

      expect(await snapshot()).toEqual(before);
      expect((await harness.simulator.control.listRequests({})).count).toBe(0);
    },
  );

  it("shows another tenant's key its own connections only", async () => {
    const { json } = await harness.wire.send('GET', '/connections', { key: harness.key });

    expect(json.items).not.toHaveLength(0);
    expect(JSON.stringify(json)).not.toContain(victim.connectionId);
  });

  const open = Object.entries(CALLS).filter(([, { who }]) => who === 'browser');
  it.each(open)('%s looks at no credential, not even at a good one', async (_, call) => {
    const without = await send(call);
    expect(without.status).toBe(['/openapi.json', '/reference'].includes(call.path(victim)) ? 200 : without.status);
    if (without.status !== 200) expect(without.status).toBeGreaterThanOrEqual(400);
    for (const authorization of [...strangers.map((stranger) => stranger.authorization), `Bearer ${victim.key}`]) {
      expect(withoutRequestId(await send(call, authorization))).toEqual(withoutRequestId(without));
    }
  });

  it('does all of it for the owner: the calls that were refused were good ones', async () => {
    const statuses: Record<string, number> = {};
    const owned = guarded.filter(([, { toOwner }]) => toOwner !== undefined);
    for (const [name, call] of owned) {
      const answer = await send(call, `Bearer ${victim.key}`);
      if (typeof answer.json?.token === 'string') {
        harness.knowSecret({ kind: 'connection token', value: answer.json.token, scope: 'logs' });
      }
      statuses[name] = answer.status;
    }

    expect(statuses).toEqual(Object.fromEntries(owned.map(([name, { toOwner }]) => [name, toOwner])));
  });

  const operators = Object.entries(CALLS).filter(([, { who }]) => who === 'operator');
  it.each(operators)("%s is the operator's alone, and does nothing for anybody else", async (_, call) => {
    harness.clock.advanceSeconds(0.5);
    const before = await snapshot();
    await harness.simulator.control.clearRequests();
    for (const stranger of strangers) {
      const answer = await send(call, stranger.authorization);
      expect(expectedOfOperator(stranger), `${stranger.name}: ${answer.text}`).toContain(answer.json.code);
    }

    expect(await snapshot()).toEqual(before);
    expect((await harness.simulator.control.listRequests({})).count).toBe(0);
  });
});
