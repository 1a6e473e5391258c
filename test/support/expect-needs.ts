import { expect } from 'vitest';
import type { PermissionName } from '../../shared/catalogue/permission.ts';
import { buildWorld, decide, type AuthorityWorld, type DecidedCall } from './authority-facts.ts';

/** What each of the two must hold; the other holds everything that either needs. */
export interface Needs {
  readonly actor: readonly PermissionName[];
  readonly bot: readonly PermissionName[];
  readonly call?: DecidedCall;
  readonly arrange?: (world: AuthorityWorld) => void;
}

/** Every failure of a call for which actor and bot hold just this. */
export async function listFailures(
  actionId: string,
  actor: readonly PermissionName[],
  bot: readonly PermissionName[],
  { call = {}, arrange }: Pick<Needs, 'call' | 'arrange'> = {},
) {
  const world = buildWorld(actor, bot);
  arrange?.(world);
  return (await decide(world, actionId, call)).failures;
}

/** Holds an action to exactly these needs: enough when all are there, and each missing one is named for whom it is missing. */
export async function expectNeeds(actionId: string, needs: Needs): Promise<void> {
  const { actor, bot } = needs;
  expect(await listFailures(actionId, actor, bot, needs), actionId).toEqual([]);
  for (const name of actor) {
    const rest = actor.filter((other) => other !== name);
    const failures = await listFailures(actionId, rest, bot, needs);
    expect(failures, `${actionId} without ${name}`).toMatchObject([
      { reason: 'actor_permission_missing', missing: expect.arrayContaining([name]) },
    ]);
  }
  for (const name of bot) {
    const rest = bot.filter((other) => other !== name);
    const failures = await listFailures(actionId, actor, rest, needs);
    expect(failures, `${actionId} of a bot without ${name}`).toMatchObject([
      { reason: 'bot_permission_missing', missing: expect.arrayContaining([name]) },
    ]);
  }
}
