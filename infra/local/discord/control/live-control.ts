import type { RateLimits } from '../api/rate-limiter.ts';
import { buildApplication, findRedirectUriProblem } from '../application.ts';
import { buildClientSecret } from '../secret-shapes.ts';
import type { Simulation } from '../simulation.ts';
import type { ApplicationRecord, TokenRecord } from '../state/records.ts';
import { restoreState, snapshotState } from '../state/simulation-state.ts';
import type { FaultEngine } from './fault-engine.ts';
import { ControlInputError, requireApplication } from './control-input.ts';
import { createGuildControl } from './guild-control.ts';
import { createMessageControl } from './message-control.ts';
import type { SimulatorControl } from './operations.ts';
import type { RequestLog } from './request-log.ts';

/** What the control works on besides the simulation itself. */
export interface ControlParts {
  readonly simulation: Simulation;
  readonly faults: FaultEngine;
  readonly requests: RequestLog;
  /** The limits that `reset` goes back to. */
  readonly initialRateLimits: RateLimits;
  /** Milliseconds added to the clock. */
  readonly clock: { offsetMs: number };
}

/** Makes the control of a simulator in this process. */
export function createLiveControl(parts: ControlParts): SimulatorControl {
  const { simulation, faults, requests, clock } = parts;
  const { store, rateLimiter } = simulation;
  const later = <T>(value: () => T): Promise<T> => new Promise((resolve) => resolve(value()));
  const nothing = (act: () => void): Promise<Record<string, never>> => later(() => (act(), {}));
  return {
    ...createGuildControl(simulation),
    ...createMessageControl(simulation),
    addFault: (rule) => later(() => ({ id: faults.add(rule) })),
    listFaults: () => later(() => ({ items: faults.list() })),
    removeFault: ({ id }) => later(() => ({ removed: faults.remove(id) })),
    clearFaults: () => nothing(() => faults.clear()),
    releaseFaults: ({ id }) => later(() => ({ released: faults.release(id) })),
    listRequests: (filter) =>
      later(() => {
        const items = requests.list(filter).map((record) => ({ ...record }));
        return { count: items.length, items };
      }),
    clearRequests: () => nothing(() => requests.clear()),
    readClock: () => later(() => ({ now_epoch_ms: simulation.nowEpochMs() })),
    advanceClock: ({ advance_ms }) =>
      later(() => {
        clock.offsetMs += advance_ms;
        return { now_epoch_ms: simulation.nowEpochMs() };
      }),
    expireAccessTokens: ({ client_id, user_id }) =>
      later(() => ({
        expired: expireAccessTokens(simulation, requireApplication(store, client_id).clientId, user_id),
      })),
    revokeAuthorization: ({ client_id, user_id }) =>
      nothing(() => store.endAuthorization(requireApplication(store, client_id).clientId, user_id)),
    inspectToken: ({ token }) => later(() => inspectToken(simulation, token)),
    listAuthorizations: () => later(() => ({ items: describeAuthorizations(simulation) })),
    listWebhooks: () =>
      later(() => ({
        items: store.listWebhooks().map(({ id, channelId, guildId, clientId }) => ({
          id,
          channel_id: channelId,
          guild_id: guildId,
          client_id: clientId,
        })),
      })),
    deleteWebhook: ({ id }) => nothing(() => store.deleteWebhook(id)),
    listApplications: () => later(() => ({ items: store.listApplications().map(describeApplication) })),
    registerApplication: (input) =>
      later(() => {
        const record = buildApplication(simulation, input);
        if (store.findApplication(record.clientId)) throw new ControlInputError('this client_id is registered already');
        requireRedirectUris(record.redirectUris);
        store.saveApplication(record);
        return describeApplication(record);
      }),
    setRedirectUris: ({ client_id, redirect_uris }) =>
      nothing(() => {
        requireRedirectUris(redirect_uris);
        store.saveApplication({ ...requireApplication(store, client_id), redirectUris: redirect_uris });
      }),
    resetClientSecret: ({ client_id, client_secret }) =>
      later(() => {
        const clientSecret = client_secret ?? buildClientSecret(simulation.random);
        store.saveApplication({ ...requireApplication(store, client_id), clientSecret });
        return { client_secret: clientSecret };
      }),
    listSecrets: () => later(() => ({ items: store.listIssuedSecrets() })),
    setRateLimits: (limits) =>
      nothing(() => {
        // Undefined members would hide the limits in force.
        const given = Object.fromEntries(Object.entries(limits).filter(([, window]) => window !== undefined));
        rateLimiter.limits = { ...rateLimiter.limits, ...given };
        rateLimiter.clear();
      }),
    readWorld: () => later(() => describeWorld(simulation)),
    saveState: () => later(() => ({ state: structuredClone(snapshotState(simulation)) })),
    restoreState: ({ state }) => nothing(() => restoreState(simulation, structuredClone(state))),
    reset: () =>
      nothing(() => {
        store.reset();
        simulation.guilds.reset();
        simulation.messages.reset();
        simulation.auditLog.clear();
        faults.clear();
        requests.clear();
        clock.offsetMs = 0;
        rateLimiter.limits = parts.initialRateLimits;
        rateLimiter.clear();
      }),
  };
}

