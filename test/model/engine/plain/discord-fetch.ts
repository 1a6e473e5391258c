import type { Turnstile } from '../turnstile.ts';
import { buildIncoming, type LocalDiscord } from './local-discord.ts';

/** `fetch` that asks the simulator in this process. @param discord - the one that is there now */
export function createDiscordFetch(discord: () => LocalDiscord, turnstile: Turnstile): typeof fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = init?.method ?? 'GET';
    const body = typeof init?.body === 'string' ? init.body : '';
    const headers = init?.headers as Record<string, string>;
    const call = (): Response => {
      const answer = discord().answer(buildIncoming(method, url, headers, body));
      return new Response(answer.body === '' ? null : answer.body, { status: answer.status, headers: answer.headers });
    };
    return turnstile.pass('discord', `${method} ${url.pathname}`, call, AT_DISCORD);
  };
}

export const AT_DISCORD = {
  /** Its edge refuses, or the connection breaks. */
  fail: (kind: 'refused' | 'lost'): Response => {
    if (kind === 'refused') return new Response('upstream connect error', { status: 503 });
    throw new TypeError('fetch failed');
  },
  isDone: ({ status }: Response): boolean => status < 300,
};
