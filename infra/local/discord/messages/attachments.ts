import { createHash } from 'node:crypto';
import type { Answer } from '../answer.ts';
import { buildBodyErrorAnswer } from '../answer.ts';
import type { Simulation } from '../simulation.ts';
import type { AttachmentRecord } from '../state/message-record.ts';
import type { MessageEdit } from './message-payload.ts';
import type { SentFile } from './read-body.ts';
import { buildTooManyAttachmentsAnswer } from './read-body.ts';

/** Attachments that a message will have, or the refusal. */
export type AttachmentsResult =
  { readonly ok: true; readonly attachments: AttachmentRecord[] } | { readonly ok: false; readonly answer: Answer };

const MAX_ATTACHMENTS = 10;

/** Milliseconds for which a link is good: Discord's are for about a day. */
const LINK_LIFE_MS = 24 * 60 * 60_000;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  txt: 'text/plain; charset=utf-8',
  ogg: 'audio/ogg',
};

/**
 * Ties files to what `attachments` says of them. A file that is not named there is attached too.
 * @param kept - attachments from before, which an edit keeps by naming their ids
 */
export function joinAttachments(
  simulation: Simulation,
  named: MessageEdit['attachments'],
  files: readonly SentFile[],
  kept: readonly AttachmentRecord[],
): AttachmentsResult {
  const unknown = (named ?? []).findIndex(
    ({ id }) =>
      !files.some(({ number }) => String(number) === String(id)) && !kept.some((old) => old.id === String(id)),
  );
  if (unknown !== -1) {
    const message = 'Referenced attachment not found.';
    const error = { path: ['attachments', unknown, 'id'], code: 'ATTACHMENT_NOT_FOUND', message };
    return { ok: false, answer: buildBodyErrorAnswer([error]) };
  }
  const isNamed = (id: string): boolean => (named ?? []).some((item) => String(item.id) === id);
  const old = named === undefined ? kept : kept.filter(({ id }) => isNamed(id));
  const fresh = files.map((file): AttachmentRecord => {
    const told = named?.find(({ id }) => String(id) === String(file.number));
    const filename = toFilename(told?.filename ?? file.filename);
    return {
      id: simulation.store.nextSnowflake(simulation.nowEpochMs()),
      filename,
      description: told?.description ?? null,
      contentType: findContentType(filename, file.mediaType),
      byteCount: file.byteCount,
    };
  });
  const attachments = [...old, ...fresh];
  if (attachments.length > MAX_ATTACHMENTS) return { ok: false, answer: buildTooManyAttachmentsAnswer() };
  return { ok: true, attachments };
}

/**
 * Discord's attachment object. Its links look signed and expire like Discord's, but nothing serves them.
 * @see Discord docs: reference#signed-attachment-cdn-urls
 */
export function toAttachment(channelId: string, attachment: AttachmentRecord, nowEpochMs: number): object {
  const { id, filename, description, contentType, byteCount } = attachment;
  const path = `attachments/${channelId}/${id}/${encodeURIComponent(filename)}`;
  const issued = Math.floor(nowEpochMs / 1000);
  const expires = Math.floor((nowEpochMs + LINK_LIFE_MS) / 1000);
  const hash = createHash('sha256').update(`${path} ${expires}`).digest('hex');
  const query = `?ex=${expires.toString(16)}&is=${issued.toString(16)}&hm=${hash}&`;
  return {
    id,
    filename,
    size: byteCount,
    url: `https://cdn.discordapp.com/${path}${query}`,
    proxy_url: `https://media.discordapp.net/${path}${query}`,
    ...(contentType === null ? {} : { content_type: contentType }),
    ...(description === null ? {} : { description }),
  };
}

/** Discord keeps letters, digits and `._-` and makes `_` of what else there is. */
export function toFilename(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]+/g, '_');
}

function findContentType(filename: string, mediaType: string): string | null {
  const byName = MEDIA_TYPES[/\.([a-z0-9]+)$/i.exec(filename)?.[1]?.toLowerCase() ?? ''];
  return byName ?? (mediaType === '' ? null : mediaType);
}
