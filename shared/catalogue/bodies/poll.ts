import * as z from 'zod/mini';
import { integer, list, maybe, oneOf, text } from './fields.ts';

const answer = z.looseObject({ poll_media: z.looseObject({ text: maybe(text(1, 55)) }) });

/** `duration` counts hours. @see Discord docs: resources/poll (Poll Create Request Object) */
export const poll = z.looseObject({
  question: z.looseObject({ text: maybe(text(1, 300)) }),
  answers: list(answer, 1, 10),
  duration: maybe(integer(1, 768)),
  allow_multiselect: maybe(z.boolean()),
  layout_type: maybe(oneOf(1)),
});
