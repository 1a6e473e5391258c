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

/** What the user is told when there is no connection, or none any more. */
const NOTICES: Readonly<Record<string, string | undefined>> = {
  refused: 'You cancelled at Discord, so nothing was connected.',
  failed: 'Connecting did not work this time, and nothing was connected. Please try again.',
  foreign_link: 'The link you followed was not started here by you, so nothing was connected.',
  ended: 'Your connection to Discord has ended. Please connect again.',
};

/** The gateway's codes for a connection that only the user can bring back, by connecting again. */
const ENDED_CODES = new Set(['reconnect_required', 'connection_disconnected', 'connection_not_found']);

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
      logFailure(error);
      const body = '<p>Please try again in a minute.</p><p><a href="/">Back</a></p>';
      respond(response, 502, page('That did not work', body));
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
    if (query.has('error')) return `/?notice=${query.get('error') === 'access_denied' ? 'refused' : 'failed'}`;
    try {
      const connection = await gateway.confirm(connectSessionId, session.userId, query.get('confirmation_code') ?? '');
      session.connectionId = connection.id;
      return '/';
    } catch (error) {
      logFailure(error);
      return '/?notice=failed';
    }
  };

  const disconnect = async (session: AppSession): Promise<string> => {
    if (session.connectionId !== undefined) await gateway.disconnect(session.connectionId);
    delete session.connectionId;
    return '/';
  };

  const homePage = async (session: AppSession, notice: string | undefined): Promise<string> => {
    if (session.connectionId === undefined) return connectPage(session, notice);
    try {
      return await profilePage(session.connectionId);
    } catch (error) {
      if (!(error instanceof GatewayError) || !ENDED_CODES.has(error.code)) throw error;
      delete session.connectionId;
      return connectPage(session, NOTICES['ended']);
    }
  };

  const profilePage = async (connectionId: string): Promise<string> => {
    const profile = await gateway.discord<Profile>(connectionId, '/users/@me');
    // Discord's API says guild for what its users know as a server.
    const guilds = await gateway.discord<{ name: string }[]>(connectionId, '/users/@me/guilds');
    const names = guilds.map((guild) => `<li>${escapeHtml(guild.name)}</li>`).join('');
    return page(
      `Hello, ${profile.global_name ?? profile.username}`,
      `<p>Discord knows you as <b>${escapeHtml(profile.username)}</b> (${escapeHtml(profile.email ?? 'no e-mail address')}).</p>
${names === '' ? '<p>You are not in any server.</p>' : `<p>Your servers:</p><ul>${names}</ul>`}
<form method="post" action="/disconnect"><button>Disconnect</button></form>`,
    );
  };

  const origin = () => `http://localhost:${(server.address() as AddressInfo).port}`;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function connectPage({ userId }: AppSession, notice: string | undefined): string {
  return page(
    'Example app',
    `${notice === undefined ? '' : `<p role="status">${notice}</p>`}
<p>You are signed in as <b>${userId}</b>. Discord is not connected.</p>
<form method="post" action="/connect"><button>Connect Discord</button></form>`,
  );
}

/** For the developer; the user is told in words of the app's own. */
function logFailure(error: unknown): void {
  const code = error instanceof GatewayError ? `${error.code}: ` : '';
  console.error(`example app: ${code}${error instanceof Error ? error.message : String(error)}`);
}

const notFound: RequestListener = (_request, response) =>
  respond(response, 404, page('Not found', '<p>There is nothing at this address.</p><p><a href="/">Home</a></p>'));

function respond(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(html);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location }).end();
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title><style>:root{color-scheme:light dark}body{background:Canvas;color:CanvasText;font:1.1rem/1.5 system-ui,sans-serif;
max-width:34rem;margin:3rem auto;padding:0 1rem;overflow-wrap:anywhere}h1{line-height:1.25}a{display:inline-block;
padding:.25rem 0}button{font:inherit;padding:.5rem 1rem;border:0;border-radius:.4rem;background:#4752c4;color:#fff}</style>
<main><h1>${escapeHtml(title)}</h1>${body}</main></html>`;
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
