import { OAUTH2_ROUTES } from '../oauth/oauth2-routes.ts';
import type { ApiRoute } from './route.ts';
import { USER_ROUTES } from './users.ts';
import { WEBHOOK_ROUTES } from './webhooks.ts';

/** Every route below `/api` that the simulator serves. What is not here is a 404, as at Discord. */
export const API_ROUTES: readonly ApiRoute[] = [...OAUTH2_ROUTES, ...USER_ROUTES, ...WEBHOOK_ROUTES];
