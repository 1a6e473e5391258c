import { BOT_GUILD_ROUTES } from '../guilds/all-routes.ts';
import { BOT_MESSAGE_ROUTES } from '../messages/all-routes.ts';
import { OAUTH2_ROUTES } from '../oauth/oauth2-routes.ts';
import { BOT_WEBHOOK_ROUTES } from '../webhooks/bot-routes.ts';
import { TOKEN_WEBHOOK_ROUTES } from '../webhooks/token-routes.ts';
import { GATEWAY_ROUTES } from './gateway.ts';
import type { ApiRoute } from './route.ts';
import { USER_ROUTES } from './users.ts';

/** Every route below `/api` that the simulator serves. What is not here is a 404, as at Discord. */
export const API_ROUTES: readonly ApiRoute[] = [
  ...OAUTH2_ROUTES,
  ...USER_ROUTES,
  ...GATEWAY_ROUTES,
  ...BOT_GUILD_ROUTES,
  ...BOT_MESSAGE_ROUTES,
  ...BOT_WEBHOOK_ROUTES,
  ...TOKEN_WEBHOOK_ROUTES,
];
