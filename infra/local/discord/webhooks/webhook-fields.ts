import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Answer, BodyError } from '../answer.ts';
import { buildApiErrorAnswer, buildBodyErrorAnswer } from '../answer.ts';
import { bodySnowflake, bodyText, maybe } from '../api/body.ts';
import { MAX_WEBHOOKS_PER_CHANNEL } from '../oauth/token-extras.ts';
import type { Simulation } from '../simulation.ts';
import type { WebhookRecord } from '../state/records.ts';

const name = bodyText(1, 80);
const avatar = maybe(z.string());

/** The body of a new webhook. */
export const newWebhook = z.object({ name, avatar });

/** The body of a change by a bot; by its own token a webhook cannot move. */
export const webhookEdit = z.object({ name: z.optional(name), avatar, channel_id: maybe(bodySnowflake) });

const DATA_URI_PATTERN = /^data:image\/(?:png|jpeg|gif|webp);base64,([A-Za-z0-9+/]+={0,2})$/;

/** Names that Discord keeps for itself, wherever in the name they stand. */
const RESERVED_WORDS = ['clyde', 'discord'];

/** @returns 400 with 50035 when the name or the picture is not one that a webhook can have */
export function findFieldRefusal(fields: {
  readonly name?: string | undefined;
  readonly avatar?: string | null | undefined;
}): Answer | undefined {
  const errors: BodyError[] = findNameErrors('name', fields.name);
  if (typeof fields.avatar === 'string' && !DATA_URI_PATTERN.test(fields.avatar)) {
    errors.push({ path: ['avatar'], code: 'IMAGE_INVALID', message: 'Invalid image data' });
  }
  return errors.length === 0 ? undefined : buildBodyErrorAnswer(errors);
}

/** What is wrong with the name under which a webhook speaks. */
export function findNameErrors(field: string, given: string | null | undefined): BodyError[] {
  if (given === undefined || given === null) return [];
  if (given.trim() === '') {
    return [{ path: [field], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }];
  }
  const word = RESERVED_WORDS.find((reserved) => given.toLowerCase().includes(reserved));
  if (word === undefined) return [];
  return [{ path: [field], code: 'USERNAME_INVALID_CONTAINS', message: `Username cannot contain "${word}"` }];
}

/** @returns 400 with 30007 when the channel has no room for another webhook */
export function findQuotaRefusal({ store }: Simulation, channelId: string): Answer | undefined {
  if (store.countWebhooksInChannel(channelId) < MAX_WEBHOOKS_PER_CHANNEL) return undefined;
  return buildApiErrorAnswer(400, 30_007, `Maximum number of webhooks reached (${MAX_WEBHOOKS_PER_CHANNEL})`);
}

/** The hash under which Discord would keep the picture. */
export function computeAvatarHash(dataUri: string): string {
  return createHash('sha256').update(dataUri).digest('hex').slice(0, 32);
}

/** A webhook with the fields that were given. Keeps it and its URL. */
export function saveWebhook(
  simulation: Simulation,
  webhook: WebhookRecord,
  edit: {
    readonly name?: string | undefined;
    readonly avatar?: string | null | undefined;
    readonly channel_id?: string | null | undefined;
  },
): WebhookRecord {
  const changed: WebhookRecord = {
    ...webhook,
    name: edit.name?.trim() ?? webhook.name,
    avatar:
      edit.avatar === undefined
        ? (webhook.avatar ?? null)
        : edit.avatar === null
          ? null
          : computeAvatarHash(edit.avatar),
    channelId: edit.channel_id ?? webhook.channelId,
  };
  simulation.store.saveWebhook(changed, buildWebhookUrl(simulation, changed));
  return changed;
}

/** Who knows it can speak as the webhook. */
export function buildWebhookUrl(simulation: Simulation, { id, token }: WebhookRecord): string {
  return `${simulation.baseUrl()}/api/webhooks/${id}/${token}`;
}
