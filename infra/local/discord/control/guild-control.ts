import { findAccount } from '../guilds/accounts.ts';
import { findBotRole, installBot, removeFromGuild } from '../guilds/installation.ts';
import type { Simulation } from '../simulation.ts';
import { fromGuildRecord, toGuildRecord } from '../state/guild-record.ts';
import type { WorldGuild } from '../world/world.ts';
import { ControlInputError, requireApplication } from './control-input.ts';
import type { GUILD_OPERATIONS } from './guild-operations.ts';
import type { SimulatorControl } from './operations.ts';

/** The part of the control that arranges guilds and bots. */
export function createGuildControl(simulation: Simulation): Pick<SimulatorControl, keyof typeof GUILD_OPERATIONS> {
  const { guilds, store } = simulation;
  const later = <T>(value: () => T): Promise<T> => new Promise((resolve) => resolve(value()));
  const nothing = (act: () => void): Promise<Record<string, never>> => later(() => (act(), {}));
  return {
    readGuild: ({ guild_id }) => later(() => ({ guild: toGuildRecord(requireGuild(simulation, guild_id)) })),
    putGuild: ({ guild }) =>
      nothing(() => {
        const given = fromGuildRecord(structuredClone(guild));
        const whole = keepBots(simulation, guilds.findGuild(given.id), given);
        requireSound(simulation, whole);
        guilds.updateGuild(whole);
      }),
    putMember: ({ guild_id, member }) =>
      nothing(() => {
        const guild = requireGuild(simulation, guild_id);
        requireSound(simulation, { ...guild, members: [member] });
        guilds.putMember(guild_id, structuredClone(member));
      }),
    removeMember: ({ guild_id, user_id }) => nothing(() => removeFromGuild(simulation, guild_id, user_id)),
    installBot: ({ client_id, guild_id, permissions }) =>
      later(() => {
        const { clientId } = requireApplication(store, client_id);
        requireGuild(simulation, guild_id);
        installBot(simulation, { clientId, guildId: guild_id, permissions });
        return { role_id: findBotRole(requireGuild(simulation, guild_id), clientId)?.id ?? '' };
      }),
    setBotRole: ({ client_id, guild_id, position, permissions }) =>
      nothing(() => {
        const guild = requireGuild(simulation, guild_id);
        const role = findBotRole(guild, requireApplication(store, client_id).clientId);
        if (role === undefined) throw new ControlInputError('the bot is not in this guild');
        const changed = {
          ...role,
          position: position ?? role.position,
          permissions: permissions === undefined ? role.permissions : BigInt(permissions),
        };
        guilds.updateGuild({ ...guild, roles: guild.roles.map((other) => (other === role ? changed : other)) });
      }),
    setIntents: ({ client_id, intents }) =>
      nothing(() => store.saveApplication({ ...requireApplication(store, client_id), intents: [...new Set(intents)] })),
    listAuditLog: () =>
      later(() => ({
        items: simulation.auditLog.list().map((entry) => ({ ...entry, parameters: { ...entry.parameters } })),
      })),
  };
}

function requireGuild({ guilds }: Simulation, guildId: string): WorldGuild {
  const guild = guilds.findGuild(guildId);
  if (guild === undefined) throw new ControlInputError('no guild has this guild_id');
  return guild;
}

/** Bots that were in the guild and are not named in the new one stay in it, with their roles. */
function keepBots({ store }: Simulation, old: WorldGuild | undefined, given: WorldGuild): WorldGuild {
  const isKept = (userId: string): boolean =>
    store.findApplication(userId) !== undefined && !given.members.some(({ user_id }) => user_id === userId);
  const members = (old?.members ?? []).filter(({ user_id }) => isKept(user_id));
  const roles = (old?.roles ?? []).filter(
    ({ id, bot_id }) =>
      members.some(({ user_id }) => user_id === bot_id) && !given.roles.some((role) => role.id === id),
  );
  const known = new Set([...given.roles, ...roles].map(({ id }) => id));
  const staying = members.map((member) => ({ ...member, roles: member.roles.filter((id) => known.has(id)) }));
  return { ...given, roles: [...given.roles, ...roles], members: [...given.members, ...staying] };
}

function requireSound(simulation: Simulation, guild: WorldGuild): void {
  const roleIds = new Set(guild.roles.map(({ id }) => id));
  if (!roleIds.has(guild.id)) throw new ControlInputError('the role with the id of the guild is missing');
  const ids = [...guild.roles.map(({ id }) => id), ...guild.channels.map(({ id }) => id)];
  if (new Set(ids).size !== ids.length) throw new ControlInputError('an id comes twice');
  const stranger = [guild.owner_id, ...guild.members.map(({ user_id }) => user_id)].find(
    (userId) => findAccount(simulation, userId) === undefined,
  );
  if (stranger !== undefined) throw new ControlInputError(`no user has the id ${stranger}`);
  const badRole = guild.members.flatMap(({ roles }) => roles).find((id) => !roleIds.has(id));
  if (badRole !== undefined) throw new ControlInputError(`no role has the id ${badRole}`);
  const elsewhere = guild.channels.find(({ id }) => {
    const placed = simulation.guilds.findChannel(id);
    return placed !== undefined && placed.guild.id !== guild.id;
  });
  if (elsewhere !== undefined) throw new ControlInputError(`the channel ${elsewhere.id} is in another guild`);
}
