import { createHash } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { AppCredentials, AppSecretWriter, StoredCredentials } from '../app/ports.ts';
import { OutageError } from '../problems/failure.ts';
import { parseAppCredentials } from './app-secrets.ts';

/** Name of the version of a secret that has none yet. */
const NO_VERSION = 'none';

/** How many successors of one version are tried: one for each time that somebody has rolled the secret back to it by hand. */
const MAX_SUCCESSORS = 5;

/**
 * The operator's side of the integration's secret: JSON `{client_id, client_secret, bot_token?}`. All methods throw
 * `OutageError` (`secret_unavailable`) when Secrets Manager is down or refuses.
 */
export function createAppSecretWriter(client: SecretsManagerClient, secretArn: string): AppSecretWriter {
  const loadVersion = async (): Promise<StoredCredentials> => {
    try {
      const { VersionId, SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
      const credentials = parseEntered(SecretString);
      return { version: VersionId ?? NO_VERSION, ...(credentials === undefined ? {} : { credentials }) };
    } catch (error) {
      // The secret of a fresh stack holds no credentials yet: that is a state, not a fault.
      if (isNamed(error, 'ResourceNotFoundException')) return { version: NO_VERSION };
      throw toOutage(error);
    }
  };

  const put = async (credentials: AppCredentials, token?: string): Promise<boolean> => {
    const SecretString = JSON.stringify({
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret.reveal(),
      ...(credentials.botToken === undefined ? {} : { bot_token: credentials.botToken.reveal() }),
    });
    const ClientRequestToken = token === undefined ? {} : { ClientRequestToken: token };
    try {
      await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString, ...ClientRequestToken }));
      return true;
    } catch (error) {
      if (token !== undefined && isNamed(error, 'ResourceExistsException')) return false;
      throw toOutage(error);
    }
  };

  return {
    save: async (credentials, overVersion) => {
      if (overVersion === undefined) return await put(credentials);
      let isTaken = false;
      for (let attempt = 0; attempt < MAX_SUCCESSORS; attempt += 1) {
        isTaken = await put(credentials, buildSuccessor(overVersion, attempt));
        // After a roll-back by hand the successor is there already and does not become the current one again.
        if ((await loadVersion()).version !== overVersion) return isTaken;
      }
      return isTaken;
    },
    load: async () => (await loadVersion()).credentials,
    loadVersion,
  };
}

/**
 * Secrets Manager has no conditional write, but takes one value per request token: when all who follow on one version send the token
 * that is made of it, one of them wins. @see Secrets Manager API reference: PutSecretValue (ClientRequestToken)
 */
function buildSuccessor(version: string, attempt: number): string {
  return createHash('sha256').update(`${version}/${attempt}`).digest('hex');
}

function parseEntered(text: string | undefined): AppCredentials | undefined {
  try {
    return parseAppCredentials(text);
  } catch (error) {
    if (error instanceof OutageError && error.failure.reason === 'operator_setup_incomplete') return undefined;
    throw error;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

function toOutage(error: unknown): OutageError {
  if (error instanceof OutageError) return error;
  return new OutageError({ reason: 'secret_unavailable' }, error instanceof Error ? error.name : 'unknown');
}
