import { snowflake } from '../catalogue/parameters.ts';
import { findBrandingFaults, type Branding } from '../domain/branding.ts';
import { MAX_IDLE_EXPIRY_DAYS } from '../domain/idle-expiry.ts';
import { checkReturnOrigin } from '../domain/return-url.ts';
import { DEFAULT_SCOPES, isKnownScope, SCOPES } from '../domain/scopes.ts';
import type { Secret } from '../domain/secret.ts';
import type { OperatorInputFailure } from './operate-tenants.ts';
import type { AppCredentials } from './ports.ts';

/** What an operator may change; what is left out stays. */
export interface IntegrationChange {
  readonly credentials?: CredentialsChange;
  readonly scopes?: readonly string[];
  readonly returnOrigins?: readonly string[];
  readonly pkce?: boolean;
  readonly auditRetentionDays?: number;
  /** `off`: connections live on however long nobody uses them. */
  readonly idleExpiryDays?: number | 'off';
  /** Decimal; `none`: nothing is asked for unless the app says. */
  readonly botPermissions?: string;
  /** A part that is `undefined` goes away. */
  readonly branding?: { readonly [Part in keyof Branding]?: Branding[Part] | undefined };
  readonly isConnectPageShown?: boolean;
}

/** A bot token stays as it is unless a new one is entered, but never with another application. */
export interface CredentialsChange {
  readonly clientId?: string;
  readonly clientSecret?: Secret;
  readonly botToken?: Secret | 'removed';
}

/** A fault in what was entered: a sentence, and the field of a body that it is about. */
export type ChangeFault = Required<Pick<OperatorInputFailure, 'detail' | 'pointer'>>;

/** Days: ten years. */
const MAX_AUDIT_RETENTION_DAYS = 3650;

/** What is lost without each of the scopes that are the minimum. */
const LOST_WITHOUT: Readonly<Record<string, string>> = {
  identify: 'without identify nobody knows who has connected, and no connection can be made',
  email: 'without email the profile has no email address',
  guilds: 'without guilds the list of the guilds that a user is in cannot be read',
};

/**
 * The credentials as they would be stored, or what is missing for that.
 * @param stored - what lies in the secret now
 * @param settingsClientId - the application of the settings: after a change that broke off the secret may be of another one, and a bot
 *   token alone must not bring that one back
 */
export function mergeCredentials(
  change: CredentialsChange,
  stored: AppCredentials | undefined,
  settingsClientId: string | undefined,
): { readonly merged: AppCredentials } | { readonly fault: ChangeFault } {
  const clientId = change.clientId ?? settingsClientId ?? stored?.clientId;
  if (clientId === undefined) {
    return { fault: { detail: 'enter client id and client secret first', pointer: '/client_id' } };
  }
  const isSame = stored?.clientId === clientId;
  const clientSecret = change.clientSecret ?? (isSame ? stored.clientSecret : undefined);
  if (clientSecret === undefined) {
    const detail =
      stored === undefined ? 'enter the client secret too' : 'another client id needs its own client secret';
    return { fault: { detail, pointer: '/client_secret' } };
  }
  const botToken = change.botToken ?? (isSame ? stored.botToken : undefined);
  return {
    merged: { clientId, clientSecret, ...(botToken === undefined || botToken === 'removed' ? {} : { botToken }) },
  };
}

/** @returns every fault that can be seen without asking Discord */
export function findChangeFaults(change: IntegrationChange, publicBaseUrl: string): ChangeFault[] {
  return [
    ...findCredentialsFaults(change.credentials ?? {}),
    ...findScopeFaults(change.scopes),
    ...findDayFaults(change),
    ...findPermissionFaults(change.botPermissions),
    ...findBrandingFaults(dropAbsent(change.branding ?? {})).map(({ part, detail }) => ({
      pointer: `/branding/${part}`,
      detail,
    })),
    ...(change.returnOrigins ?? []).flatMap((origin, index) => {
      const detail = checkReturnOrigin(origin, publicBaseUrl);
      return detail === undefined ? [] : [{ pointer: `/return_origins/${index}`, detail }];
    }),
  ];
}

