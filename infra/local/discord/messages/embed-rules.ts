import * as z from 'zod/mini';
import type { BodyError } from '../answer.ts';
import { bodyBoolean, bodyInteger, bodyText, bodyTime, maybe } from '../api/body.ts';

const url = maybe(bodyText(0, 2048));

/** One embed of a message. @see Discord docs: resources/message#embed-object-embed-limits */
export const embed = z.object({
  title: maybe(bodyText(0, 256)),
  description: maybe(bodyText(0, 4096)),
  url,
  timestamp: maybe(bodyTime),
  color: maybe(bodyInteger(0, 0xff_ff_ff)),
  footer: maybe(z.object({ text: bodyText(1, 2048), icon_url: url })),
  image: maybe(z.object({ url: bodyText(1, 2048) })),
  thumbnail: maybe(z.object({ url: bodyText(1, 2048) })),
  author: maybe(z.object({ name: bodyText(1, 256), url, icon_url: url })),
  fields: maybe(
    z
      .array(z.object({ name: bodyText(1, 256), value: bodyText(1, 1024), inline: maybe(bodyBoolean) }))
      .check(z.maxLength(25)),
  ),
});

export type Embed = z.output<typeof embed>;

/** Characters in all texts of all embeds of one message. */
const MAX_EMBEDS_CHARACTERS = 6000;

const IMAGE_NAME_PATTERN = /\.(?:jpe?g|png|webp|gif)$/i;

/**
 * What the schema of one embed cannot tell.
 * @param filenames - of the attachments, which `attachment://` may name
 */
export function findEmbedErrors(embeds: readonly Embed[], filenames: readonly string[]): BodyError[] {
  const errors = embeds.flatMap((item, at) => [...findUrlErrors(item, at, filenames), ...findEmptiness(item, at)]);
  const characters = embeds.reduce((sum, item) => sum + countCharacters(item), 0);
  if (characters <= MAX_EMBEDS_CHARACTERS) return errors;
  const message = `Embed size exceeds maximum size of ${MAX_EMBEDS_CHARACTERS}`;
  return [...errors, { path: ['embeds'], code: 'MAX_EMBED_SIZE_EXCEEDED', message }];
}

function findEmptiness(item: Embed, at: number): BodyError[] {
  const { title, description, footer, image, thumbnail, author, fields } = item;
  const parts = [title, description, footer, image, thumbnail, author];
  const isEmpty = parts.every((part) => part === undefined || part === null || part === '') && !fields?.length;
  if (!isEmpty) return [];
  return [{ path: ['embeds', at, 'description'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }];
}

function findUrlErrors(item: Embed, at: number, filenames: readonly string[]): BodyError[] {
  const links = [
    { path: ['url'], value: item.url, isImage: false },
    { path: ['author', 'url'], value: item.author?.url, isImage: false },
    { path: ['author', 'icon_url'], value: item.author?.icon_url, isImage: true },
    { path: ['footer', 'icon_url'], value: item.footer?.icon_url, isImage: true },
    { path: ['image', 'url'], value: item.image?.url, isImage: true },
    { path: ['thumbnail', 'url'], value: item.thumbnail?.url, isImage: true },
  ];
  return links.flatMap(({ path, value, isImage }) => {
    const error = value === undefined || value === null ? undefined : findLinkError(value, isImage, filenames);
    return error === undefined ? [] : [{ path: ['embeds', at, ...path], ...error }];
  });
}

/** @returns what is wrong with a link, which images may also take from an attachment */
export function findLinkError(
  value: string,
  isImage: boolean,
  filenames: readonly string[],
): Pick<BodyError, 'code' | 'message'> | undefined {
  if (!URL.canParse(value)) return { code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' };
  const { protocol } = new URL(value);
  if (protocol === 'https:' || protocol === 'http:') return undefined;
  if (protocol !== 'attachment:' || !isImage) {
    return {
      code: 'URL_TYPE_INVALID_SCHEME',
      message: `Scheme "${protocol.slice(0, -1)}" is not supported. Scheme must be one of ('http', 'https').`,
    };
  }
  const filename = value.slice('attachment://'.length);
  if (filenames.includes(filename) && IMAGE_NAME_PATTERN.test(filename)) return undefined;
  return { code: 'ATTACHMENT_NOT_FOUND', message: `Referenced attachment "${filename}" is no image of this message.` };
}

function countCharacters({ title, description, footer, author, fields }: Embed): number {
  const texts = [title, description, footer?.text, author?.name];
  for (const { name, value } of fields ?? []) texts.push(name, value);
  return texts.reduce((sum, text) => sum + Array.from(text ?? '').length, 0);
}
