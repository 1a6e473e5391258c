import type { ApiRoute } from '../api/route.ts';
import { APPLICATION_ROUTES } from './application-routes.ts';
import { BAN_ROUTES } from './ban-routes.ts';
import { CHANNEL_ROUTES } from './channel-routes.ts';
import { GUILD_ROUTES } from './guild-routes.ts';
import { MEMBER_ROUTES } from './member-routes.ts';
import { THREAD_MEMBER_ROUTES } from './thread-member-routes.ts';
import { THREAD_ROUTES } from './thread-routes.ts';

/** Everything that a bot can do with guilds, members, channels and threads. */
export const BOT_GUILD_ROUTES: readonly ApiRoute[] = [
  ...APPLICATION_ROUTES,
  ...GUILD_ROUTES,
  ...MEMBER_ROUTES,
  ...BAN_ROUTES,
  ...CHANNEL_ROUTES,
  ...THREAD_MEMBER_ROUTES,
  ...THREAD_ROUTES,
];
