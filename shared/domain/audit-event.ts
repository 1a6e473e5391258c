/** Events that are recorded for good measure: everything about custody, keys and settings; reads of Discord are not among them. */
export const AUDIT_EVENT_TYPES = [
  'connect_session_created',
  'connection_connected',
  'connection_reconnected',
  'confirmation_refused',
  'connect_session_burnt',
  'refresh_failed',
  'connection_status_changed',
  'connection_scopes_reduced',
  'connection_disconnected',
  'connection_revoked',
  'rotated_tokens_spilled',
  'rotated_tokens_recovered',
  'credentials_rejected',
  'credentials_accepted',
  'api_key_created',
  'api_key_first_used',
  'api_key_rolled',
  'api_key_revoked',
  'connection_token_created',
  'connection_token_revoked',
  'user_link_created',
  'settings_changed',
  'tenant_created',
  'tenant_changed',
  'tenant_deletion_started',
  'tenant_shredded',
  'tenant_key_rotated',
  'data_key_deleted',
  'revoke_all_started',
  'guild_assigned',
  'guild_unassigned',
  'setup_code_made',
  'operator_set_up',
  'operator_signed_in',
  'operator_sign_in_failed',
  'operator_signed_out',
  'operator_sessions_ended',
  'operator_key_rolled',
  'action_run',
  'action_refused',
] as const;

/** One of {@link AUDIT_EVENT_TYPES}. */
export type AuditEventType = (typeof AUDIT_EVENT_TYPES)[number];

/** Who can have done it. `system`: the layer itself, on a schedule or on the way of somebody's call. */
export const AUDIT_ACTOR_KINDS = ['api_key', 'connection_token', 'end_user', 'operator', 'system'] as const;

/** Who did it. */
export interface AuditActor {
  readonly kind: (typeof AUDIT_ACTOR_KINDS)[number];
  /** Id of the key or token. */
  readonly id?: string;
}

/** One security-relevant event. Holds ids, names and reasons; never a token, secret, code or URL. */
export interface AuditEvent {
  readonly type: AuditEventType;
  readonly actor: AuditActor;
  /** Absent: it concerns the whole installation. */
  readonly tenantId?: string;
  readonly connectionId?: string;
  readonly details?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}
