import type { ActionDefinition } from './action.ts';
import { botCatalogue } from './bot-catalogue.ts';
import { userConnectionsList, userGuildMemberRead, userGuildsList, userRead } from './users.ts';

/** Every action that the layer offers. What is not listed here is refused. */
export const catalogue: readonly ActionDefinition[] = Object.freeze([
  userRead,
  userConnectionsList,
  userGuildsList,
  userGuildMemberRead,
  ...botCatalogue,
]);
