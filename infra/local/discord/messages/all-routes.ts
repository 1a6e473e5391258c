import type { ApiRoute } from '../api/route.ts';
import { DM_ROUTES } from './dm-routes.ts';
import { MESSAGE_ROUTES } from './message-routes.ts';
import { PIN_ROUTES } from './pin-routes.ts';
import { REACTION_ROUTES } from './reaction-routes.ts';
import { SEARCH_ROUTES } from './search-routes.ts';

/** Everything that a bot can do with messages. Pins stand first: their path looks like that of a message. */
export const BOT_MESSAGE_ROUTES: readonly ApiRoute[] = [
  ...PIN_ROUTES,
  ...MESSAGE_ROUTES,
  ...REACTION_ROUTES,
  ...DM_ROUTES,
  ...SEARCH_ROUTES,
];
