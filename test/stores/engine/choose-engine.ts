import { createRequire } from 'node:module';

/** Names an engine that is already running, instead of dynalite. On loopback only: the suites write and delete at will. */
export const ENDPOINT_VARIABLE = 'TEST_DYNAMODB_ENDPOINT';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Which DynamoDB the suites run on. */
export interface ChosenEngine {
  /** Name and version, as printed with the results. */
  readonly name: string;
  /** Without a trailing slash. */
  readonly origin: string;
}

/**
 * The one place that chooses the engine: dynalite behind the project's own local server, or the one that
 * {@link ENDPOINT_VARIABLE} names, which then says itself what it is.
 * @param dynaliteOrigin - where the project's own server listens
 * @throws Error when the named engine is not on loopback or does not answer
 */
export async function chooseEngine(dynaliteOrigin: string): Promise<ChosenEngine> {
  const named = process.env[ENDPOINT_VARIABLE];
  if (named === undefined || named === '') return { name: `dynalite ${readDynaliteVersion()}`, origin: dynaliteOrigin };
  const { hostname, origin } = new URL(named);
  if (!LOOPBACK.has(hostname)) throw new Error(`${ENDPOINT_VARIABLE} must be on loopback, not ${hostname}`);
  return { name: await askName(origin), origin };
}

async function askName(origin: string): Promise<string> {
  try {
    const { headers } = await fetch(origin, { method: 'GET' });
    return headers.get('server')?.replace('/', ' ') ?? 'an engine that does not name itself';
  } catch (cause) {
    throw new Error(`no DynamoDB answers at ${origin}`, { cause });
  }
}

function readDynaliteVersion(): string {
  const { version } = createRequire(import.meta.url)('dynalite/package.json') as { version: string };
  return version;
}
