import type { TenantGuild } from '../../../shared/app/ports.ts';
import { assignGuild, listGuilds, unassignGuild } from '../../../shared/app/operate-guilds.ts';
import { toRfc3339 } from '../../../shared/domain/connection.ts';
import { ok } from '../../../shared/result.ts';
import { buildTable } from '../build-table.ts';
import { buildCommandLine, type Command } from '../command.ts';

export const listGuildsCommand: Command = {
  name: 'list-guilds',
  positionals: ['TENANT'],
  flags: {},
  summary: 'show in which guilds a tenant may act through the bot',
  run: async ({ edges, positional }) => {
    const listed = await listGuilds(edges, positional(0));
    if (!listed.ok) return listed;
    const guilds = listed.value;
    const rows = guilds.map(({ guildId, name, connectionId, sinceEpochSeconds }) => [
      guildId,
      name ?? '',
      connectionId ?? 'the operator',
      toRfc3339(sinceEpochSeconds),
    ]);
    const text =
      guilds.length === 0
        ? `Tenant ${positional(0)} has no guild: connect a user with the scope bot, or ${buildCommandLine('assign-guild', positional(0), 'GUILD')}`
        : buildTable([['guild', 'name', 'brought in by', 'since'], ...rows]);
    return ok({ text, json: { items: guilds.map(toJson) } });
  },
};

export const assignGuildCommand: Command = {
  name: 'assign-guild',
  positionals: ['TENANT', 'GUILD'],
  flags: {},
  summary: 'let a tenant act through the bot in a guild that none of its connections brought the bot into',
  details: `GUILD is the guild's id at Discord. A guild into which a user brings the bot while connecting is assigned by that. What a user may
do there through the bot is still limited to what he could do himself.`,
  run: async ({ edges, positional }) => {
    const assigned = await assignGuild(edges, positional(0), positional(1));
    if (!assigned.ok) return assigned;
    return ok({
      text: `Tenant ${positional(0)} may act in the guild ${positional(1)}.`,
      json: toJson(assigned.value),
    });
  },
};

export const unassignGuildCommand: Command = {
  name: 'unassign-guild',
  positionals: ['TENANT', 'GUILD'],
  flags: {},
  summary: 'end at once what a tenant may do in a guild through the bot',
  run: async ({ edges, positional }) => {
    const unassigned = await unassignGuild(edges, positional(0), positional(1));
    if (!unassigned.ok) return unassigned;
    return ok({
      text: `Tenant ${positional(0)} may act in the guild ${positional(1)} no more. The bot stays there until an admin of the guild removes it.`,
      json: { guild_id: positional(1), is_assigned: false },
    });
  },
};

function toJson({ guildId, name, connectionId, sinceEpochSeconds }: TenantGuild): unknown {
  return {
    guild_id: guildId,
    ...(name === undefined ? {} : { name }),
    ...(connectionId === undefined ? {} : { connection_id: connectionId }),
    since: toRfc3339(sinceEpochSeconds),
  };
}
