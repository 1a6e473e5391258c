import { DEFAULT_DISCORD_BASE_URL } from '../shared/env.ts';

/** What an operator may choose at deployment, by `cdk -c name=value` or in the `context` of `cdk.json`. */
export interface DeploymentContext {
  /** Processor of every function. `arm64` unless chosen otherwise: it costs less for the same work. */
  readonly architecture: 'arm64' | 'x86_64';
  /** Origin of Discord, without a trailing slash. */
  readonly discordBaseUrl: string;
  /** Exact origins whose browsers may call the gateway (CORS); none means that no browser of another origin may. */
  readonly returnOrigins: readonly string[];
}

/** Thrown at synth when a context value can't be used; the message names the value and says what to write instead. */
export class DeploymentContextError extends Error {
  override name = 'DeploymentContextError';
}

/**
 * Reads and checks the context.
 * @param read - gives one context value, or undefined when it is not set (`construct.node.tryGetContext`)
 * @throws DeploymentContextError on the first value that is wrong
 */
export function parseDeploymentContext(read: (name: string) => unknown): DeploymentContext {
  return {
    architecture: parseArchitecture(read('architecture') ?? 'arm64'),
    discordBaseUrl: parseOrigin('discordBaseUrl', read('discordBaseUrl') ?? DEFAULT_DISCORD_BASE_URL),
    returnOrigins: parseReturnOrigins(read('returnOrigins') ?? []),
  };
}

function parseArchitecture(value: unknown): DeploymentContext['architecture'] {
  if (value === 'arm64' || value === 'x86_64') return value;
  throw new DeploymentContextError(`context architecture: ${JSON.stringify(value)} is neither arm64 nor x86_64`);
}

/** `cdk -c` can only give text, so a comma-separated list means the same as an array in `cdk.json`. */
function parseReturnOrigins(value: unknown): string[] {
  const listed: unknown = typeof value === 'string' ? value.split(',').filter((part) => part.trim() !== '') : value;
  if (!Array.isArray(listed)) {
    throw new DeploymentContextError(
      `context returnOrigins: ${JSON.stringify(value)} is neither an array nor a comma-separated list of origins`,
    );
  }
  const origins = listed.map((entry: unknown) =>
    parseOrigin('returnOrigins', typeof entry === 'string' ? entry.trim() : entry),
  );
  return [...new Set(origins)];
}

/**
 * Browsers compare origins as text, and `${origin}/path` must name what it says: so nothing but scheme, host and port, in
 * the spelling that browsers send. Plain http only on loopback: elsewhere it would carry tokens in the clear.
 * @see RFC 6454 §6.2 (serialization of an origin)
 */
function parseOrigin(name: string, value: unknown): string {
  const shown = JSON.stringify(value);
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol)) {
    throw new DeploymentContextError(`context ${name}: ${shown} is not an origin such as "https://app.example"`);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new DeploymentContextError(`context ${name}: ${shown} must use https (plain http is for loopback only)`);
  }
  if (url.origin !== value) {
    throw new DeploymentContextError(`context ${name}: ${shown} is not a bare origin; write "${url.origin}"`);
  }
  return value;
}

function isLoopback(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) || hostname.endsWith('.localhost');
}
