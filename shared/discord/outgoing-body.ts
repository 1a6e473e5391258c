import type { InputError, InputFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { changeText, findMember, parseJsonText, type JsonNode } from './json-text.ts';

/** What the layer adds to a body that the caller sent. */
export interface BodyAdditions {
  /**
   * Mentions nobody unless the caller says whom (`allowed_mentions`): in the body itself, or in its `message`, where the first
   * message of a post in a forum stands.
   */
  readonly quietMentions?: 'body' | 'message';
  /** At most 25 characters. Discord gives the first message again when one with this nonce was sent within minutes. */
  readonly nonce?: string;
  /** The user's own access token, with which a guild is joined. */
  readonly accessToken?: string;
}

/** @see Discord docs: resources/message (Allowed Mentions Object) */
const NO_MENTIONS = '"allowed_mentions":{"parse":[]}';

/**
 * Adds to a body without rewriting it: what the caller sent stays as it stands, numbers above 2^53, the order of keys and half
 * surrogates included.
 * @param text - a JSON object, or nothing where the caller sent no JSON
 * @returns the text to send; refused is what the caller may not say himself
 */
export function addToBody(text: string | undefined, additions: BodyAdditions): Result<string, InputFailure> {
  const source = text ?? '{}';
  const body = parseJsonText(source);
  if (body.kind !== 'object')
    return fail({ reason: 'input_invalid', errors: [{ pointer: '', detail: 'must be object' }] });
  const errors = findRefused(source, body, additions);
  if (errors.length > 0) return fail({ reason: 'input_invalid', errors });
  const home = findMentionsHome(body, additions);
  const own = [
    ...(additions.nonce === undefined ? [] : [`"nonce":${JSON.stringify(additions.nonce)},"enforce_nonce":true`]),
    ...(additions.accessToken === undefined ? [] : [`"access_token":${JSON.stringify(additions.accessToken)}`]),
  ];
  const isMissing = home !== undefined && findMember(home, 'allowed_mentions') === undefined;
  if (isMissing && home === body) own.unshift(NO_MENTIONS);
  const changes = [
    ...(own.length === 0 ? [] : [insertFirst(body, own.join(','))]),
    ...(isMissing && home !== body ? [insertFirst(home, NO_MENTIONS)] : []),
  ];
  return ok(changeText(source, changes));
}

function findMentionsHome(body: JsonNode, { quietMentions }: BodyAdditions): JsonNode | undefined {
  if (quietMentions === undefined) return undefined;
  if (quietMentions === 'body') return body;
  const message = findMember(body, 'message')?.value;
  return message?.kind === 'object' ? message : undefined;
}

function findRefused(text: string, body: JsonNode, additions: BodyAdditions): InputError[] {
  const home = findMentionsHome(body, additions);
  const mentions = home && findMember(home, 'allowed_mentions');
  const isNull = mentions !== undefined && text.slice(mentions.value.start, mentions.value.end) === 'null';
  const refuse = (key: string, detail: string) =>
    findMember(body, key) === undefined ? [] : [{ pointer: `/${key}`, detail }];
  return [
    ...(isNull
      ? [
          {
            pointer: `${home === body ? '' : '/message'}/allowed_mentions`,
            // For Discord null means that everything in the text is mentioned.
            detail: 'must not be null; leave it out to mention nobody, or say whom to mention',
          },
        ]
      : []),
    ...(additions.nonce === undefined
      ? []
      : ['nonce', 'enforce_nonce'].flatMap((key) => refuse(key, 'cannot stand beside an Idempotency-Key'))),
    ...(additions.accessToken === undefined ? [] : refuse('access_token', 'is added here and must be left out')),
  ];
}

/** Puts members in right behind the opening brace. */
function insertFirst(object: JsonNode, members: string) {
  const at = object.start + 1;
  return { start: at, end: at, text: object.members.length === 0 ? members : `${members},` };
}
