import { countConnections } from '../../../shared/app/end-connections.ts';
import { loadTenant } from '../../../shared/app/operate-tenants.ts';
import { deleteTenant, type DeletionReport } from '../../../shared/app/tenant-deletion/delete-tenant.ts';
import { toRfc3339 } from '../../../shared/domain/connection.ts';
import { ok } from '../../../shared/result.ts';
import { RECOVERY_WINDOW_DAYS } from '../../../shared/table.ts';
import { buildNarrator } from '../build-narrator.ts';
import { buildCommandLine, type Command } from '../command.ts';
import { COMMAND_DEADLINE, describeOwed } from './describe-owed.ts';

export const deleteTenantCommand: Command = {
  name: 'delete-tenant',
  positionals: ['TENANT'],
  flags: {},
  switches: ['yes'],
  needsTokens: true,
  summary: 'delete a tenant for good: keys, connections, and the data key without which none of its tokens opens',
  details: `Without --yes it only says what would go. At once its API keys are refused and its connections closed; they are revoked at Discord,
and after that its data keys are deleted. It is pending shred then: for ${RECOVERY_WINDOW_DAYS} days the table could be restored to a time when they were
there. After that the sweep removes what is left. Broken off, run it again, or leave it to the sweep. There is no way back.`,
  run: async ({ edges, io, positional, hasSwitch }) => {
    const tenant = await loadTenant(edges, positional(0));
    if (!tenant.ok) return tenant;
    const { tenantId } = tenant.value;
    if (!hasSwitch('yes')) {
      const { open, owed } = await countConnections(edges, [tenantId]);
      const keys = (await edges.apiKeys.list(tenantId)).length;
      return ok({
        text: `Tenant ${tenantId} would be deleted for good; connections: ${open}, API keys: ${keys}. Nothing was done; to do it:\n${buildCommandLine('delete-tenant', tenantId, '--yes')}`,
        json: { tenant: tenantId, open, owed, keys, done: false },
        isIncomplete: true,
      });
    }
    const report = await deleteTenant(edges, tenant.value, COMMAND_DEADLINE, buildNarrator(io));
    const isIncomplete = report.step.step !== 'keys_deleted';
    return ok({
      text: describe(tenantId, report),
      json: toJson(tenantId, report),
      isIncomplete,
    });
  },
};

function describe(tenantId: string, { closed, revoked, owed, step, refusedWith }: DeletionReport): string {
  const ended = `Connections closed: ${closed}; revoked at Discord: ${revoked}.`;
  const kept = `Tenant ${tenantId} is being deleted, but its data keys stay until then: without them nothing could be revoked any more.`;
  switch (step.step) {
    case 'keys_deleted':
      return `${ended}\nThe data keys of tenant ${tenantId} are deleted. Pending shred until ${toRfc3339(step.shredAfterEpochSeconds)}; the sweep removes the rest then.`;
    case 'waiting':
      return `${ended}\nRequests may still be under way until ${toRfc3339(step.untilEpochSeconds)}; the sweep goes on after that.`;
    case 'answers_left':
      return `${ended}\nBroken-off confirmations whose tokens are not revoked yet: ${step.count}; the sweep goes on with them.\n${kept}`;
    case 'connections_left':
      return [ended, ...describeOwed(owed, refusedWith), kept].join('\n');
  }
}

function toJson(tenantId: string, { closed, revoked, owed, step, refusedWith }: DeletionReport): unknown {
  return {
    tenant: tenantId,
    closed,
    revoked,
    owed,
    step: step.step,
    ...(step.step === 'keys_deleted' ? { shred_after: toRfc3339(step.shredAfterEpochSeconds) } : {}),
    ...(refusedWith === undefined ? {} : { refused_with: refusedWith }),
    done: true,
  };
}
