import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { AppSecretWriter } from '../app/operate-integration.ts';
import { OutageError } from '../problems/failure.ts';
import { parseAppCredentials } from './app-secrets.ts';

/** The operator's side of the integration's secret: JSON `{client_id, client_secret, bot_token?}`. */
export function createAppSecretWriter(client: SecretsManagerClient, secretArn: string): AppSecretWriter {
  return {
    save: async (credentials) => {
      const SecretString = JSON.stringify({
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret.reveal(),
        ...(credentials.botToken === undefined ? {} : { bot_token: credentials.botToken.reveal() }),
      });
      await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString }));
    },
    load: async () => {
      try {
        const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
        return parseAppCredentials(answer.SecretString);
      } catch (error) {
        // The secret of a fresh stack holds no credentials yet: that is a state, not a fault.
        if (isNotEntered(error)) return undefined;
        throw error;
      }
    },
  };
}

function isNotEntered(error: unknown): boolean {
  if (error instanceof OutageError) return error.failure.reason === 'operator_setup_incomplete';
  return error instanceof Error && error.name === 'ResourceNotFoundException';
}
