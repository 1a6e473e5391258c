import * as z from 'zod/mini';
import type { TenantGuild, TenantGuildStore } from '../app/ports.ts';
import { KEY_PREFIX } from '../table.ts';
import { keys } from './keys.ts';
import type { TableClient } from './table-client.ts';

const record = z.object({
  guildId: z.string(),
  name: z.exactOptional(z.string()),
  connectionId: z.exactOptional(z.string()),
  sinceEpochSeconds: z.number(),
});

/** The guilds of a tenant: one partition, a bot is in hundreds of guilds at most for one tenant. */
export function createTenantGuildStore(table: TableClient): TenantGuildStore {
  return {
    has: async (tenantId, guildId) => (await table.get(keys.tenantGuild(tenantId, guildId))) !== undefined,
    put: async (tenantId, guild) => {
      await table.put(keys.tenantGuild(tenantId, guild.guildId), { ...guild });
    },
    remove: async (tenantId, guildId) =>
      table.delete(keys.tenantGuild(tenantId, guildId), { ConditionExpression: 'attribute_exists(pk)' }),
    list: async (tenantId) => {
      const guilds: TenantGuild[] = [];
      let after: string | undefined;
      do {
        const page = await table.query(
          { partition: `${KEY_PREFIX.guild}${tenantId}` },
          after === undefined ? {} : { after },
        );
        guilds.push(...page.items.flatMap((item) => record.safeParse(item).data ?? []));
        after = page.last;
      } while (after !== undefined);
      return guilds;
    },
  };
}
