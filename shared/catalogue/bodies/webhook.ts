import * as z from 'zod/mini';
import { snowflake } from '../parameters.ts';
import { imageData, maybe, text } from './fields.ts';

/** Discord takes no webhook with one of these words in its name. @see Discord docs: resources/webhook (Create Webhook) */
const name = text(1, 80).check(
  z.refine((value) => !/clyde|discord/i.test(value), 'must not contain "clyde" or "discord"'),
);

/** @see Discord docs: resources/webhook (Create Webhook) */
export const webhookCreateBody = z.strictObject({ name, avatar: maybe(imageData) });

/** `channel_id` moves it. @see Discord docs: resources/webhook (Modify Webhook) */
export const webhookEditBody = z.strictObject({
  name: z.optional(name),
  avatar: maybe(imageData),
  channel_id: maybe(snowflake),
});
