import type { RateLimiter } from './api/rate-limiter.ts';
import type { AuditLog } from './guilds/audit-log.ts';
import type { RandomBytes } from './secret-shapes.ts';
import type { GuildState } from './state/guild-state.ts';
import type { MessageState } from './state/message-state.ts';
import type { SimulatorStore } from './state/store.ts';
import type { World } from './world/world.ts';

/** All that the routes work on: one running simulator without its HTTP server. */
export interface Simulation {
  /** Who there is. Its guilds are those of the start: `guilds` has them as they are now. */
  readonly world: World;
  readonly store: SimulatorStore;
  readonly guilds: GuildState;
  readonly messages: MessageState;
  readonly auditLog: AuditLog;
  readonly rateLimiter: RateLimiter;
  readonly random: RandomBytes;
  /** The simulator's own time: the given clock plus what the control API has added. */
  nowEpochMs(): number;
  /** Origin under which this simulator is reached, for the URLs that it hands out. */
  baseUrl(): string;
}
