import { toSnakeCase } from '../domain/audit-record.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { Integration } from '../domain/integration.ts';
import { DEFAULT_SCOPES } from '../domain/scopes.ts';
import type { SettingsFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { dropAbsent, findChangeFaults, mergeCredentials, type IntegrationChange } from './integration-change.ts';
import { refuse, type OperatorInputFailure } from './operate-tenants.ts';
import type {
  AppCredentials,
  AppSecretWriter,
  Audit,
  Clock,
  CredentialGateStore,
  IntegrationStore,
  SecretField,
  SweepStateStore,
} from './ports.ts';

export type { IntegrationChange } from './integration-change.ts';

export interface IntegrationDeps {
  readonly integrations: IntegrationStore;
  readonly secretWriter: AppSecretWriter;
  readonly gate: Pick<CredentialGateStore, 'recover'>;
  readonly sweepStates: Pick<SweepStateStore, 'wantPass'>;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly publicBaseUrl: string;
}

type ChangedMeanwhile = Extract<SettingsFailure, { reason: 'settings_changed_meanwhile' }>;

/** Checks and saves the integration's settings over whatever stands there now. */
export async function changeIntegration(
  deps: IntegrationDeps,
  change: IntegrationChange,
): Promise<Result<Integration, OperatorInputFailure>> {
  const saved = await saveIntegration(deps, change, undefined);
  if (saved.ok || saved.failure.reason === 'operator_input_invalid')
    return saved as Result<Integration, OperatorInputFailure>;
  return refuse('someone else has just changed the settings; look at them and try again');
}

/**
 * Checks and saves the integration's settings, over one version only. The settings come first, since theirs is the condition by which of
 * two operators one wins: the other one has then written nothing. The secret follows, over the version of it that was read, and then
 * when it was entered. What a break leaves:
 *
 *     after the settings   the secret of before; of another application: the status names it, and nothing is used until it is entered
 *     after the secret     the new secret with the time of the one before
 *     the secret was changed by somebody between reading and writing: his stays, and the answer says that something has changed
 *
 * @param expectedVersion - absent: the one that stands there now
 */
export async function saveIntegration(
  deps: IntegrationDeps,
  change: IntegrationChange,
  expectedVersion: number | undefined,
): Promise<Result<Integration, OperatorInputFailure | ChangedMeanwhile>> {
  const [fault] = findChangeFaults(change, deps.publicBaseUrl);
  if (fault !== undefined) return refuse(fault.detail, fault);
  const stored = await deps.integrations.load();
  const version = stored?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version) return changedMeanwhile(version);
  const secret = change.credentials === undefined ? undefined : await deps.secretWriter.loadVersion();
  const credentials = change.credentials && mergeCredentials(change.credentials, secret?.credentials, stored?.clientId);
  if (credentials !== undefined && 'fault' in credentials) return refuse(credentials.fault.detail, credentials.fault);
  const clientId = credentials?.merged.clientId ?? stored?.clientId;
  if (clientId === undefined) {
    return refuse('enter client id and client secret first', { pointer: '/client_id' });
  }
  const integration: Integration = {
    ...applyChange(stored, change),
    clientId,
    version: version + 1,
    updatedAtEpochSeconds: nowSeconds(deps),
  };
  if (!(await deps.integrations.save(integration, version))) return await changedByOther(deps);
  await recordChange(deps, findChangedSettings(stored, integration));
  // It concerns connections that nobody may call again: the sweep is to look at all of them now, not some time tomorrow.
  if (change.idleExpiryDays !== undefined) await deps.sweepStates.wantPass();
  if (credentials === undefined || secret === undefined) return ok(integration);
  if (!(await deps.secretWriter.save(credentials.merged, secret.version))) return await changedByOther(deps);
  return ok((await noteCredentials(deps, credentials.merged, secret.credentials)) ?? integration);
}

