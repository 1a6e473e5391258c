import { CALLBACK_PATH } from '../connect-paths.ts';
import type { ApplicationFacts } from '../discord/application-facts.ts';
import type { Integration } from '../domain/integration.ts';
import type { Failure } from '../problems/failure.ts';
import type { Result } from '../result.ts';
import { buildApplicationPage, checkApplication } from './check-application.ts';
import { loadOperatorStatus, type OperatorStatus, type OperatorStatusDeps } from './load-operator-status.ts';
import type { AppCredentials, ConnectionStore, Deadline } from './ports.ts';
import { probeBot, probeSecret, type ProbeDeps, type SecretVerdict } from './probe-credentials.ts';
import type { SetupCheck } from './setup-check.ts';

export interface CheckSetupDeps extends OperatorStatusDeps, ProbeDeps {
  readonly connections: Pick<ConnectionStore, 'list'>;
  readonly discordBaseUrl: string;
}

/** Of each tenant, in the order of their users. */
const CONNECTIONS_LOOKED_AT = 25;

/**
 * Checks everything that must be right before users can connect, some of it at Discord. Changes nothing.
 * @throws OutageError when table or secret are down
 */
export async function checkSetup(deps: CheckSetupDeps, deadline: Deadline): Promise<SetupCheck[]> {
  const [status, credentials] = await Promise.all([loadOperatorStatus(deps), deps.secretWriter.load()]);
  const { integration } = status;
  const isWhole = integration !== undefined && credentials?.clientId === integration.clientId;
  const [verdict, bot, hasConnection] = await Promise.all([
    isWhole ? probeSecret(deps, credentials, deadline) : undefined,
    credentials?.botToken === undefined ? undefined : probeBot(deps, credentials, deadline),
    hasAnyConnection(deps, status),
  ]);
  const page = buildApplicationPage(deps.discordBaseUrl, integration?.clientId);
  return [
    checkClientId(integration, page),
    checkSecret(integration, credentials, verdict, page),
    checkBotToken(credentials, bot, page),
    ...checkApplication(bot?.ok === true ? bot.value : undefined, {
      clientId: integration?.clientId,
      redirectUri: `${deps.publicBaseUrl}${CALLBACK_PATH}`,
      page,
      hasConnection,
    }),
    ...checkScopes(integration),
    checkReturnOrigins(integration),
    ...checkTenants(status),
    {
      id: 'first_connection',
      state: hasConnection ? 'ok' : 'unknown',
      title: 'Somebody has connected',
      detail: hasConnection ? 'Users can connect.' : 'Nobody has connected yet.',
    },
  ];
}

/** Whether anybody has connected with this application; those of an earlier one say nothing about this one. */
async function hasAnyConnection(
  { connections }: CheckSetupDeps,
  { integration, tenants }: OperatorStatus,
): Promise<boolean> {
  for (const { tenant } of tenants) {
    const found = await connections.list(tenant.tenantId, { limit: CONNECTIONS_LOOKED_AT });
    if (found?.connections.some(({ clientId }) => clientId === integration?.clientId) === true) return true;
  }
  return false;
}

function checkClientId(integration: Integration | undefined, url: string): SetupCheck {
  const title = 'A Discord application is entered';
  if (integration !== undefined) {
    return { id: 'client_id', state: 'ok', title, detail: `The client id is ${integration.clientId}.` };
  }
  const mend = { text: 'Register an application at Discord and enter its client id.', url };
  return { id: 'client_id', state: 'failed', title, detail: 'There is no client id yet.', mend };
}

function checkSecret(
  integration: Integration | undefined,
  credentials: AppCredentials | undefined,
  verdict: SecretVerdict | undefined,
  page: string,
): SetupCheck {
  const title = 'Discord accepts the client secret';
  const mend = { text: 'Take "Reset Secret" on the OAuth2 page and enter what it shows.', url: `${page}/oauth2` };
  const told = (state: SetupCheck['state'], detail: string): SetupCheck => ({
    id: 'client_secret',
    state,
    title,
    detail,
    ...(state === 'ok' || state === 'unknown' ? {} : { mend }),
  });
  if (credentials === undefined) return told('failed', 'There is no client secret yet.');
  if (verdict === undefined) {
    return told(
      'failed',
      `The secret is of application ${credentials.clientId}, entered is ${integration?.clientId ?? 'none'}.`,
    );
  }
  if (verdict === 'accepted') return told('ok', 'It was asked just now.');
  if (verdict === 'rejected')
    return told('failed', 'Discord refuses it: it was reset, or belongs to another application.');
  return told('unknown', 'Discord did not answer just now. Check again in a moment.');
}

function checkBotToken(
  credentials: AppCredentials | undefined,
  bot: Result<ApplicationFacts, Failure> | undefined,
  page: string,
): SetupCheck {
  const title = 'Discord accepts the bot token';
  const mend = { text: 'Take "Reset Token" on the Bot page and enter what it shows.', url: `${page}/bot` };
  if (credentials?.botToken === undefined || bot === undefined) {
    const detail =
      'There is none. Profiles and lists of servers work without; messages, members, channels and webhooks need it.';
    return { id: 'bot_token', state: 'warning', title, detail, mend };
  }
  if (bot.ok) return { id: 'bot_token', state: 'ok', title, detail: 'It was asked just now.' };
  if (bot.failure.reason === 'bot_credential_rejected') {
    return { id: 'bot_token', state: 'failed', title, detail: 'Discord refuses it: it was reset.', mend };
  }
  return {
    id: 'bot_token',
    state: 'unknown',
    title,
    detail: 'Discord did not answer just now. Check again in a moment.',
  };
}

function checkScopes(integration: Integration | undefined): SetupCheck[] {
  if (integration?.scopes.includes('messages.read') !== true) return [];
  return [
    {
      id: 'scope_messages_read',
      state: 'warning',
      title: 'messages.read opens nothing',
      detail:
        "Discord offers it to programs on the user's own computer only. Users are asked for it and your apps gain nothing; messages are read through the bot.",
      mend: { text: 'Untick it among the scopes.' },
    },
  ];
}

function checkReturnOrigins(integration: Integration | undefined): SetupCheck {
  const title = 'Apps can send users back';
  const origins = integration?.returnOrigins ?? [];
  if (origins.length > 0) return { id: 'return_origins', state: 'ok', title, detail: `To ${origins.join(', ')}.` };
  const detail = 'There is no return origin yet: apps cannot make connect links. Your own test user needs none.';
  return { id: 'return_origins', state: 'warning', title, detail, mend: { text: 'Enter the origins of your apps.' } };
}

function checkTenants({ gaps, tenants }: OperatorStatus): SetupCheck[] {
  const hasTenant = !gaps.some(({ reason }) => reason === 'tenant_missing');
  const keys = tenants.reduce((sum, { liveKeys }) => sum + liveKeys, 0);
  return [
    {
      id: 'tenant',
      state: hasTenant ? 'ok' : 'failed',
      title: 'There is a tenant',
      detail: hasTenant ? `There are ${tenants.length}.` : 'A tenant keeps the keys and users of one app together.',
    },
    {
      id: 'api_key',
      state: keys > 0 ? 'ok' : 'failed',
      title: 'There is an API key',
      detail: keys > 0 ? `Keys that work: ${keys}.` : 'No app can call yet: no key works.',
    },
  ];
}
