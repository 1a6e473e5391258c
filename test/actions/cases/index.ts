import type { ActionCases } from '../action-case.ts';
import { CHANNEL_CASES } from './channels.ts';
import { GUILD_CASES } from './guilds.ts';
import { MESSAGE_CASES } from './messages.ts';
import { USER_CASES } from './users.ts';
import { WEBHOOK_CASES } from './webhooks.ts';

/** How each action is called, by its id. An action that is not here fails the test that knows them all. */
export const ACTION_CASES: ActionCases = {
  ...USER_CASES,
  ...GUILD_CASES,
  ...CHANNEL_CASES,
  ...MESSAGE_CASES,
  ...WEBHOOK_CASES,
};
