import { DEFAULT_DISCORD_BASE_URL } from '../shared/env.ts';

/** What an operator may choose at deployment, by `cdk -c name=value` or in the `context` of `cdk.json`. */
export interface DeploymentContext {
  /** Processor of every function. `arm64` unless chosen otherwise: it costs less for the same work. */
  readonly architecture: 'arm64' | 'x86_64';
  /** Origin of Discord, without a trailing slash. */
  readonly discordBaseUrl: string;
  /** Exact origins whose browsers may call the gateway (CORS); none means that no browser of another origin may. */
  readonly returnOrigins: readonly string[];
  /** Storage of an earlier deployment to work on; undefined: the stack makes its own. */
  readonly existingStorage: ExistingStorage | undefined;
}

/** Table, keys and secret that an earlier deployment (or a restore) left, in the account and region of this one. */
export interface ExistingStorage {
  readonly tableName: string;
  readonly tableKeyArn: string;
  readonly tokenKeyArn: string;
  readonly integrationSecretArn: string;
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
    existingStorage: parseExistingStorage(read),
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

const KEY_ARN = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):([0-9]{12}):key\/[A-Za-z0-9-]+$/;

/** Shape of each value, and what a wrong one is told; in the order in which they are reported as missing. */
const EXISTING_SHAPES = {
  existingTableName: { shape: /^[A-Za-z0-9_.-]{3,255}$/, wanted: 'the name of a DynamoDB table' },
  existingTableKeyArn: { shape: KEY_ARN, wanted: 'the ARN of a KMS key' },
  existingTokenKeyArn: { shape: KEY_ARN, wanted: 'the ARN of a KMS key' },
  existingIntegrationSecretArn: {
    // With the six characters that Secrets Manager appends: conditions of IAM compare the whole.
    shape: /^arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):([0-9]{12}):secret:[^*?\s]+-[A-Za-z0-9]{6}$/,
    wanted: 'the whole ARN of a Secrets Manager secret',
  },
} as const;

type ExistingName = keyof typeof EXISTING_SHAPES;

/** All four or none: a table without the key that opens its tokens is of no use, and half a storage would hide that. */
function parseExistingStorage(read: (name: string) => unknown): ExistingStorage | undefined {
  const names = Object.keys(EXISTING_SHAPES) as ExistingName[];
  const missing = names.filter((name) => read(name) === undefined);
  if (missing.length === names.length) return undefined;
  if (missing.length > 0) {
    throw new DeploymentContextError(
      `context ${names.join(', ')} go together, to take over the storage of an earlier deployment; missing: ${missing.join(', ')}`,
    );
  }
  const existing = {
    tableName: parseExisting('existingTableName', read),
    tableKeyArn: parseExisting('existingTableKeyArn', read),
    tokenKeyArn: parseExisting('existingTokenKeyArn', read),
    integrationSecretArn: parseExisting('existingIntegrationSecretArn', read),
  };
  const places = [existing.tableKeyArn, existing.tokenKeyArn, existing.integrationSecretArn].map(
    (arn) => `${arn.split(':')[4] ?? ''} ${arn.split(':')[3] ?? ''}`,
  );
  if (new Set(places).size > 1) {
    throw new DeploymentContextError(
      `context existing…Arn: all must be of one account and region; these are of ${[...new Set(places)].join(', ')}`,
    );
  }
  return existing;
}

function parseExisting(name: ExistingName, read: (name: string) => unknown): string {
  const value = read(name);
  const { shape, wanted } = EXISTING_SHAPES[name];
  if (typeof value === 'string' && shape.test(value)) return value;
  throw new DeploymentContextError(`context ${name}: ${JSON.stringify(value)} is not ${wanted}`);
}
