import { toDiscordTime } from '../api/wire-objects.ts';
import type { Simulation } from '../simulation.ts';
import type { ApplicationRecord, InstallationRecord } from '../state/records.ts';
import type { WorldGuild, WorldRole } from '../world/world.ts';
import { findMember } from '../world/world.ts';

/** Where a bot's own role starts: the lowest place above everyone's. */
const FIRST_POSITION = 1;

/**
 * Lets the application's bot join the guild with a role of its own that has the permissions it was granted; if it is there
 * already, its role gets these permissions.
 * @see Discord docs: topics/oauth2#bot-authorization-flow
 */
export function installBot(simulation: Simulation, installation: InstallationRecord): void {
  const { store, guilds } = simulation;
  const { clientId, guildId } = installation;
  const guild = guilds.findGuild(guildId);
  const application = store.findApplication(clientId);
  if (guild === undefined || application === undefined) return;
  store.saveInstallation(installation);
  const known = findBotRole(guild, clientId);
  const role = { ...(known ?? buildBotRole(simulation, application)), permissions: BigInt(installation.permissions) };
  guilds.updateGuild({ ...guild, roles: [...guild.roles.filter(({ id }) => id !== role.id), role] });
  if (findMember(guild, clientId) !== undefined) return;
  guilds.putMember(guildId, {
    user_id: clientId,
    nick: null,
    roles: [role.id],
    joined_at: toDiscordTime(simulation.nowEpochMs()),
    pending: false,
    communication_disabled_until: null,
  });
}

/** Takes the bot and its role out of the guild. Its webhooks stay. */
export function uninstallBot({ store, guilds }: Simulation, clientId: string, guildId: string): void {
  store.removeInstallation(clientId, guildId);
  const guild = guilds.findGuild(guildId);
  if (guild === undefined) return;
  guilds.updateGuild({ ...guild, roles: guild.roles.filter((role) => role.bot_id !== clientId) });
  guilds.removeMember(guildId, clientId);
}

/** Takes a user or a bot out of the guild: kicked, banned or gone. */
export function removeFromGuild(simulation: Simulation, guildId: string, userId: string): void {
  if (simulation.store.findApplication(userId) === undefined) simulation.guilds.removeMember(guildId, userId);
  else uninstallBot(simulation, userId, guildId);
}

/** The role that came with the bot, or undefined. */
export function findBotRole(guild: WorldGuild, clientId: string): WorldRole | undefined {
  return guild.roles.find((role) => role.bot_id === clientId);
}

/** Lets the bots join that are installed and not there: after a start with guilds that know nothing of them. */
export function joinInstalledBots(simulation: Simulation): void {
  const { store, guilds } = simulation;
  for (const { clientId } of store.listApplications()) {
    for (const installation of store.listInstallations(clientId)) {
      const guild = guilds.findGuild(installation.guildId);
      if (guild !== undefined && findMember(guild, clientId) === undefined) installBot(simulation, installation);
    }
  }
}

function buildBotRole(simulation: Simulation, application: ApplicationRecord): WorldRole {
  return {
    id: simulation.store.nextSnowflake(simulation.nowEpochMs()),
    name: application.name,
    color: 0,
    position: FIRST_POSITION,
    permissions: 0n,
    managed: true,
    hoist: false,
    mentionable: false,
    bot_id: application.clientId,
  };
}
