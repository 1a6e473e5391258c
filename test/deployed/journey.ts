import type { GatewayAnswer, GatewayHttp } from './gateway-http.ts';
import type { Tally } from './tally.ts';

/** A person with a browser, or a script in his place. */
export interface EndUser {
  /**
   * Opens the link, says yes at Discord, and comes back.
   * @returns the address at which the browser ended: the app's return URL with what the gateway added
   */
  connect(authorizeUrl: string): Promise<string>;
}

/** One installation as its app sees it. */
export interface JourneyTarget {
  readonly http: GatewayHttp;
  readonly key: string;
  readonly tally: Tally;
}

/** The app's own id of its user. */
const USER_ID = 'journey-user';

/** Checks what needs no user: who is refused, and how. */
export async function checkRefusals({ http, tally }: JourneyTarget): Promise<void> {
  const is = (answer: GatewayAnswer, status: number, code: string) =>
    answer.status === status && answer.json['code'] === code;
  const unknown = await http.send('GET', '/no/such/route');
  tally.check('an unknown address is a 404 problem', is(unknown, 404, 'route_not_found'), () => describe(unknown));
  const anonymous = await http.send('GET', '/connections');
  tally.check('a call without a key is a 401 problem', is(anonymous, 401, 'caller_missing'), () => describe(anonymous));
  const wrong = await http.send('GET', '/connections', { key: `dik_${'0'.repeat(16)}_${'A'.repeat(43)}` });
  tally.check('an unknown key is refused', wrong.status === 401, () => describe(wrong));
  const link = await http.send('GET', '/authorize?session=unknown');
  tally.check('a made-up link gets a page, not a redirect', link.status >= 400 && link.status < 500, () =>
    describe(link),
  );
}

/**
 * Connects the user: session, link, consent, return, confirmation.
 * @param returnUrl - of an origin that the operator allowed
 * @returns the connection's id, or undefined when a step failed
 */
export async function connectUser(
  { http, key, tally }: JourneyTarget,
  user: EndUser,
  returnUrl: string,
): Promise<string | undefined> {
  const session = await http.send('POST', '/connect-sessions', {
    key,
    json: { user_id: USER_ID, return_url: returnUrl },
  });
  const { id, authorize_url: authorizeUrl } = session.json;
  const isMade = session.status === 201 && typeof id === 'string' && typeof authorizeUrl === 'string';
  tally.check('the app makes a connect session', isMade, () => describe(session));
  if (!isMade) return undefined;
  const isOwn = authorizeUrl.startsWith(`${http.origin}/authorize?session=`);
  tally.check('its link is of the gateway itself', isOwn, () => authorizeUrl.split('?')[0]);

  const returned = new URL(await user.connect(authorizeUrl));
  const code = returned.searchParams.get('confirmation_code');
  const isBack = `${returned.origin}${returned.pathname}` === returnUrl && code !== null;
  tally.check('the user comes back to the return URL with a confirmation code', isBack, () =>
    [...returned.searchParams.keys()].join(', '),
  );
  if (code === null) return undefined;

  const path = `/connect-sessions/${id}/confirm`;
  const stranger = await http.send('POST', path, { key, json: { user_id: 'stranger', confirmation_code: code } });
  tally.check('another user cannot be confirmed with that code', stranger.status >= 400, () => describe(stranger));
  const confirmed = await http.send('POST', path, { key, json: { user_id: USER_ID, confirmation_code: code } });
  const { id: connectionId, status } = confirmed.json;
  const isActive = confirmed.status === 200 && status === 'active' && typeof connectionId === 'string';
  tally.check('the app confirms, and the connection is active', isActive, () => describe(confirmed));
  return isActive ? connectionId : undefined;
}

/** Acts for a connected user: reads his profile at Discord, and finds him in the list. */
export async function actForUser(
  { http, key, tally }: JourneyTarget,
  connectionId: string,
  occasion: string,
): Promise<void> {
  const connection = await http.send('GET', `/connections/${connectionId}`, { key });
  const profile = await http.send('GET', `/connections/${connectionId}/api/v10/users/@me`, { key });
  const discordUser: unknown = connection.json['discord_user'];
  const known: unknown = typeof discordUser === 'object' ? Reflect.get(discordUser ?? {}, 'id') : undefined;
  const isSame = profile.status === 200 && known !== undefined && profile.json['id'] === known;
  tally.check(`the app reads the user's Discord profile ${occasion}`, isSame, () => describe(profile));
  const guilds = await http.send('GET', `/connections/${connectionId}/api/v10/users/@me/guilds?limit=1`, { key });
  tally.check(`and one of his guilds`, guilds.status === 200, () => describe(guilds));
  const list = await http.send('GET', `/connections?user_id=${USER_ID}`, { key });
  tally.check('the list has the connection', list.status === 200 && list.text.includes(connectionId), () =>
    describe(list),
  );
  const denied = await http.send('GET', `/connections/${connectionId}/api/v10/users/@me/connections`, { key });
  const isDenied = denied.status === 403 && denied.json['code'] === 'scope_missing';
  tally.check('an action without its scope is refused', isDenied, () => describe(denied));
}

/** Disconnects, after which nothing can be done for the user. */
export async function disconnectUser({ http, key, tally }: JourneyTarget, connectionId: string): Promise<void> {
  const closed = await http.send('DELETE', `/connections/${connectionId}`, { key });
  tally.check('the app disconnects the user', closed.status === 200, () => describe(closed));
  const after = await http.send('GET', `/connections/${connectionId}/api/v10/users/@me`, { key });
  const isRefused = after.status === 409 && after.json['code'] === 'connection_disconnected';
  tally.check('after which his profile is out of reach', isRefused, () => describe(after));
}

/** Status and problem only: a body can hold personal data, and a redirect a code. */
function describe({ status, json }: GatewayAnswer): string {
  const told = [json['code'], json['detail'], json['instance']].filter((part) => typeof part === 'string');
  return [status, ...told].join(' · ');
}