/** @returns the settings with the time at which what changed was entered; nothing when nothing changed */
async function noteCredentials(
  deps: IntegrationDeps,
  saved: AppCredentials,
  stored: AppCredentials | undefined,
): Promise<Integration | undefined> {
  // Nobody waits any longer because of the former ones; but all who waited come now, and catch up at a bounded rate.
  await deps.gate.recover(deps.clock.nowEpochMs());
  const changed = (['clientSecret', 'botToken'] as const)
    .filter((name) => saved[name]?.reveal() !== stored?.[name]?.reveal())
    .map((name): SecretField => ({ name, isRemoved: saved[name] === undefined }));
  if (changed.length === 0) return undefined;
  const noted = await deps.integrations.noteSecrets(changed, nowSeconds(deps));
  await recordChange(
    deps,
    changed.map(({ name }) => name),
  );
  return noted;
}

/** What is not named stays; what was never set has its default. */
function applyChange(
  stored: Integration | undefined,
  change: IntegrationChange,
): Omit<Integration, 'clientId' | 'version' | 'updatedAtEpochSeconds'> {
  const auditRetentionDays = change.auditRetentionDays ?? stored?.auditRetentionDays;
  const idleExpiryDays = change.idleExpiryDays ?? stored?.idleExpiryDays ?? 'off';
  const botPermissions = change.botPermissions ?? stored?.botPermissions ?? 'none';
  const branding = dropAbsent({ ...stored?.branding, ...change.branding });
  const isConnectPageShown = change.isConnectPageShown ?? stored?.isConnectPageShown ?? false;
  const { clientSecretSetAtEpochSeconds, botTokenSetAtEpochSeconds } = stored ?? {};
  return {
    scopes: dropRepeats(change.scopes) ?? stored?.scopes ?? DEFAULT_SCOPES,
    returnOrigins: dropRepeats(change.returnOrigins) ?? stored?.returnOrigins ?? [],
    pkce: change.pkce ?? stored?.pkce ?? true,
    ...(auditRetentionDays === undefined ? {} : { auditRetentionDays }),
    ...(idleExpiryDays === 'off' ? {} : { idleExpiryDays }),
    ...(botPermissions === 'none' ? {} : { botPermissions }),
    ...(Object.keys(branding).length === 0 ? {} : { branding }),
    ...(isConnectPageShown ? { isConnectPageShown } : {}),
    ...(clientSecretSetAtEpochSeconds === undefined ? {} : { clientSecretSetAtEpochSeconds }),
    ...(botTokenSetAtEpochSeconds === undefined ? {} : { botTokenSetAtEpochSeconds }),
  };
}

/** Names only: the values of some are secret, and those of the others are to be seen in the settings. */
async function recordChange({ audit }: IntegrationDeps, fields: readonly string[]): Promise<void> {
  if (fields.length === 0) return;
  const details = { fields: fields.map(toSnakeCase) };
  await audit.record({ type: 'settings_changed', actor: { kind: 'operator' }, details });
}

const AUDITED = [
  'clientId',
  'scopes',
  'returnOrigins',
  'pkce',
  'auditRetentionDays',
  'idleExpiryDays',
  'botPermissions',
  'branding',
  'isConnectPageShown',
] as const;

function findChangedSettings(stored: Integration | undefined, saved: Integration): string[] {
  return AUDITED.filter((name) => JSON.stringify(stored?.[name]) !== JSON.stringify(saved[name]));
}

async function changedByOther({ integrations }: IntegrationDeps) {
  return changedMeanwhile((await integrations.load())?.version ?? 0);
}

function changedMeanwhile(currentVersion: number) {
  return fail<ChangedMeanwhile>({ reason: 'settings_changed_meanwhile', currentVersion });
}

function dropRepeats(values: readonly string[] | undefined): string[] | undefined {
  return values && [...new Set(values)];
}

function nowSeconds({ clock }: Pick<IntegrationDeps, 'clock'>): number {
  return toEpochSeconds(clock.nowEpochMs());
}
