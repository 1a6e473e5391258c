import * as z from 'zod/mini';
import { time } from '../parameters.ts';
import { integer, list, maybe, text } from './fields.ts';

/** Characters in all embeds of one message together. @see Discord docs: resources/message (Embed Limits) */
export const MAX_EMBED_CHARACTERS = 6_000;

const url = maybe(text(1, 2_048));
const image = maybe(z.looseObject({ url }));

const field = z.looseObject({ name: text(1, 256), value: text(1, 1_024), inline: maybe(z.boolean()) });

/** Discord knows more members than these; what it does not know it leaves out. @see Discord docs: resources/message (Embed Object) */
export const embed = z.looseObject({
  title: maybe(text(0, 256)),
  description: maybe(text(0, 4_096)),
  url,
  timestamp: maybe(time),
  color: maybe(integer(0, 0xffffff)),
  footer: maybe(z.looseObject({ text: maybe(text(1, 2_048)) })),
  image,
  thumbnail: image,
  author: maybe(z.looseObject({ name: maybe(text(1, 256)), url })),
  fields: maybe(list(field, 0, 25)),
});

type Embed = z.infer<typeof embed>;

/** What Discord counts: the visible texts. */
export function countEmbedCharacters(embeds: readonly Embed[]): number {
  const texts = embeds.flatMap(({ title, description, footer, author, fields }) => [
    title,
    description,
    footer?.text,
    author?.name,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
  ]);
  return texts.reduce<number>((sum, one) => sum + Array.from(one ?? '').length, 0);
}
