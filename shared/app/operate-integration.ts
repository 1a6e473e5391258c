import { snowflake } from '../catalogue/parameters.ts';
import { toSnakeCase } from '../domain/audit-record.ts';
import { MAX_IDLE_EXPIRY_DAYS } from '../domain/idle-expiry.ts';
import type { Integration } from '../domain/integration.ts';
import { checkReturnOrigin } from '../domain/return-url.ts';
import { DEFAULT_SCOPES, isKnownScope, SCOPES } from '../domain/scopes.ts';
import type { Secret } from '../domain/secret.ts';
import { ok, type Result } from '../result.ts';
import { refuse, type OperatorInputFailure } from './operate-tenants.ts';
import type {
  AppCredentials,
  AppSecretWriter,
  Audit,
  Clock,
  CredentialGateStore,
  IntegrationStore,
  SweepStateStore,
} from './ports.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

export interface IntegrationDeps {
  readonly integrations: IntegrationStore;
  readonly secretWriter: AppSecretWriter;
  readonly gate: Pick<CredentialGateStore, 'recover'>;
  readonly sweepStates: Pick<SweepStateStore, 'wantPass'>;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly publicBaseUrl: string;
}

/** What an operator may change; what is left out stays. */
export interface IntegrationChange {
  readonly credentials?: { readonly clientId: string; readonly clientSecret: Secret; readonly botToken?: Secret };
  readonly scopes?: readonly string[];
  readonly returnOrigins?: readonly string[];
  readonly pkce?: boolean;
  readonly auditRetentionDays?: number;
  /** `off`: connections live on however long nobody uses them. */
  readonly idleExpiryDays?: number | 'off';
}

/** Days: ten years. */
const MAX_AUDIT_RETENTION_DAYS = 3650;

/**
 * Checks and saves the integration's settings: the secret first, the settings that refer to it second. The settings are
 * saved only over the version that was read.
 */
export async function changeIntegration(
  deps: IntegrationDeps,
  change: IntegrationChange,
): Promise<Result<Integration, OperatorInputFailure>> {
  const fault = findFault(change, deps.publicBaseUrl);
  if (fault !== undefined) return refuse(fault);
  const stored = await deps.integrations.load();
  const clientId = change.credentials?.clientId ?? stored?.clientId;
  if (clientId === undefined) return refuse('enter client id and client secret first');
  if (change.credentials !== undefined) await saveCredentials(deps, change.credentials);
  const version = stored?.version ?? 0;
  const auditRetentionDays = change.auditRetentionDays ?? stored?.auditRetentionDays;
  const idleExpiryDays = change.idleExpiryDays ?? stored?.idleExpiryDays ?? 'off';
  const integration: Integration = {
    clientId,
    scopes: dropRepeats(change.scopes) ?? stored?.scopes ?? DEFAULT_SCOPES,
    returnOrigins: dropRepeats(change.returnOrigins) ?? stored?.returnOrigins ?? [],
    pkce: change.pkce ?? stored?.pkce ?? true,
    ...(auditRetentionDays === undefined ? {} : { auditRetentionDays }),
    ...(idleExpiryDays === 'off' ? {} : { idleExpiryDays }),
    version: version + 1,
    updatedAtEpochSeconds: toEpochSeconds(deps.clock.nowEpochMs()),
  };
  if (!(await deps.integrations.save(integration, version))) {
    return refuse('someone else has just changed the settings; look at them and try again');
  }
  // It concerns connections that nobody may call again: the sweep is to look at all of them now, not some time tomorrow.
  if (change.idleExpiryDays !== undefined) await deps.sweepStates.wantPass();
  await recordChange(deps, findChangedSettings(stored, integration));
  return ok(integration);
}

/** A bot token stays as it is unless a new one is entered, but never with another application. */
async function saveCredentials(
  deps: IntegrationDeps,
  { clientId, clientSecret, ...entered }: NonNullable<IntegrationChange['credentials']>,
): Promise<void> {
  const stored = await deps.secretWriter.load();
  const botToken = entered.botToken ?? (stored?.clientId === clientId ? stored.botToken : undefined);
  const saved: AppCredentials = { clientId, clientSecret, ...(botToken === undefined ? {} : { botToken }) };
  await deps.secretWriter.save(saved);
  // Nobody waits any longer because of the former ones; but all who waited come now, and catch up at a bounded rate.
  await deps.gate.recover(deps.clock.nowEpochMs());
  const secrets = (['clientSecret', 'botToken'] as const).filter(
    (name) => saved[name]?.reveal() !== stored?.[name]?.reveal(),
  );
  await recordChange(deps, secrets);
}

/** Names only: the values of some are secret, and those of the others are to be seen in the settings. */
async function recordChange({ audit }: IntegrationDeps, fields: readonly string[]): Promise<void> {
  if (fields.length === 0) return;
  const details = { fields: fields.map(toSnakeCase) };
  await audit.record({ type: 'settings_changed', actor: { kind: 'operator' }, details });
}

function findChangedSettings(stored: Integration | undefined, saved: Integration): string[] {
  const names = ['clientId', 'scopes', 'returnOrigins', 'pkce', 'auditRetentionDays', 'idleExpiryDays'] as const;
  return names.filter((name) => JSON.stringify(stored?.[name]) !== JSON.stringify(saved[name]));
}

function dropRepeats(values: readonly string[] | undefined): string[] | undefined {
  return values && [...new Set(values)];
}

function findFault(change: IntegrationChange, publicBaseUrl: string): string | undefined {
  const { credentials, scopes, returnOrigins } = change;
  if (credentials !== undefined && !snowflake.safeParse(credentials.clientId).success) {
    return 'the client id is the number of 17 to 20 digits on the OAuth2 page of your Discord application';
  }
  if (credentials !== undefined && !/^[\x21-\x7e]{16,128}$/.test(credentials.clientSecret.reveal())) {
    return 'the client secret is 16 to 128 characters without spaces; copy it from the OAuth2 page after "Reset Secret"';
  }
  // It goes into a header as it is: no space, no line break, and no "Bot " before it.
  if (credentials?.botToken !== undefined && !/^[\x21-\x7e]{50,128}$/.test(credentials.botToken.reveal())) {
    return 'the bot token is 50 to 128 characters without spaces; copy it from the Bot page after "Reset Token"';
  }
  const days = change.auditRetentionDays;
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= MAX_AUDIT_RETENTION_DAYS)) {
    return `audit records are kept for a whole number of days, from 1 to ${MAX_AUDIT_RETENTION_DAYS}`;
  }
  const idleDays = change.idleExpiryDays ?? 'off';
  if (idleDays !== 'off' && !(Number.isInteger(idleDays) && idleDays >= 1 && idleDays <= MAX_IDLE_EXPIRY_DAYS)) {
    return `idle connections expire after a whole number of days, from 1 to ${MAX_IDLE_EXPIRY_DAYS}, or off`;
  }
  const unknown = (scopes ?? []).filter((scope) => !isKnownScope(scope));
  if (unknown.length > 0) {
    return `unknown scope ${unknown.join(', ')}; known are ${SCOPES.map((scope) => scope.name).join(', ')}`;
  }
  const dropped = scopes === undefined ? [] : DEFAULT_SCOPES.filter((scope) => !scopes.includes(scope));
  if (dropped.length > 0)
    return `the scopes ${DEFAULT_SCOPES.join(', ')} are the minimum; missing: ${dropped.join(', ')}`;
  return (returnOrigins ?? [])
    .map((origin) => checkReturnOrigin(origin, publicBaseUrl))
    .find((found) => found !== undefined);
}
