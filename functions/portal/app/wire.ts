/** What the settings API answers, as far as pages use it. All names are those of the wire. */

export interface Session {
  readonly csrf_token: string;
  readonly expires_at: string;
  readonly public_base_url: string;
  readonly redirect_uri: string;
  readonly discord_base_url: string;
  readonly version: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor?: string;
}

export interface SecretState {
  readonly is_set: boolean;
  readonly set_at: string | null;
}

export interface Branding {
  readonly name: string | null;
  readonly color: string | null;
  readonly logo: string | null;
}

export interface KnownScope {
  readonly name: string;
  readonly opens: string;
  readonly is_default: boolean;
}

export interface Gap {
  readonly reason: string;
  readonly tenant_id?: string;
  readonly client_id?: string;
}

export interface Integration {
  readonly version: number;
  readonly updated_at: string | null;
  readonly client_id: string | null;
  readonly client_secret: SecretState;
  readonly bot_token: SecretState;
  readonly scopes: readonly string[];
  readonly bot_permissions: string | null;
  readonly return_origins: readonly string[];
  readonly pkce: boolean;
  readonly audit_retention_days: number;
  readonly idle_expiry_days: number | null;
  readonly branding: Branding;
  readonly connect_page?: boolean;
  readonly redirect_uri: string;
  readonly gaps: readonly Gap[];
  readonly known_scopes: readonly KnownScope[];
  /** Only in the answer to a save. */
  readonly checks?: readonly Check[];
}

export type CheckState = 'ok' | 'warning' | 'failed' | 'unknown';

export interface Check {
  readonly id: string;
  readonly state: CheckState;
  readonly title: string;
  readonly detail: string;
  readonly mend?: { readonly text: string; readonly url?: string; readonly copy?: string };
}

export interface Tenant {
  readonly id: string;
  readonly is_confirmation_required: boolean;
  readonly state: 'open' | 'deleting' | 'pending_shred';
  readonly created_at: string;
  readonly shred_after?: string;
  readonly live_keys: number;
  readonly revoked_keys: number;
}

export interface ApiKey {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly actions: readonly string[] | null;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly replaced_by: string | null;
  readonly last_used_on: string | null;
  readonly state: 'live' | 'ended' | 'revoked' | 'rolled';
}

export type ConnectionStatus = 'active' | 'reconnect_required' | 'disconnected';

export interface Connection {
  readonly id: string;
  readonly tenant_id: string;
  readonly user_id: string;
  readonly status: ConnectionStatus;
  readonly status_reason?: string;
  readonly discord_user: { readonly id: string; readonly username: string; readonly global_name: string | null };
  readonly scopes: readonly string[];
  readonly guilds: readonly { readonly id: string; readonly name: string }[];
  readonly webhooks: readonly { readonly id: string; readonly channel_id: string; readonly guild_id: string }[];
  readonly created_at: string;
  readonly updated_at: string;
}

export interface AuditRecord {
  readonly at: string;
  readonly type: string;
  readonly actor: { readonly kind: string; readonly id?: string };
  readonly tenant_id?: string;
  readonly connection_id?: string;
  readonly details?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly position: string;
}
