import { SEED_GUILDS } from '../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import type { Harness } from '../support/harness.ts';

/** The guild of these tests and its channels. */
export const PLACES = {
  guild: SEED_GUILDS.analyticalEngine.id,
  moderatorRole: '197038439483310101',
  general: '197038439483310201',
  announcements: '197038439483310202',
  staff: '197038439483310203',
  forum: '197038439483310204',
} as const;

/** All permissions, ADMINISTRATOR among them. */
const ALL_PERMISSIONS = String((1n << 53n) - 1n);

/** Requests a second: more than any test makes. */
const NO_LIMIT = { limit: 1_000_000, window_ms: 1_000 };

/** Connects the owner of the guild with a bot in it that may do everything. @returns the connection's id */
export async function armGuild(harness: Harness): Promise<string> {
  const { control } = harness.simulator;
  const scopes = ['identify', 'email', 'connections', 'guilds', 'guilds.join', 'guilds.members.read', 'bot'];
  const connection = await harness.wire.connect(
    harness.key,
    { user_id: 'owner', return_url: 'http://localhost:9/back', scopes, permissions: ALL_PERMISSIONS },
    { userId: SEED_USERS.ada.id, guildId: PLACES.guild },
  );
  await control.setBotRole({ guild_id: PLACES.guild, position: 4, permissions: ALL_PERMISSIONS });
  await control.setIntents({ intents: ['GUILD_MEMBERS', 'MESSAGE_CONTENT'] });
  await control.setRateLimits({ route: NO_LIMIT, global_per_bot: NO_LIMIT });
  return String(connection.id);
}
