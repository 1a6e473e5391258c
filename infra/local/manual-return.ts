import type { IncomingMessage, ServerResponse } from 'node:http';
import { renderPage } from '../../shared/http/page.ts';

/** Path of a return page for links that were made by hand, with curl: it shows how to go on. */
export const MANUAL_RETURN_PATH = '/manual-return';

/** Shows the command that confirms, for the person who plays the app's back end. */
export function serveManualReturn(gatewayUrl: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', gatewayUrl);
  if (pathname !== MANUAL_RETURN_PATH) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
    return;
  }
  const sessionId = query.get('connect_session_id') ?? '';
  const code = query.get('confirmation_code');
  const paragraphs =
    code === null
      ? [`Nothing was connected: ${query.get('error') ?? 'no code came back'}.`]
      : [
          'Confirm within 100 seconds, with your API key and the user_id that you made the session for:',
          `\`curl -s ${gatewayUrl}/connect-sessions/${sessionId}/confirm -H "Authorization: Bearer $API_KEY" -H 'Content-Type: application/json' -d '{"user_id": "alice", "confirmation_code": "${code}"}'\``,
        ];
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(renderPage({ title: 'Back from Discord', paragraphs }));
}
