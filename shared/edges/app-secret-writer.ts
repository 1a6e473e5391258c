import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { AppSecretWriter } from '../app/ports.ts';
import { OutageError } from '../problems/failure.ts';
import { parseAppCredentials } from './app-secrets.ts';

/**
 * The operator's side of the integration's secret: JSON `{client_id, client_secret, bot_token?}`. Both methods throw
 * `OutageError` (`secret_unavailable`) when Secrets Manager is down or refuses.
 */
export function createAppSecretWriter(client: SecretsManagerClient, secretArn: string): AppSecretWriter {
  return {
    save: async (credentials) => {
      const SecretString = JSON.stringify({
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret.reveal(),
        ...(credentials.botToken === undefined ? {} : { bot_token: credentials.botToken.reveal() }),
      });
      try {
        await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString }));
      } catch (error) {
        throw toOutage(error);
      }
    },
    load: async () => {
      try {
        const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
        return parseAppCredentials(answer.SecretString);
      } catch (error) {
        // The secret of a fresh stack holds no credentials yet: that is a state, not a fault.
        if (isNotEntered(error)) return undefined;
        throw toOutage(error);
      }
    },
  };
}

function isNotEntered(error: unknown): boolean {
  if (error instanceof OutageError) return error.failure.reason === 'operator_setup_incomplete';
  return error instanceof Error && error.name === 'ResourceNotFoundException';
}

function toOutage(error: unknown): OutageError {
  return new OutageError({ reason: 'secret_unavailable' }, error instanceof Error ? error.name : 'unknown');
}