function requireRedirectUris(redirectUris: readonly string[]): void {
  const problem = findRedirectUriProblem(redirectUris);
  if (problem !== undefined) throw new ControlInputError(problem);
}

function expireAccessTokens(simulation: Simulation, clientId: string, userId: string): number {
  const nowEpochMs = simulation.nowEpochMs();
  const live = listLiveTokens(simulation, clientId, userId).filter(
    (tokens) => tokens.accessExpiresAtEpochMs > nowEpochMs,
  );
  for (const tokens of live) simulation.store.expireAccessToken(tokens, nowEpochMs);
  return live.length;
}

function listLiveTokens({ store }: Simulation, clientId: string, userId: string): TokenRecord[] {
  return store.listTokens().filter((tokens) => tokens.clientId === clientId && tokens.userId === userId);
}

function inspectToken(simulation: Simulation, token: string) {
  const { store } = simulation;
  const pair = store.findByAccessToken(token);
  if (pair !== undefined) {
    const isUsable = pair.accessExpiresAtEpochMs > simulation.nowEpochMs();
    return { kind: 'access' as const, user_id: pair.userId, is_usable: isUsable };
  }
  const refreshable = store.findByRefreshToken(token);
  return refreshable === undefined
    ? { kind: null, user_id: null, is_usable: false }
    : { kind: 'refresh' as const, user_id: refreshable.userId, is_usable: true };
}

function describeAuthorizations(simulation: Simulation) {
  return simulation.store.listAuthorizations().map(({ clientId, userId, scopes }) => {
    const tokens = listLiveTokens(simulation, clientId, userId);
    return {
      client_id: clientId,
      user_id: userId,
      scopes,
      live_access_tokens: tokens.filter((pair) => pair.accessExpiresAtEpochMs > simulation.nowEpochMs()).length,
      live_refresh_tokens: tokens.filter((pair) => pair.refreshToken !== null).length,
    };
  });
}

function describeApplication(record: ApplicationRecord) {
  return {
    client_id: record.clientId,
    client_secret: record.clientSecret,
    bot_token: record.botToken,
    name: record.name,
    owner_user_id: record.ownerUserId,
    redirect_uris: record.redirectUris,
    bot_require_code_grant: record.botRequireCodeGrant,
    bot_public: record.botPublic,
    approved_scopes: record.approvedScopes,
    intents: record.intents,
  };
}

/** A copy that JSON can hold: bit fields become decimal strings. */
function describeWorld({ world, guilds }: Simulation): { users: unknown[]; guilds: unknown[] } {
  return { users: structuredClone([...world.users]), guilds: guilds.snapshot() };
}
