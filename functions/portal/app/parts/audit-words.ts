import type { AuditEventType } from '../../../../shared/domain/audit-event.ts';
import type { AuditRecord } from '../wire.ts';
import { describeReason } from './reason-words.ts';

/** What happened, in words a newcomer understands. A type that is not here is shown as it is. */
const EVENTS: Readonly<Record<AuditEventType, string>> = {
  connect_session_created: 'A connect link was made',
  connection_connected: 'The user connected',
  connection_reconnected: 'The user connected again',
  confirmation_refused: 'A confirmation was refused',
  connect_session_burnt: 'A connect link was closed after too many wrong confirmations',
  refresh_failed: 'The tokens could not be renewed',
  connection_status_changed: 'The state of the connection changed',
  connection_scopes_reduced: 'Discord granted fewer scopes than before',
  connection_disconnected: 'The connection was closed',
  connection_revoked: 'Its tokens were forgotten',
  rotated_tokens_spilled: 'Renewed tokens had to be kept in the second place',
  rotated_tokens_recovered: 'Renewed tokens were brought back from the second place',
  credentials_rejected: 'Discord refused the client secret',
  credentials_accepted: 'Discord accepts the client secret again',
  api_key_created: 'An API key was made',
  api_key_first_used: 'An API key was used for the first time',
  api_key_rolled: 'An API key was rolled: a new one replaces it',
  api_key_revoked: 'An API key was revoked',
  connection_token_created: 'A connection token was made',
  connection_token_revoked: 'A connection token was revoked',
  user_link_created: "A link to the user's own page was made",
  settings_changed: 'Settings were changed',
  tenant_created: 'A tenant was made',
  tenant_changed: 'A tenant was changed',
  tenant_deletion_started: 'The deletion of a tenant began',
  tenant_shredded: 'A tenant is gone for good',
  tenant_key_rotated: "A tenant's data key was replaced",
  data_key_deleted: 'A data key was deleted',
  revoke_all_started: 'Revoke everything was started',
  guild_assigned: 'A server was assigned to a tenant',
  guild_unassigned: 'A server was taken from a tenant',
  setup_code_made: 'A set-up code was made',
  operator_set_up: 'The operator key was made with a set-up code',
  operator_signed_in: 'An operator signed in',
  operator_sign_in_failed: 'Somebody failed to sign in as operator',
  operator_signed_out: 'An operator signed out',
  operator_sessions_ended: 'All operators were signed out',
  operator_key_rolled: 'The operator key was rolled: a new one replaces it',
  action_run: 'An action was run at Discord',
  action_refused: 'An action was refused',
};

/** Kinds of events, for a filter. */
export const AUDIT_TYPES: readonly (readonly [type: string, words: string])[] = Object.entries(EVENTS);

const ACTORS: Readonly<Record<string, string>> = {
  api_key: 'an app',
  connection_token: 'a connection token',
  end_user: 'the end user',
  operator: 'an operator',
  system: 'the gateway itself',
};

export const AUDIT_ACTORS: readonly (readonly [kind: string, words: string])[] = Object.entries(ACTORS);

export function describeEvent({ type }: Pick<AuditRecord, 'type'>): string {
  return (EVENTS as Readonly<Record<string, string>>)[type] ?? type;
}

export function describeActor({ actor }: Pick<AuditRecord, 'actor'>): string {
  const who = ACTORS[actor.kind] ?? actor.kind;
  return actor.id === undefined ? who : `${who} (${actor.id})`;
}

type Detail = NonNullable<AuditRecord['details']>[string];

/** Details that say most about an event, the most telling first. What is said before them, if anything. */
const TELLING: readonly (readonly [name: string, before: string])[] = [
  ['action', ''],
  ['reason', ''],
  ['outcome', ''],
  ['wrong', 'wrong: '],
  ['lost', 'without '],
  ['cause', 'because of '],
  ['to', 'now: '],
  ['status', 'now: '],
  ['scopes', 'for '],
  ['fields', ''],
  ['name', ''],
  ['guild_id', 'server '],
  ['key_id', 'key '],
  ['token_id', 'token '],
  ['address', 'from '],
  ['is_revoked_at_discord', 'revoked at Discord: '],
];

const MAX_TOLD = 2;

/** The one or two facts about it that say most, for a line; empty when there is nothing more to say. */
export function summarize({ details = {} }: Pick<AuditRecord, 'details'>): string {
  const told = TELLING.flatMap(([name, before]) => {
    const value = details[name];
    return value === undefined || isEmpty(value) ? [] : [`${before}${describeDetail(name, value)}`];
  });
  return told.slice(0, MAX_TOLD).join(' · ');
}

/** A detail as text; times of it are {@link readDetailTime}'s. */
export function describeDetail(name: string, value: Detail): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return value.join(', ');
  const text = String(value);
  return ['reason', 'outcome', 'from', 'to', 'status'].includes(name) ? describeReason(text) : text;
}

/** The time that a detail tells, RFC 3339; nothing when it tells something else. */
export function readDetailTime(name: string, value: Detail): string | undefined {
  return name.endsWith('_epoch_seconds') && typeof value === 'number'
    ? new Date(value * 1_000).toISOString()
    : undefined;
}

function isEmpty(value: Detail): boolean {
  return value === '' || (typeof value === 'object' && value.length === 0);
}
