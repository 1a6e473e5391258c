import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildBodyErrorAnswer, buildJsonAnswer } from '../answer.ts';
import type { ApiCall } from '../api/route.ts';
import { isAnswer, requireBot } from '../guilds/access.ts';
import { PERMISSION } from '../permissions.ts';
import { joinAttachments } from './attachments.ts';
import { buildMessage, isEmptyMessage } from './build-message.ts';
import { forwardMessage } from './forward-message.ts';
import { toMessage } from './message-object.ts';
import type { MessagePayload } from './message-payload.ts';
import { MESSAGE_FLAG, messagePayload } from './message-payload.ts';
import { BOT_FLAGS, findPayloadErrors } from './payload-rules.ts';
import type { MessagePlace } from './place.ts';
import { findPlace, hasIn, noteThreadActivity, requireIn, requireSending } from './place.ts';
import type { SentFile } from './read-body.ts';
import { readMessageBody } from './read-body.ts';
import { findRepliedMessage } from './reply.ts';

/** `POST /channels/{channel_id}/messages`. @see Discord docs: resources/message#create-message */
export function createMessage(call: ApiCall): Answer {
  const place = findPlace(call);
  if (isAnswer(place)) return place;
  const refusal = requireSending(call, place);
  if (refusal !== undefined) return refusal;
  const body = readMessageBody(call.request, messagePayload);
  return body.ok ? postMessage(call, place, body.value, body.files) : body.answer;
}

/**
 * Sends a message of the bot. That it may send there at all was checked.
 * @param id - of the message, where it is known before
 * @returns the message, the first one with the same enforced nonce, or a refusal
 */
export function postMessage(
  call: ApiCall,
  place: MessagePlace,
  payload: MessagePayload,
  files: readonly SentFile[],
  id?: string,
): Answer {
  const { simulation } = call;
  const { clientId } = requireBot(call);
  const joined = joinAttachments(simulation, payload.attachments ?? undefined, files, []);
  if (!joined.ok) return joined.answer;
  const { attachments } = joined;
  const errors = findPayloadErrors(payload, {
    settableFlags: BOT_FLAGS,
    isV2: ((payload.flags ?? 0) & MESSAGE_FLAG.IS_COMPONENTS_V2) !== 0,
    filenames: attachments.map(({ filename }) => filename),
  });
  if (errors.length > 0) return buildBodyErrorAnswer(errors);
  const refusal = requireIn(call, place, ...listNeededPermissions(payload, files)) ?? findVoiceRefusal(payload, files);
  if (refusal !== undefined) return refusal;
  const { nonce: _nonce, message_reference: reference } = payload;
  const nonce = toNonce(payload.nonce);
  const known = findNonceTwin(call, payload);
  if (known !== undefined) return known;
  const isForward = reference?.type === 1;
  const replied = isForward ? undefined : findRepliedMessage(call, place, reference);
  if (replied !== undefined && isAnswer(replied)) return replied;
  const author = { id: clientId, webhook: null, mayMentionEveryone: hasIn(place, PERMISSION.MENTION_EVERYONE) };
  const built = buildMessage(simulation, { channelId: place.id, author, payload, attachments, repliedTo: replied, id });
  const message = isForward ? forwardMessage(call, built, reference) : built;
  if (isAnswer(message)) return message;
  if (isEmptyMessage(message)) return buildEmptyMessageAnswer();
  simulation.messages.put(message);
  if (nonce !== undefined) simulation.messages.noteNonce(nonce, message);
  noteThreadActivity(simulation, place.id, clientId);
  return buildJsonAnswer(200, { ...toMessage(simulation, message, clientId), ...(nonce ? { nonce: _nonce } : {}) });
}

/** 400 with 50006. */
export function buildEmptyMessageAnswer(): Answer {
  return buildApiErrorAnswer(400, 50_006, 'Cannot send an empty message');
}

/** Permissions that what is sent needs besides sending. */
function listNeededPermissions(payload: MessagePayload, files: readonly SentFile[]): bigint[] {
  const needed: bigint[] = [];
  if (payload.tts === true) needed.push(PERMISSION.SEND_TTS_MESSAGES);
  if (files.length > 0) needed.push(PERMISSION.ATTACH_FILES);
  if ((payload.embeds ?? []).length > 0) needed.push(PERMISSION.EMBED_LINKS);
  if (payload.poll !== undefined && payload.poll !== null) needed.push(PERMISSION.SEND_POLLS);
  if (isVoiceMessage(payload)) needed.push(PERMISSION.SEND_VOICE_MESSAGES);
  return needed;
}

function findVoiceRefusal(payload: MessagePayload, files: readonly SentFile[]): Answer | undefined {
  if (!isVoiceMessage(payload)) return undefined;
  if ((payload.content ?? '') !== '' || (payload.embeds ?? []).length > 0) {
    return buildApiErrorAnswer(400, 50_159, 'Voice messages do not support additional content');
  }
  const isOneSound = files.length === 1 && files[0]?.mediaType.startsWith('audio/') === true;
  return isOneSound
    ? undefined
    : buildApiErrorAnswer(400, 50_160, 'Voice messages must have a single audio attachment');
}

function isVoiceMessage({ flags }: MessagePayload): boolean {
  return ((flags ?? 0) & MESSAGE_FLAG.IS_VOICE_MESSAGE) !== 0;
}

/** The answer of the first call with the same nonce, when the caller enforces it. */
function findNonceTwin(call: ApiCall, { nonce, enforce_nonce }: MessagePayload): Answer | undefined {
  const text = toNonce(nonce);
  if (text === undefined || enforce_nonce !== true) return undefined;
  const { simulation } = call;
  const { clientId } = requireBot(call);
  const known = simulation.messages.findByNonce(clientId, text, simulation.nowEpochMs());
  return known === undefined ? undefined : buildJsonAnswer(200, { ...toMessage(simulation, known, clientId), nonce });
}

function toNonce(nonce: unknown): string | undefined {
  return typeof nonce === 'string' || typeof nonce === 'number' ? String(nonce) : undefined;
}
