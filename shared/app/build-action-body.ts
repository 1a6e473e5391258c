import { buildMultipart, type OutgoingForm } from '../discord/build-multipart.ts';
import { addToBody, type BodyAdditions } from '../discord/outgoing-body.ts';
import type { InputFailure } from '../problems/failure.ts';
import { ok, type Result } from '../result.ts';
import type { ActionCall } from './action-call.ts';

/**
 * The body as it goes to Discord: the caller's own text with what the layer adds, as JSON or, with files, as a form. An action
 * that takes a body always has one, if only an empty object: Discord demands it even of the deletes that take one.
 * @param boundary - random, for a form
 */
export function buildActionBody(
  { action, body }: ActionCall,
  additions: Omit<BodyAdditions, 'quietMentions'>,
  boundary: string,
): Result<OutgoingForm | undefined, InputFailure> {
  if (action.body === undefined) return ok(undefined);
  const quietMentions = isFlagsOnly(action.id, body) ? undefined : findMentionsPlace(action.id, body.json);
  const added = addToBody(body.text, { ...additions, ...(quietMentions === undefined ? {} : { quietMentions }) });
  if (!added.ok) return added;
  if (body.files.length > 0) return ok(buildMultipart(added.value, body.files, boundary));
  return ok({ contentType: 'application/json', bytes: Buffer.from(added.value, 'utf8') });
}

/** Actions whose body is a message; a post in a forum holds it as a member. */
const MESSAGES: readonly string[] = ['message.create', 'message.edit', 'webhook.execute', 'webhook_message.edit'];

/** Of a message that another wrote Discord takes `flags` and nothing beside it; no text is read for mentions then. */
function isFlagsOnly(actionId: string, { json, files }: ActionCall['body']): boolean {
  const names = typeof json === 'object' && json !== null ? Object.keys(json) : [];
  return actionId === 'message.edit' && files.length === 0 && names.join() === 'flags';
}

function findMentionsPlace(actionId: string, json: unknown): BodyAdditions['quietMentions'] {
  if (MESSAGES.includes(actionId)) return 'body';
  const isPost = typeof json === 'object' && json !== null && 'message' in json;
  return actionId === 'thread.create' && isPost ? 'message' : undefined;
}
