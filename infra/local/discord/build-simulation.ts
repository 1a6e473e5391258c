import type { RateLimits } from './api/rate-limiter.ts';
import { RateLimiter } from './api/rate-limiter.ts';
import { AuditLog } from './guilds/audit-log.ts';
import type { RandomBytes } from './secret-shapes.ts';
import type { Simulation } from './simulation.ts';
import { GuildState } from './state/guild-state.ts';
import { MessageState } from './state/message-state.ts';
import type { SimulatorState } from './state/records.ts';
import { SimulatorStore } from './state/store.ts';
import { SEED_WORLD } from './world/seed-world.ts';
import type { World } from './world/world.ts';

/** What a simulation starts from. */
export interface SimulationParts {
  readonly state: SimulatorState;
  /** Users and guilds instead of the usual ones; then the guilds of the state do not count. */
  readonly seed?: World | undefined;
  readonly limits: RateLimits;
  readonly random: RandomBytes;
  readonly nowEpochMs: () => number;
  readonly baseUrl: () => string;
}

/** Makes a simulation without its HTTP server. It has no application yet but those of the state. */
export function buildSimulation({ state, seed, limits, ...given }: SimulationParts): Simulation {
  const world = seed ?? SEED_WORLD;
  const guilds = new GuildState(world.guilds);
  if (seed === undefined && state.guilds !== undefined) guilds.restore(state.guilds);
  const messages = new MessageState();
  if (state.messages !== undefined) messages.restore(state.messages);
  return {
    ...given,
    world,
    store: new SimulatorStore(state),
    guilds,
    messages,
    auditLog: new AuditLog(),
    rateLimiter: new RateLimiter(limits),
  };
}
