export const CONNECTION_STATUSES = ['active', 'reconnect_required', 'disconnected'] as const;

export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];

/** Why only the end user can mend a connection. */
export const RECONNECT_REASONS = {
  /** Discord refused the refresh token when the access token was at its end. */
  grant_dead: 'Discord no longer accepts the refresh token',
  /** Discord rejected an access token that had life left, and then the refresh token too: the user took it back. */
  revoked_by_user: 'the user has removed the application at Discord',
  /** The answer to an earlier refresh never arrived, and the refresh token counts as spent. */
  refresh_answer_lost: 'the answer to a refresh was lost on its way, and with it the new tokens',
  /** Discord rejected an access token that it had issued a moment before. */
  token_rejected: 'Discord rejected a token right after issuing it',
  /** A refresh gave tokens without the scopes that the integration cannot do without. */
  scope_reduced: 'Discord granted less than the integration needs',
} as const;
export type ReconnectReason = keyof typeof RECONNECT_REASONS;

/** Why a connection was given up on purpose. */
export const DISCONNECT_REASONS = {
  disconnected_by_app: 'the app disconnected it',
  disconnected_by_user: 'the end user disconnected it',
  disconnected_by_operator: 'the operator disconnected it',
  revoked_by_operator: 'the operator revoked everything',
  idle_expired: 'it was not used for longer than the operator allows',
  tenant_deleted: 'the operator deleted its tenant',
} as const;
export type DisconnectReason = keyof typeof DISCONNECT_REASONS;

export type StatusReason = ReconnectReason | DisconnectReason;

/** What can happen to a connection that bears on its status. */
export type StatusEvent =
  /** The user connected, for the first time or again. */
  | { readonly type: 'connected' }
  /** A refresh gave a new pair. */
  | { readonly type: 'tokens_rotated' }
  | { readonly type: 'reconnect_needed'; readonly reason: ReconnectReason }
  | { readonly type: 'disconnected'; readonly reason: DisconnectReason };

/** A status with its reason: `active` has none, the others always have one. */
export interface StatusFields {
  readonly status: ConnectionStatus;
  readonly statusReason?: string;
}

/**
 * Where each event leads from each status; `stays` keeps status and reason, `refused` is no transition at all.
 *
 * | from | connected | tokens_rotated | reconnect_needed | disconnected |
 * |---|---|---|---|---|
 * | (nothing) | active | refused | refused | refused |
 * | active | active | active | reconnect_required | disconnected |
 * | reconnect_required | active | active: the pair of a refresh that seemed lost has turned up | refused: the first reason stands | disconnected |
 * | disconnected | active | stays: given up on purpose | refused | refused |
 */
const TRANSITIONS: Readonly<
  Record<ConnectionStatus | 'none', Readonly<Record<StatusEvent['type'], ConnectionStatus | 'stays' | 'refused'>>>
> = {
  none: { connected: 'active', tokens_rotated: 'refused', reconnect_needed: 'refused', disconnected: 'refused' },
  active: {
    connected: 'active',
    tokens_rotated: 'active',
    reconnect_needed: 'reconnect_required',
    disconnected: 'disconnected',
  },
  reconnect_required: {
    connected: 'active',
    tokens_rotated: 'active',
    reconnect_needed: 'refused',
    disconnected: 'disconnected',
  },
  disconnected: {
    connected: 'active',
    tokens_rotated: 'stays',
    reconnect_needed: 'refused',
    disconnected: 'refused',
  },
};

/**
 * The one place that decides which status follows.
 * @param current - absent: there is no connection yet
 * @returns the fields that replace the current ones, or nothing when the event is not allowed in this status
 */
export function computeStatus(current: StatusFields | undefined, event: StatusEvent): StatusFields | undefined {
  const target = TRANSITIONS[current?.status ?? 'none'][event.type];
  if (target === 'refused') return undefined;
  if (target === 'stays') return current;
  return 'reason' in event ? { status: target, statusReason: event.reason } : { status: target };
}

/**
 * Puts the status that follows from an event into a connection.
 * @returns nothing when the event is not allowed in the connection's status
 */
export function applyStatus<T extends StatusFields>(current: T, event: StatusEvent): T | undefined {
  const fields = computeStatus(current, event);
  if (fields === undefined) return undefined;
  const { statusReason, ...others } = current;
  const { status, statusReason: next } = fields;
  return { ...others, status, ...(next === undefined ? {} : { statusReason: next }) } as T;
}
