/**
 * What the use cases need from the world, as interfaces. Unless said otherwise each method throws `OutageError` when what
 * it talks to is down, and a method that answers `boolean` tells whether its condition held and the write happened.
 */
export type * from './ports/ambient.ts';
export type * from './ports/operator-stores.ts';
export type * from './ports/operator-access.ts';
export type * from './ports/connect-session-store.ts';
export type * from './ports/connection-stores.ts';
export type * from './ports/todo-store.ts';
export type * from './ports/audit.ts';
export type * from './ports/vault.ts';
export type * from './ports/credentials.ts';
export type * from './ports/discord.ts';
export type * from './ports/bot-stores.ts';
export type * from './ports/idempotency-store.ts';
export type * from './ports/rate-gate.ts';
export type * from './ports/health.ts';
