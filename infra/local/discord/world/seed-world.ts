import { compareSnowflakes } from '../snowflake.ts';
import { SEED_GUILDS } from './seed-guilds.ts';
import { SEED_USERS } from './seed-users.ts';
import type { World } from './world.ts';

/** The world that the simulator starts with when no other is given. Always the same, so documents and tests can name ids. */
export const SEED_WORLD: World = {
  users: Object.values(SEED_USERS),
  guilds: Object.values(SEED_GUILDS).toSorted((left, right) => compareSnowflakes(left.id, right.id)),
};
