import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayClient, GatewayError } from './gateway-client.ts';

/**
 * A whole app in one file: a signed-in user connects his Discord account, the app shows his profile and guilds, and he can
 * disconnect. Run it with `GATEWAY_URL`, `API_KEY` and `PORT` set, or let `npm start` do it.
 */
export interface WebAppOptions {
  readonly gatewayUrl: string;
  readonly apiKey: string;
  /** 0: any free one. */
  readonly port: number;
  /** Serves what is none of this app's pages. Default: a 404 page. */
  readonly fallback?: RequestListener;
}

/** Who is signed in to this app, and what he has under way. A real app keeps this in its own session store. */
interface AppSession {
  readonly userId: string;
  connectSessionId?: string;
  connectionId?: string;
}

/** What the user is told after coming back without a connection. */
const NOTICES: Readonly<Record<string, string | undefined>> = {
  refused: 'You said no at Discord. Nothing was connected.',
  foreign_link: 'That link was not started here. Nothing was connected.',
};

interface Profile {
  readonly username: string;
  readonly global_name: string | null;
  readonly email?: string;
}

export function startWebApp({ gatewayUrl, apiKey, port, fallback = notFound }: WebAppOptions): Promise<Server> {
  const gateway = new GatewayClient(gatewayUrl, apiKey);
  const sessions = new Map<string, AppSession>();

  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => {
      const text = error instanceof GatewayError ? error.message : 'Something went wrong.';
      respond(response, 502, page('That did not work', `<p>${escapeHtml(text)}</p><p><a href="/">Back</a></p>`));
    });
  });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', origin());
    const session = signIn(request, response);
    const route = `${request.method ?? ''} ${url.pathname}`;
    if (route === 'GET /')
      respond(response, 200, await homePage(session, NOTICES[url.searchParams.get('notice') ?? '']));
    else if (route === 'POST /connect') redirect(response, await startConnecting(session));
    else if (route === 'GET /back') redirect(response, await finishConnecting(session, url.searchParams));
    else if (route === 'POST /disconnect') redirect(response, await disconnect(session));
    else fallback(request, response);
  };

  /** This example signs everybody in as a user of his own; a real app has signed him in before. */
  const signIn = (request: IncomingMessage, response: ServerResponse): AppSession => {
    const sessionId = /(?:^|; )app_session=([0-9a-f]{32})/.exec(request.headers.cookie ?? '')?.[1];
    const known = sessions.get(sessionId ?? '');
    if (known !== undefined) return known;
    const newId = randomBytes(16).toString('hex');
    const session: AppSession = { userId: `user-${newId.slice(0, 8)}` };
    sessions.set(newId, session);
    response.setHeader('set-cookie', `app_session=${newId}; Path=/; HttpOnly; SameSite=Lax`);
    return session;
  };

  const startConnecting = async (session: AppSession): Promise<string> => {
    const created = await gateway.createSession(session.userId, `${origin()}/back`);
    session.connectSessionId = created.id;
    return created.authorize_url;
  };

  const finishConnecting = async (session: AppSession, query: URLSearchParams): Promise<string> => {
    const connectSessionId = query.get('connect_session_id');
    // The link must be the one that this signed-in user started: otherwise somebody sent him his own.
    if (connectSessionId === null || connectSessionId !== session.connectSessionId) return '/?notice=foreign_link';
    delete session.connectSessionId;
    if (query.has('error')) return '/?notice=refused';
    const connection = await gateway.confirm(connectSessionId, session.userId, query.get('confirmation_code') ?? '');
    session.connectionId = connection.id;
    return '/';
  };

  const disconnect = async (session: AppSession): Promise<string> => {
    if (session.connectionId !== undefined) await gateway.disconnect(session.connectionId);
    delete session.connectionId;
    return '/';
  };

  const homePage = async (session: AppSession, notice: string | undefined): Promise<string> => {
    if (session.connectionId === undefined) {
      return page(
        'Example app',
        `${notice === undefined ? '' : `<p role="status">${notice}</p>`}<p>You are signed in as <b>${session.userId}</b>. Discord is not connected.</p>
<form method="post" action="/connect"><button>Connect Discord</button></form>`,
      );
    }
    const profile = await gateway.discord<Profile>(session.connectionId, '/users/@me');
    const guilds = await gateway.discord<{ name: string }[]>(session.connectionId, '/users/@me/guilds');
    const names = guilds.map((guild) => `<li>${escapeHtml(guild.name)}</li>`).join('');
    return page(
      `Hello, ${profile.global_name ?? profile.username}`,
      `<p>Discord knows you as <b>${escapeHtml(profile.username)}</b> (${escapeHtml(profile.email ?? 'no e-mail address')}).</p>
<p>You are in ${guilds.length} guilds:</p><ul>${names}</ul>
<form method="post" action="/disconnect"><button>Disconnect</button></form>`,
    );
  };

  const origin = () => `http://localhost:${(server.address() as AddressInfo).port}`;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

const notFound: RequestListener = (_request, response) =>
  respond(response, 404, page('Not found', '<p><a href="/">Home</a></p>'));

function respond(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(html);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location }).end();
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui;max-width:34rem;
margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}</style><h1>${escapeHtml(title)}</h1>${body}</html>`;
}

/** Names come from Discord's users, who can call themselves anything. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

if (import.meta.filename === process.argv[1]) {
  const { GATEWAY_URL: gatewayUrl = '', API_KEY: apiKey = '', PORT = '3002' } = process.env;
  await startWebApp({ gatewayUrl, apiKey, port: Number(PORT) });
  console.log(`Example app on http://localhost:${PORT}`);
}
