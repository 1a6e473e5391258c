import { buildJsonAnswer } from '../answer.ts';
import type { ApiRoute } from './route.ts';

/**
 * Where the gateway for events is. Nobody connects to it here; the route is asked because it needs no credential.
 * @see Discord docs: events/gateway (Get Gateway)
 */
export const GATEWAY_ROUTES: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/gateway',
    credentials: ['bearer', 'bot', 'none'],
    bucket: 'gateway',
    handle: () => buildJsonAnswer(200, { url: 'wss://gateway.discord.gg' }),
  },
];