/** Parts that are there. */
export function dropAbsent(branding: NonNullable<IntegrationChange['branding']>): Branding {
  return Object.fromEntries(Object.entries(branding).filter(([, value]) => value !== undefined));
}

function findCredentialsFaults({ clientId, clientSecret, botToken }: CredentialsChange): ChangeFault[] {
  const faults: ChangeFault[] = [];
  if (clientId !== undefined && !snowflake.safeParse(clientId).success) {
    const detail = 'the client id is the number of 17 to 20 digits on the OAuth2 page of your Discord application';
    faults.push({ pointer: '/client_id', detail });
  }
  if (clientSecret !== undefined && !/^[\x21-\x7e]{16,128}$/.test(clientSecret.reveal())) {
    const detail =
      'the client secret is 16 to 128 characters without spaces; copy it from the OAuth2 page after "Reset Secret"';
    faults.push({ pointer: '/client_secret', detail });
  }
  // It goes into a header as it is: no space, no line break, and no "Bot " before it.
  if (botToken !== undefined && botToken !== 'removed' && !/^[\x21-\x7e]{50,128}$/.test(botToken.reveal())) {
    const detail =
      'the bot token is 50 to 128 characters without spaces; copy it from the Bot page after "Reset Token"';
    faults.push({ pointer: '/bot_token', detail });
  }
  return faults;
}

function findScopeFaults(scopes: readonly string[] | undefined): ChangeFault[] {
  if (scopes === undefined) return [];
  const unknown = scopes.flatMap((scope, index) => (isKnownScope(scope) ? [] : [{ scope, index }]));
  const known = SCOPES.map((scope) => scope.name).join(', ');
  const dropped = DEFAULT_SCOPES.filter((scope) => !scopes.includes(scope));
  return [
    ...unknown.map(({ scope, index }) => ({
      pointer: `/scopes/${index}`,
      detail: `unknown scope ${scope}; known are ${known}`,
    })),
    ...(dropped.length === 0
      ? []
      : [
          {
            pointer: '/scopes',
            detail: `the scopes ${DEFAULT_SCOPES.join(', ')} are the minimum; missing: ${dropped.join(', ')} (${dropped
              .map((scope) => LOST_WITHOUT[scope])
              .join('; ')})`,
          },
        ]),
  ];
}

function findDayFaults({ auditRetentionDays, idleExpiryDays = 'off' }: IntegrationChange): ChangeFault[] {
  const isWithin = (days: number, most: number): boolean => Number.isInteger(days) && days >= 1 && days <= most;
  const faults: ChangeFault[] = [];
  if (auditRetentionDays !== undefined && !isWithin(auditRetentionDays, MAX_AUDIT_RETENTION_DAYS)) {
    const detail = `audit records are kept for a whole number of days, from 1 to ${MAX_AUDIT_RETENTION_DAYS}`;
    faults.push({ pointer: '/audit_retention_days', detail });
  }
  if (idleExpiryDays !== 'off' && !isWithin(idleExpiryDays, MAX_IDLE_EXPIRY_DAYS)) {
    const detail = `idle connections expire after a whole number of days, from 1 to ${MAX_IDLE_EXPIRY_DAYS}, or off`;
    faults.push({ pointer: '/idle_expiry_days', detail });
  }
  return faults;
}

/** Discord's permissions are a number of up to 64 bits, as text. */
function findPermissionFaults(permissions: string | undefined): ChangeFault[] {
  if (permissions === undefined || permissions === 'none') return [];
  const isNumber = /^(0|[1-9][0-9]{0,19})$/.test(permissions) && BigInt(permissions) < 1n << 64n;
  return isNumber
    ? []
    : [
        {
          pointer: '/bot_permissions',
          detail: 'permissions are a decimal number, as the Bot page of Discord adds it up',
        },
      ];
}
