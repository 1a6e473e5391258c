import { createTenant, loadTenants, setConfirmation } from '../../../shared/app/operate-tenants.ts';
import { toRfc3339 } from '../../../shared/domain/connection.ts';
import type { Tenant } from '../../../shared/domain/integration.ts';
import { ok } from '../../../shared/result.ts';
import { buildTable } from '../build-table.ts';
import { buildCommandLine, type Command } from '../command.ts';
import { describeTenantState, toTenantStateJson } from './show-tenant-state.ts';

export const createTenantCommand: Command = {
  name: 'create-tenant',
  positionals: ['TENANT'],
  flags: {},
  summary: 'make a tenant: a namespace of API keys and connections',
  details: 'TENANT is 1 to 40 lower-case letters, digits and hyphens. Tenants never see each other.',
  run: async ({ edges, positional }) => {
    const made = await createTenant(edges, positional(0));
    if (!made.ok) return made;
    const { tenantId } = made.value;
    const next = buildCommandLine('create-key', '--tenant', tenantId);
    return ok({ text: `Tenant ${tenantId} is there. Give it an API key: ${next}`, json: toJson(made.value) });
  },
};

export const listTenantsCommand: Command = {
  name: 'list-tenants',
  positionals: [],
  flags: {},
  summary: 'show all tenants',
  run: async ({ edges }) => {
    const tenants = await loadTenants(edges);
    const rows = tenants.map((tenant) => [
      tenant.tenantId,
      tenant.isConfirmationRequired ? 'on' : 'off',
      toRfc3339(tenant.createdAtEpochSeconds),
      describeTenantState(tenant) ?? 'open',
    ]);
    const text =
      tenants.length === 0
        ? `There is no tenant yet: ${buildCommandLine('create-tenant', 'TENANT')}`
        : buildTable([['tenant', 'confirmation', 'created', 'state'], ...rows]);
    return ok({ text, json: { items: tenants.map(toJson) } });
  },
};

export const setConfirmationCommand: Command = {
  name: 'set-confirmation',
  positionals: ['TENANT', 'on|off'],
  flags: {},
  summary: "whether a tenant's app must confirm who came back from Discord",
  details: `On (as every tenant begins): the app confirms, in its own signed-in session, which of its users came back; only then are
tokens obtained. Off: whoever opens a connect link is connected. The change applies to new connect sessions.`,
  run: async ({ edges, positional }) => {
    const changed = await setConfirmation(edges, positional(0), positional(1) === 'on');
    if (!changed.ok) return changed;
    const { tenantId, isConfirmationRequired } = changed.value;
    return ok({
      text: `Confirmation is ${isConfirmationRequired ? 'on' : 'off'} for new connect sessions of tenant ${tenantId}.`,
      json: toJson(changed.value),
      notes: isConfirmationRequired ? [] : [describeLoss(tenantId)],
    });
  },
};

function describeLoss(tenantId: string): string {
  return `warning: without confirmation nobody checks that the person who opens a connect link is the user it was made for. An attacker
can have your app make a link for himself and send it to somebody else: if that person says yes at Discord, the attacker's
account in your app acts on Discord as that person. Switch it on again: ${buildCommandLine('set-confirmation', tenantId, 'on')}`;
}

function toJson(tenant: Tenant): unknown {
  return {
    id: tenant.tenantId,
    confirmation_required: tenant.isConfirmationRequired,
    created_at: toRfc3339(tenant.createdAtEpochSeconds),
    ...toTenantStateJson(tenant),
  };
}
