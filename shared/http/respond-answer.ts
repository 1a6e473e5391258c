import type { ActionCall } from '../app/action-call.ts';
import type { ActionOutcome } from '../app/run-action.ts';
import { findNotices, NOTICE_HEADER } from '../discord/notices.ts';
import { RATE_LIMIT_HEADERS } from '../discord/rate-headers.ts';
import type { Connection } from '../domain/connection.ts';
import { buildNextLink } from './next-link.ts';
import type { HttpRequest } from './request.ts';
import type { HttpResponse } from './respond.ts';

/** Says that the answer is that of an earlier call with the same `Idempotency-Key`. */
const REPLAYED_HEADER = 'idempotent-replayed';

/** Discord's answer as it came, with the headers that callers' clients steer by. */
export function respondAnswer(
  { publicBaseUrl }: { readonly publicBaseUrl: string },
  request: HttpRequest,
  { clientId }: Connection,
  { action }: ActionCall,
  { answer, intents, isReplay }: Extract<ActionOutcome, { kind: 'answered' }>,
): HttpResponse {
  const headers: Record<string, string> = {};
  for (const name of ['content-type', ...RATE_LIMIT_HEADERS]) {
    const value = answer.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  if (isReplay) headers[REPLAYED_HEADER] = 'true';
  const body = Buffer.from(answer.body).toString('utf8');
  // Only reads are paged, and only what others wrote can be blank.
  if (action.effect === 'read' && action.credential !== 'user' && body !== '') {
    const json: unknown = JSON.parse(body);
    const notices =
      intents === undefined
        ? []
        : findNotices(json, { hasMessageContentIntent: intents.includes('MESSAGE_CONTENT'), botUserId: clientId });
    if (notices.length > 0) headers[NOTICE_HEADER] = notices.join(', ');
    const link = buildNextLink(action.operationId, publicBaseUrl, request.path, request.query, json);
    if (link !== undefined) headers['link'] = link;
  }
  return { statusCode: answer.status, headers, body };
}
