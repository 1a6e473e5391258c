import type { SimulatorControl } from '../../../infra/local/discord/control/operations.ts';
import type { FuzzAnswer, FuzzedRequest } from '../fuzzed-request.ts';

/** The way in: what sends requests to the product, and what a browser does at Discord. */
export interface Gate {
  readonly control: SimulatorControl;
  /** Of the application whose bot acts. */
  readonly clientId: string;
  send(request: FuzzedRequest): Promise<FuzzAnswer>;
  /** Decides at the consent page. @returns where Discord sends the browser */
  decide(location: string, form: URLSearchParams): Promise<string>;
}

/** What is asked of the gate, as an app's back end or a browser would. */
export interface Ask {
  readonly key?: string;
  readonly json?: unknown;
  readonly cookie?: string;
}

/** Sends a right request. @throws Error when it is refused */
export async function ask(gate: Gate, method: string, target: string, { key, json, cookie }: Ask = {}) {
  const answer = await gate.send({
    method,
    target,
    headers: [
      ...(key === undefined ? [] : [['Authorization', `Bearer ${key}`] as const]),
      ...(json === undefined ? [] : [['Content-Type', 'application/json'] as const]),
      ...(cookie === undefined ? [] : [['Cookie', cookie] as const]),
    ],
    body: Buffer.from(json === undefined ? '' : JSON.stringify(json)),
  });
  if (answer.status >= 400) throw new Error(`${method} ${target}: ${answer.status} ${answer.text}`);
  const body: unknown = answer.text === '' ? {} : toJson(answer.text);
  return { ...answer, json: body as Record<string, unknown> };
}

function toJson(text: string): unknown {
  return text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {};
}

/** Whom to connect, and for what. */
export interface Person {
  readonly userId: string;
  readonly discordUserId: string;
  readonly scopes: readonly string[];
  readonly permissions?: string;
  readonly guildId?: string;
  readonly channelId?: string;
}

/** The whole flow from the session to the confirmation. @returns the connection's id */
export async function connect(gate: Gate, key: string, person: Person): Promise<string> {
  const { userId, scopes, permissions, guildId, channelId } = person;
  const input = { user_id: userId, return_url: 'http://localhost:9/back', scopes };
  const session = await ask(gate, 'POST', '/connect-sessions', {
    key,
    json: permissions === undefined ? input : { ...input, permissions },
  });
  const opened = await ask(gate, 'GET', toTarget(String(session.json['authorize_url'])));
  const location = opened.headers['location'] ?? '';
  const form = new URLSearchParams(new URL(location).search);
  form.set('user_id', person.discordUserId);
  form.set('decision', 'authorize');
  if (guildId !== undefined) form.set('guild_id', guildId);
  if (channelId !== undefined) form.set('channel_id', channelId);
  const back = await gate.decide(location, form);
  const cookie = opened.cookies.map((text) => text.split(';')[0] ?? '').join('; ');
  const returned = await ask(gate, 'GET', toTarget(back), { cookie });
  const code = new URL(returned.headers['location'] ?? '').searchParams.get('confirmation_code');
  const confirmed = await ask(gate, 'POST', `/connect-sessions/${String(session.json['id'])}/confirm`, {
    key,
    json: { user_id: userId, confirmation_code: code },
  });
  return String(confirmed.json['id']);
}

function toTarget(address: string): string {
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}
