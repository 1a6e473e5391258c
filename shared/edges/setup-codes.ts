import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { SetupCodes, SetupCodeWriter } from '../app/ports.ts';
import { Secret } from '../domain/secret.ts';
import { OutageError } from '../problems/failure.ts';

/**
 * Reads the set-up code, each time anew: it is needed once, and must not lie in memory. Throws `OutageError` (`secret_unavailable`)
 * when Secrets Manager is down or refuses.
 */
export function createSetupCodes(client: SecretsManagerClient, secretArn: string): SetupCodes {
  return {
    load: async () => {
      try {
        const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
        // Who puts in a code with an editor or `echo` leaves a line feed behind it.
        return SecretString.trim() === '' ? undefined : new Secret(SecretString.trim());
      } catch (error) {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
        throw toOutage(error);
      }
    },
  };
}

/** The same for who may put another code in. */
export function createSetupCodeWriter(client: SecretsManagerClient, secretArn: string): SetupCodeWriter {
  return {
    ...createSetupCodes(client, secretArn),
    save: async (code) => {
      try {
        await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: code.reveal() }));
      } catch (error) {
        throw toOutage(error);
      }
    },
  };
}

function toOutage(error: unknown): OutageError {
  return new OutageError({ reason: 'secret_unavailable' }, error instanceof Error ? error.name : 'unknown');
}
