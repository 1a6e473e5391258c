import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildBodyErrorAnswer, buildJsonAnswer } from '../answer.ts';
import type { ApiCall } from '../api/route.ts';
import { isAnswer, requireBot } from '../guilds/access.ts';
import { PERMISSION } from '../permissions.ts';
import type { Simulation } from '../simulation.ts';
import type { MessageRecord } from '../state/message-record.ts';
import { joinAttachments } from './attachments.ts';
import type { Author } from './build-message.ts';
import { findMentions, isEmptyMessage } from './build-message.ts';
import { listComponentTexts } from './component-rules.ts';
import { buildEmptyMessageAnswer } from './create-message.ts';
import { toMessage } from './message-object.ts';
import type { MessageEdit } from './message-payload.ts';
import { MESSAGE_FLAG, messageEdit } from './message-payload.ts';
import { EDIT_FLAGS, findPayloadErrors } from './payload-rules.ts';
import type { FoundMessage } from './place.ts';
import { findMessage, hasIn, requireIn } from './place.ts';
import type { SentFile } from './read-body.ts';
import { readMessageBody } from './read-body.ts';

/** `PATCH /channels/{channel_id}/messages/{message_id}`. @see Discord docs: resources/message#edit-message */
export function editMessage(call: ApiCall): Answer {
  const found = findMessage(call);
  if (isAnswer(found)) return found;
  const body = readMessageBody(call.request, messageEdit);
  if (!body.ok) return body.answer;
  const { place, message } = found;
  const { clientId } = requireBot(call);
  if (message.authorId !== clientId) return editOfAnother(call, found, body.value, body.files);
  if (message.type !== 0 && message.type !== 19) return buildSystemMessageAnswer();
  const needed = (body.value.embeds ?? []).length > 0 ? [PERMISSION.EMBED_LINKS] : [];
  if (body.files.length > 0) needed.push(PERMISSION.ATTACH_FILES);
  const refusal = requireIn(call, place, ...needed);
  if (refusal !== undefined) return refusal;
  const author = { id: clientId, webhook: null, mayMentionEveryone: hasIn(place, PERMISSION.MENTION_EVERYONE) };
  const edited = applyEdit(call.simulation, message, author, body.value, body.files);
  if (isAnswer(edited)) return edited;
  return buildJsonAnswer(200, toMessage(call.simulation, edited, clientId));
}

/**
 * Changes a message as its author may, and keeps it.
 * @returns the message as it is now, or the refusal
 */
export function applyEdit(
  simulation: Simulation,
  message: MessageRecord,
  author: Author,
  edit: MessageEdit,
  files: readonly SentFile[],
): MessageRecord | Answer {
  const named = edit.attachments === null ? [] : edit.attachments;
  const joined = joinAttachments(simulation, named, files, message.attachments);
  if (!joined.ok) return joined.answer;
  const { attachments } = joined;
  const kept = message.flags & ~MESSAGE_FLAG.SUPPRESS_EMBEDS;
  // What makes a message one of components cannot be taken back.
  const flags = edit.flags === undefined || edit.flags === null ? message.flags : kept | edit.flags;
  const errors = findPayloadErrors(edit, {
    settableFlags: EDIT_FLAGS,
    isV2: (flags & MESSAGE_FLAG.IS_COMPONENTS_V2) !== 0,
    filenames: attachments.map(({ filename }) => filename),
  });
  if (errors.length > 0) return buildBodyErrorAnswer(errors);
  const content = edit.content === undefined ? message.content : (edit.content ?? '').trim();
  const components = edit.components === undefined ? message.components : (edit.components ?? []);
  const edited: MessageRecord = {
    ...message,
    content,
    components,
    embeds: edit.embeds === undefined ? message.embeds : (edit.embeds ?? []),
    attachments,
    flags,
    editedAtEpochMs: simulation.nowEpochMs(),
    // Discord reads the mentions again and knows nothing of what was allowed before.
    mentions: findMentions(simulation, {
      channelId: message.channelId,
      author,
      texts: [content, ...listComponentTexts(components)],
      allowed: edit.allowed_mentions,
    }),
  };
  if (isEmptyMessage(edited)) return buildEmptyMessageAnswer();
  simulation.messages.put(edited);
  return edited;
}

/** Of others' messages only the flags can be changed. */
function editOfAnother(
  call: ApiCall,
  { place, message }: FoundMessage,
  edit: MessageEdit,
  files: readonly SentFile[],
): Answer {
  const { flags, ...rest } = edit;
  const isMore = files.length > 0 || Object.values(rest).some((value) => value !== undefined);
  if (isMore || flags === undefined || flags === null) {
    return buildApiErrorAnswer(403, 50_005, 'Cannot edit a message authored by another user');
  }
  const refusal = requireIn(call, place, PERMISSION.MANAGE_MESSAGES);
  if (refusal !== undefined) return refusal;
  const { SUPPRESS_EMBEDS } = MESSAGE_FLAG;
  if ((flags & ~SUPPRESS_EMBEDS) !== 0) {
    return buildBodyErrorAnswer([
      { path: ['flags'], code: 'MESSAGE_FLAGS_INVALID', message: 'These flags cannot be set.' },
    ]);
  }
  const edited = { ...message, flags: (message.flags & ~SUPPRESS_EMBEDS) | flags };
  call.simulation.messages.put(edited);
  return buildJsonAnswer(200, toMessage(call.simulation, edited, requireBot(call).clientId));
}

/** 403 with 50021. */
export function buildSystemMessageAnswer(): Answer {
  return buildApiErrorAnswer(403, 50_021, 'Cannot execute action on a system message');
}
