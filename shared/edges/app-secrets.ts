import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import type { AppCredentials, AppSecrets, Clock } from '../app/ports.ts';
import { Secret } from '../domain/secret.ts';
import { OutageError } from '../problems/failure.ts';

/** Milliseconds. A changed secret is noticed by a refused one at once; this bounds how long an old bot token lives on here. */
const SECRET_MAX_AGE_MS = 5 * 60 * 1000;

const storedSecret = z.object({
  client_id: z.string().check(z.minLength(1)),
  client_secret: z.string().check(z.minLength(1)),
  bot_token: z.optional(z.string()),
});

/** Reads and caches the integration's secret: JSON `{client_id, client_secret, bot_token?}`. */
export function createAppSecrets(client: SecretsManagerClient, secretArn: string, clock: Clock): AppSecrets {
  let cached: { credentials: AppCredentials; readAtEpochMs: number } | undefined;

  const reload = async (): Promise<AppCredentials> => {
    const credentials = parseAppCredentials(await readSecret(client, secretArn));
    cached = { credentials, readAtEpochMs: clock.nowEpochMs() };
    return credentials;
  };

  return {
    reload,
    load: async () => {
      const age = cached === undefined ? Number.POSITIVE_INFINITY : clock.nowEpochMs() - cached.readAtEpochMs;
      return cached !== undefined && age >= 0 && age < SECRET_MAX_AGE_MS ? cached.credentials : reload();
    },
  };
}

/** Neither the value nor the parser's message may go on: both can hold the secret. */
export function parseAppCredentials(text: string | undefined): AppCredentials {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    throw new OutageError({ reason: 'operator_setup_incomplete', missing: 'client secret' }, 'SecretNotJson');
  }
  const parsed = storedSecret.safeParse(value);
  if (!parsed.success) {
    throw new OutageError({ reason: 'operator_setup_incomplete', missing: 'client secret' }, 'SecretIncomplete');
  }
  return {
    clientId: parsed.data.client_id,
    clientSecret: new Secret(parsed.data.client_secret),
    ...(parsed.data.bot_token === undefined ? {} : { botToken: new Secret(parsed.data.bot_token) }),
  };
}

async function readSecret(client: SecretsManagerClient, secretArn: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId: secretArn }))).SecretString;
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    if (name === 'ResourceNotFoundException') {
      throw new OutageError({ reason: 'operator_setup_incomplete', missing: 'client secret' }, name);
    }
    throw new OutageError({ reason: 'secret_unavailable' }, name);
  }
}
