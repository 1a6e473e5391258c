import type { AuditActor } from '../domain/audit-event.ts';
import { CONNECTION_ID_PATTERN } from '../domain/ids.ts';
import { SESSION_LIFE_SECONDS, type ConnectSession } from '../domain/connect-session.ts';
import type { Integration, Tenant } from '../domain/integration.ts';
import { checkSessionReturn } from '../domain/return-url.ts';
import { buildRequestedScopes, DEFAULT_SCOPES } from '../domain/scopes.ts';
import { isTenantOpen } from '../domain/tenant-state.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Audit, Clock, ConnectionStore, ConnectSessionStore, Random, TenantStore } from './ports.ts';
import { recordSessionEvent } from './record-session-event.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

export interface ConnectSessionInput {
  readonly userId: string;
  /** Absent: the user ends on the page of his connection, and the app finds it in its list. Only where nobody has to confirm. */
  readonly returnUrl?: string;
  readonly scopes?: readonly string[];
  readonly permissions?: string;
  readonly guildId?: string;
  readonly connectionId?: string;
  /** The return URL is the portal's, made by us. */
  readonly isOperatorTest?: boolean;
}

export interface CreateConnectSessionDeps {
  readonly sessions: ConnectSessionStore;
  readonly connections: ConnectionStore;
  readonly tenants: TenantStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly audit: Audit;
}

/** For which tenant a session is made, and who makes it. */
export interface SessionMaker {
  readonly tenantId: string;
  readonly actor: AuditActor;
}

const SESSION_ID_BYTES = 32;

/**
 * Makes a single-use ticket for one end user.
 * @returns the session id and when it expires
 */
export async function createConnectSession(
  deps: CreateConnectSessionDeps,
  { tenantId, actor }: SessionMaker,
  integration: Integration | undefined,
  input: ConnectSessionInput,
): Promise<Result<{ sessionId: string; expiresAtEpochSeconds: number }, Failure>> {
  if (integration === undefined) return fail({ reason: 'operator_setup_incomplete', missing: 'client id' });
  const tenant = await deps.tenants.load(tenantId);
  if (!isTenantOpen(tenant)) return fail({ reason: 'caller_unknown' });
  const scopes = checkScopes(input, integration);
  if (!scopes.ok) return scopes;
  if (input.returnUrl === undefined && tenant.isConfirmationRequired) {
    const detail =
      'is required: this tenant has its connections confirmed, and the confirmation code comes to your app by it; it may be left out only in a tenant without confirmation';
    return fail({ reason: 'input_invalid', errors: [{ pointer: '/return_url', detail }] });
  }
  const returnUrl = checkSessionReturn(input, integration.returnOrigins);
  if (!returnUrl.ok) return returnUrl;
  if (input.connectionId !== undefined && !(await isOwnConnection(deps, tenant, input))) {
    return fail({
      reason: 'input_invalid',
      errors: [{ pointer: '/connection_id', detail: 'names no connection of this tenant and user_id' }],
    });
  }

  const sessionId = `cs_${Buffer.from(deps.random.bytes(SESSION_ID_BYTES)).toString('base64url')}`;
  const createdAtEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const expiresAtEpochSeconds = createdAtEpochSeconds + SESSION_LIFE_SECONDS;
  const permissions = input.permissions ?? (scopes.value.includes('bot') ? integration.botPermissions : undefined);
  const session: ConnectSession = {
    id: sessionId,
    tenantId,
    userId: input.userId,
    ...(input.returnUrl === undefined ? {} : { returnUrl: input.returnUrl }),
    scopes: scopes.value,
    ...(permissions === undefined ? {} : { permissions }),
    ...(input.guildId === undefined ? {} : { guildId: input.guildId }),
    ...(input.connectionId === undefined ? {} : { connectionId: input.connectionId }),
    isConfirmationRequired: tenant.isConfirmationRequired,
    ...(input.isOperatorTest === true ? { isOperatorTest: true } : {}),
    status: 'open',
    starts: 0,
    wrongConfirmations: 0,
    createdAtEpochSeconds,
    expiresAtEpochSeconds,
  };
  await deps.sessions.create(session);
  await recordSessionEvent(deps, session, actor, {
    type: 'connect_session_created',
    details: { scopes: session.scopes, isConfirmationRequired: session.isConfirmationRequired },
  });
  return ok({ sessionId, expiresAtEpochSeconds });
}

function checkScopes(input: ConnectSessionInput, integration: Integration): Result<string[], Failure> {
  const asked = input.scopes ?? DEFAULT_SCOPES;
  const errors = asked.flatMap((scope, index) =>
    integration.scopes.includes(scope)
      ? []
      : [{ pointer: `/scopes/${index}`, detail: `is not enabled; enabled are ${integration.scopes.join(', ')}` }],
  );
  if (errors.length > 0) return fail({ reason: 'scope_not_enabled', errors });
  const needsGuildChoice = asked.includes('bot') || asked.includes('webhook.incoming');
  if (input.guildId !== undefined && !needsGuildChoice) {
    return fail({
      reason: 'input_invalid',
      errors: [{ pointer: '/guild_id', detail: 'is used only with the scope bot or webhook.incoming' }],
    });
  }
  if (input.permissions !== undefined && !asked.includes('bot')) {
    return fail({
      reason: 'input_invalid',
      errors: [{ pointer: '/permissions', detail: 'is used only with the scope bot' }],
    });
  }
  return ok(buildRequestedScopes(asked));
}

async function isOwnConnection(deps: CreateConnectSessionDeps, tenant: Tenant, input: ConnectSessionInput) {
  if (input.connectionId === undefined || !CONNECTION_ID_PATTERN.test(input.connectionId)) return false;
  const connection = await deps.connections.load(input.connectionId);
  return connection?.tenantId === tenant.tenantId && connection.userId === input.userId;
}
