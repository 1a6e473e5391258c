import type { IncomingRequest } from './incoming.ts';

const LOOPBACK_ADDRESSES: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** The names under which this machine reaches the simulator; another name means DNS rebinding. */
const LOOPBACK_HOST_PATTERN = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]+)?$/;

/** Whether the request came over the loopback interface, to a name of this machine. */
export function isFromThisMachine(request: IncomingRequest): boolean {
  return LOOPBACK_ADDRESSES.has(request.remoteAddress) && LOOPBACK_HOST_PATTERN.test(request.headers.host ?? '');
}

/**
 * Whether another site's page sent the form. Browsers tell where a form came from; scripts send neither header and are
 * let in.
 * @param baseUrl - the simulator's origin
 */
export function isFromElsewhere(request: IncomingRequest, baseUrl: string): boolean {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const { port } = new URL(baseUrl);
  const own = [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  return (origin !== undefined && !own.includes(origin)) || (site !== undefined && site !== 'same-origin');
}
