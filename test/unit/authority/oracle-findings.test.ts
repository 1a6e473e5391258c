import { describe, expect, it } from 'vitest';
import type { PermissionName } from '../../../shared/catalogue/permission.ts';
import {
  ACTOR_ID,
  bitsOf,
  BOT_ID,
  buildChannel,
  CHANNEL_ID,
  MESSAGE_ID,
  WEBHOOK_ID,
  type AuthorityWorld,
  type DecidedCall,
} from '../../support/authority-facts.ts';
import { expectNeeds, listFailures } from '../../support/expect-needs.ts';

const VIEW = 'VIEW_CHANNEL';
const SENDING: readonly PermissionName[] = [VIEW, 'SEND_MESSAGES'];
const HOOKS: readonly PermissionName[] = [VIEW, 'MANAGE_WEBHOOKS'];
const IN_THREAD = { path: { channel_id: '42' } };

const ours = (world: AuthorityWorld) => world.made.add(`webhook ${WEBHOOK_ID}`);
const sentForUs = (world: AuthorityWorld) => world.made.add(`message ${CHANNEL_ID} ${MESSAGE_ID}`);

const withThread = (change: object) => (world: AuthorityWorld) => {
  world.putChannel(buildChannel({ id: '42', type: 11, parentId: CHANNEL_ID, ...change }));
};

/** What the action oracle found that single rules had not been held to. */
describe('where user and bot differ', () => {
  it('brings nobody into a private thread that is not open for this but by MANAGE_THREADS or as its owner', async () => {
    const managing = [VIEW, 'SEND_MESSAGES_IN_THREADS', 'MANAGE_THREADS'] as const;
    const writing = [VIEW, 'SEND_MESSAGES_IN_THREADS'] as const;
    const closed = (change: object) => (world: AuthorityWorld) => {
      withThread({ type: 12, isInvitable: false, ...change })(world);
      world.threadMembers.add(`42 ${ACTOR_ID}`).add(`42 ${BOT_ID}`);
    };
    const add = (arrange: (world: AuthorityWorld) => void) => ({ call: IN_THREAD, arrange });

    await expectNeeds('thread_member.add', { actor: managing, bot: managing, ...add(closed({})) });
    await expectNeeds('thread_member.add', { actor: writing, bot: writing, ...add(closed({ isInvitable: true })) });
    await expectNeeds('thread_member.add', { actor: writing, bot: managing, ...add(closed({ ownerId: ACTOR_ID })) });
    await expectNeeds('thread_member.add', { actor: managing, bot: writing, ...add(closed({ ownerId: BOT_ID })) });
  });

  it('needs MANAGE_WEBHOOKS of the bot as soon as a channel is named, if only its own, of a webhook of the connection', async () => {
    for (const channelId of [CHANNEL_ID, null]) {
      const call = { body: { channel_id: channelId } };
      await expectNeeds('webhook.edit', { actor: [], bot: HOOKS, call, arrange: ours });
    }
    const hide = (world: AuthorityWorld) => {
      ours(world);
      world.channels.delete(CHANNEL_ID);
    };
    const call = { body: { channel_id: CHANNEL_ID } };
    expect(await listFailures('webhook.edit', HOOKS, HOOKS, { call, arrange: hide })).toEqual([
      { reason: 'bot_access_missing', what: 'channel' },
    ]);
  });

  it('forwards into a channel whose history the user cannot read', async () => {
    const reading = [...SENDING, 'READ_MESSAGE_HISTORY'] as const;
    const deny = bitsOf('READ_MESSAGE_HISTORY');
    const send = (reference: object) =>
      listFailures('message.create', reading, reading, {
        call: { body: { message_reference: { message_id: '1', channel_id: '43', ...reference } } },
        arrange: (world) => {
          world.putChannel(buildChannel({ id: '43' }));
          world.putChannel(buildChannel({ overwrites: [{ id: ACTOR_ID, kind: 'member', allow: 0n, deny }] }));
        },
      });

    expect(await send({ type: 1 })).toEqual([]);
    expect(await send({ type: 0 })).toMatchObject([{ missing: ['READ_MESSAGE_HISTORY'], placeId: CHANNEL_ID }]);
  });

  it('needs of the bot what new embeds and files need', async () => {
    const failing = (call: DecidedCall) =>
      listFailures('message.edit', [...SENDING, 'EMBED_LINKS', 'ATTACH_FILES'], [VIEW, 'SEND_MESSAGES'], {
        call,
        arrange: sentForUs,
      });

    expect(await failing({ body: { embeds: [] } })).toEqual([]);
    expect(await failing({ body: { embeds: [{ title: 'x' }] } })).toMatchObject([
      { reason: 'bot_permission_missing', missing: ['EMBED_LINKS'] },
    ]);
    expect(await failing({ body: {}, hasFiles: true })).toMatchObject([
      { reason: 'bot_permission_missing', missing: ['ATTACH_FILES'] },
    ]);
  });
});
