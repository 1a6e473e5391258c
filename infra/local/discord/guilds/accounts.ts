import { toBotUser, toPublicUser } from '../api/wire-objects.ts';
import type { Simulation } from '../simulation.ts';
import { findUser } from '../world/world.ts';

/** A user or a bot, as far as others can see him. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly global_name: string | null;
  readonly isBot: boolean;
  /** Discord's user object. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Finds a user of the world or the bot of an application. */
export function findAccount({ world, store }: Simulation, userId: string): Account | undefined {
  const user = findUser(world, userId);
  if (user !== undefined) {
    const { id, username, global_name } = user;
    return { id, username, global_name, isBot: false, json: toPublicUser(user) };
  }
  const application = store.findApplication(userId);
  if (application === undefined) return undefined;
  const { clientId, name } = application;
  return { id: clientId, username: name, global_name: null, isBot: true, json: toBotUser(application) };
}
