import { snowflake } from '../catalogue/parameters.ts';
import type { Integration } from '../domain/integration.ts';
import { checkReturnOrigin } from '../domain/return-url.ts';
import { DEFAULT_SCOPES, isKnownScope, SCOPES } from '../domain/scopes.ts';
import type { Secret } from '../domain/secret.ts';
import { ok, type Result } from '../result.ts';
import { refuse, type OperatorInputFailure } from './operate-tenants.ts';
import type { AppSecretWriter, Clock, IntegrationStore } from './ports.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

export interface IntegrationDeps {
  readonly integrations: IntegrationStore;
  readonly secretWriter: AppSecretWriter;
  readonly clock: Clock;
  readonly publicBaseUrl: string;
}

/** What an operator may change; what is left out stays. */
export interface IntegrationChange {
  readonly credentials?: { readonly clientId: string; readonly clientSecret: Secret; readonly botToken?: Secret };
  readonly scopes?: readonly string[];
  readonly returnOrigins?: readonly string[];
  readonly pkce?: boolean;
}

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
  if (change.credentials !== undefined) {
    // A bot token stays as it is unless a new one is entered, but never with another application.
    const botToken = change.credentials.botToken ?? (await keptBotToken(deps, clientId));
    const { clientSecret } = change.credentials;
    await deps.secretWriter.save({ clientId, clientSecret, ...(botToken === undefined ? {} : { botToken }) });
  }
  const version = stored?.version ?? 0;
  const integration: Integration = {
    clientId,
    scopes: dropRepeats(change.scopes) ?? stored?.scopes ?? DEFAULT_SCOPES,
    returnOrigins: dropRepeats(change.returnOrigins) ?? stored?.returnOrigins ?? [],
    pkce: change.pkce ?? stored?.pkce ?? true,
    version: version + 1,
    updatedAtEpochSeconds: toEpochSeconds(deps.clock.nowEpochMs()),
  };
  const isSaved = await deps.integrations.save(integration, version);
  return isSaved ? ok(integration) : refuse('someone else has just changed the settings; look at them and try again');
}

async function keptBotToken(deps: IntegrationDeps, clientId: string): Promise<Secret | undefined> {
  const stored = await deps.secretWriter.load();
  return stored?.clientId === clientId ? stored.botToken : undefined;
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
