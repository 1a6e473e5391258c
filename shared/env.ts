/**
 * Every environment variable that a function reads: its name, what it holds and in which unit. Infra sets them from this
 * list and `readEnv` is the one place that reads them, so a name exists once on both sides of a deployment.
 */
export const ENV = {
  /** Where the function's code lies. Set by Lambda itself. */
  taskRoot: 'LAMBDA_TASK_ROOT',
  /** Name of the one DynamoDB table. */
  tableName: 'TABLE_NAME',
  /** ARN of the KMS key that wraps the tenants' data keys. Set only on functions that seal or open tokens. */
  tokenKeyArn: 'TOKEN_KEY_ARN',
  /** ARN of the Secrets Manager secret with client secret and bot token. Set only on functions that exchange, refresh or revoke. */
  integrationSecretArn: 'INTEGRATION_SECRET_ARN',
  /** ARN of the Secrets Manager secret with the one-time set-up code. Set only on the operator's function. */
  setupCodeSecretArn: 'SETUP_CODE_SECRET_ARN',
  /** Origin under which callers reach the gateway, without a trailing slash. Never derived from request headers. */
  publicBaseUrl: 'PUBLIC_BASE_URL',
  /** What tells log lines and metrics of two deployments in one account apart. */
  deploymentName: 'DEPLOYMENT_NAME',
  /** Origin of Discord (or of the simulator), without a trailing slash. */
  discordBaseUrl: 'DISCORD_BASE_URL',
} as const;

export type EnvKey = keyof typeof ENV;

/** Discord's own origin, used when `DISCORD_BASE_URL` is not set. */
export const DEFAULT_DISCORD_BASE_URL = 'https://discord.com';

/** Thrown at cold start when the template did not set a variable that the function needs. */
export class MissingEnvError extends Error {
  override name = 'MissingEnvError';
}

/**
 * Reads the named variables.
 * @param keys - which of {@link ENV} the function needs
 * @returns one string for each key
 * @throws MissingEnvError naming every variable that is missing or empty
 */
export function readEnv<K extends EnvKey>(...keys: K[]): Record<K, string> {
  const missing = keys.filter((key) => !process.env[ENV[key]]);
  if (missing.length > 0) {
    throw new MissingEnvError(`missing environment variable: ${missing.map((key) => ENV[key]).join(', ')}`);
  }
  return Object.fromEntries(keys.map((key) => [key, process.env[ENV[key]]])) as Record<K, string>;
}
