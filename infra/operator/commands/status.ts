import {
  loadOperatorStatus,
  type OperatorStatus,
  type SetupGap,
  type TenantStatus,
} from '../../../shared/app/load-operator-status.ts';
import type { WorkStatus } from '../../../shared/app/load-work-status.ts';
import { DEFAULT_AUDIT_RETENTION_DAYS } from '../../../shared/domain/audit-record.ts';
import { toRfc3339 } from '../../../shared/domain/connection.ts';
import { ok } from '../../../shared/result.ts';
import { buildTable } from '../build-table.ts';
import { buildCommandLine, type Command } from '../command.ts';
import { describeTenantState, toTenantStateJson } from './show-tenant-state.ts';

export const statusCommand: Command = {
  name: 'status',
  positionals: [],
  flags: {},
  summary: 'show what is set up, what is missing, and the command that mends it',
  run: async ({ edges }) => {
    const status = await loadOperatorStatus(edges);
    return ok({ text: toText(status), json: toJson(status) });
  },
};

function toText(status: OperatorStatus) {
  const { integration, isClientSecretEntered, isBotTokenEntered, redirectUri, tenants, work, gaps } = status;
  const entered = (isEntered: boolean) => (isEntered ? 'entered' : 'not entered');
  const settings = buildTable([
    ['client id', integration?.clientId ?? 'not entered'],
    ['client secret', `${entered(isClientSecretEntered)}${describeRejection(work)}`],
    ['bot token', entered(isBotTokenEntered)],
    ['scopes', integration?.scopes.join(', ') ?? 'not set'],
    ['return origins', integration?.returnOrigins.join(', ') || 'none'],
    ['PKCE', integration === undefined ? 'not set' : toSwitch(integration.pkce)],
    ['audit records', `kept for ${integration?.auditRetentionDays ?? DEFAULT_AUDIT_RETENTION_DAYS} days`],
    ['idle expiry', toDays(integration?.idleExpiryDays)],
    ['last sweep', toTime(work.lastPassEndedAtEpochSeconds) ?? 'no pass yet'],
    ['revocations', `${work.revocationsOwed} owed to Discord`],
    ['redirect URI', `${redirectUri} (add it at Discord under OAuth2, Redirects)`],
    ...(tenants.length === 0 ? [['tenants', 'none']] : tenants.map(toTenantRow)),
  ]);
  if (gaps.length === 0) return `${settings}\n\nEverything that a user needs to connect is set up.`;
  const missing = gaps.map(describeGap).map(({ what, command }) => `- ${what}\n    ${command}`);
  return `${settings}\n\nMissing:\n${missing.join('\n')}`;
}

function toTenantRow({ tenant, liveKeys, revokedKeys }: TenantStatus, index: number): string[] {
  const keys = `${liveKeys} ${liveKeys === 1 ? 'key' : 'keys'}${revokedKeys === 0 ? '' : ` and ${revokedKeys} revoked`}`;
  const confirmation = tenant.isConfirmationRequired ? '' : ', confirmation off';
  const state = describeTenantState(tenant);
  const deletion = state === undefined ? '' : `, ${state}`;
  return [index === 0 ? 'tenants' : '', `${tenant.tenantId}: ${keys}${confirmation}${deletion}`];
}

/** It matters to every connection: new tokens are to be had for none. */
function describeRejection({ credentialsRejectedSinceEpochSeconds: since }: WorkStatus): string {
  if (since === undefined) return '';
  return `, but Discord has rejected it since ${toRfc3339(since)}: ${buildCommandLine('set-credentials', '--client-id', 'ID')}`;
}

function toDays(idleExpiryDays: number | undefined): string {
  return idleExpiryDays === undefined ? 'off' : `after ${idleExpiryDays} days`;
}

function toTime(epochSeconds: number | undefined): string | undefined {
  return epochSeconds === undefined ? undefined : toRfc3339(epochSeconds);
}

function toSwitch(isOn: boolean): string {
  return isOn ? 'on' : 'off';
}

/** What is missing, and the command that mends it; words in capitals are to be filled in. */
function describeGap(gap: SetupGap): { what: string; command: string } {
  switch (gap.reason) {
    case 'credentials_missing':
      return { what: 'client id and client secret', command: buildCommandLine('set-credentials', '--client-id', 'ID') };
    case 'credentials_of_another_application':
      return {
        what: `the stored client secret belongs to application ${gap.clientId}; enter id and secret of one and the same`,
        command: buildCommandLine('set-credentials', '--client-id', 'ID'),
      };
    case 'return_origins_missing':
      return {
        what: 'an origin to which users may be sent back',
        command: buildCommandLine('set-return-origins', 'https://YOUR-APP'),
      };
    case 'tenant_missing':
      return { what: 'a tenant', command: buildCommandLine('create-tenant', 'default') };
    case 'api_key_missing':
      return { what: 'an API key', command: buildCommandLine('create-key', '--tenant', gap.tenantId) };
  }
}

function toJson(status: OperatorStatus): unknown {
  const { integration } = status;
  return {
    client_id: integration?.clientId ?? null,
    client_secret_entered: status.isClientSecretEntered,
    bot_token_entered: status.isBotTokenEntered,
    scopes: integration?.scopes ?? [],
    return_origins: integration?.returnOrigins ?? [],
    pkce: integration?.pkce ?? null,
    audit_retention_days: integration?.auditRetentionDays ?? DEFAULT_AUDIT_RETENTION_DAYS,
    idle_expiry_days: integration?.idleExpiryDays ?? null,
    credentials_rejected_since: toTime(status.work.credentialsRejectedSinceEpochSeconds) ?? null,
    revocations_owed: status.work.revocationsOwed,
    last_sweep_at: toTime(status.work.lastPassEndedAtEpochSeconds) ?? null,
    redirect_uri: status.redirectUri,
    tenants: status.tenants.map(({ tenant, liveKeys, revokedKeys }) => ({
      id: tenant.tenantId,
      ...toTenantStateJson(tenant),
      confirmation_required: tenant.isConfirmationRequired,
      keys: liveKeys,
      revoked_keys: revokedKeys,
    })),
    missing: status.gaps.map((gap) => ({ reason: gap.reason, ...describeGap(gap) })),
  };
}
