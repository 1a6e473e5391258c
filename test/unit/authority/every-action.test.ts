import { describe, expect, it } from 'vitest';
import { botCatalogue } from '../../../shared/catalogue/bot-catalogue.ts';
import {
  ACTOR_ID,
  buildChannel,
  buildWorld,
  CHANNEL_ID,
  decide,
  FOREIGN_GUILD_ID,
  GUILD_ID,
  WEBHOOK_ID,
} from '../../support/authority-facts.ts';

const actions = botCatalogue.map(({ id, place, example }) => ({ id, place, body: example.body }));
const inPlaces = actions.filter(({ place }) => place !== 'direct_messages');

describe('every action of the catalogue', () => {
  it('is decided for administrators without asking for a parameter that its path has not', async () => {
    for (const { id, body } of actions) {
      const { failures } = await decide(buildWorld(['ADMINISTRATOR'], ['ADMINISTRATOR']), id, { body });
      expect(
        failures.filter(({ reason }) => reason.endsWith('_permission_missing')),
        id,
      ).toEqual([]);
    }
  });

  it.each(inPlaces)('$id is refused in a guild that is not the tenant’s', async ({ id, body }) => {
    const world = buildWorld(['ADMINISTRATOR'], ['ADMINISTRATOR']);
    world.putChannel(buildChannel({ guildId: FOREIGN_GUILD_ID }));
    world.webhooks.set(WEBHOOK_ID, { id: WEBHOOK_ID, channelId: CHANNEL_ID, guildId: FOREIGN_GUILD_ID });
    world.made.add(`webhook ${WEBHOOK_ID}`);

    const { failures } = await decide(world, id, { path: { guild_id: FOREIGN_GUILD_ID }, body });

    expect(failures).toEqual([{ reason: 'guild_not_connected' }]);
  });

  it.each(inPlaces.filter(({ id }) => id !== 'member.add'))(
    '$id is refused to who is not in the guild',
    async ({ id, body }) => {
      const world = buildWorld(['ADMINISTRATOR'], ['ADMINISTRATOR']);
      world.members.delete(`${GUILD_ID} ${ACTOR_ID}`);

      expect((await decide(world, id, { body })).failures).toEqual([
        { reason: 'actor_not_in_guild', guildId: GUILD_ID },
      ]);
    },
  );

  it.each(inPlaces.filter(({ place }) => place === 'channel'))(
    '$id is refused in a channel that the user cannot see',
    async ({ id, body }) => {
      expect((await decide(buildWorld([], ['ADMINISTRATOR']), id, { body })).failures).toEqual([
        { reason: 'actor_permission_missing', missing: ['VIEW_CHANNEL'], where: 'channel', placeId: CHANNEL_ID },
      ]);
    },
  );
});
