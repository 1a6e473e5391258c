import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { SpillName, SpillStore } from '../app/ports.ts';
import { parseSealedKeyId, SealBrokenError, type Sealed } from '../domain/envelope.ts';
import { sha256Hex } from '../domain/hash.ts';
import { OutageError } from '../problems/failure.ts';
import { buildSpillPrefix } from '../spill-name.ts';

/** Tells whoever looks through the account's secrets what this is, beside its name. */
const DESCRIPTION =
  'Discord Integration: rotated tokens that the table did not take. Removed when the connection has them.';
const TAGS = [{ Key: 'discord-integration:kind', Value: 'spilled-tokens' }];

/** A spill in a deletion with a recovery window is as good as gone: only an operator deletes like that. */
const GONE = ['ResourceNotFoundException', 'InvalidRequestException'];

/**
 * Spilled token pairs as secrets of their own, `<deployment>/spill/<connection id>.<tokens version>`, under AWS's own key for
 * Secrets Manager: none of it depends on the table, on its key or on its throughput. Values are sealed with the tenant's data
 * key already. Throws `OutageError` (`secret_unavailable`) when Secrets Manager is down or refuses.
 * @see docs/adr/0007-spill-to-secrets-manager.md
 */
export function createSpillStore(client: SecretsManagerClient, deploymentName: string): SpillStore {
  const toName = ({ connectionId, tokensVersion }: SpillName): string =>
    `${buildSpillPrefix(deploymentName)}${connectionId}.${tokensVersion}`;

  return {
    save: async (spill, sealed) => {
      const name = toName(spill);
      // The same pair gives the same token: a creation whose answer was lost is repeated without making a second version.
      const value = { SecretString: sealed, ClientRequestToken: sha256Hex(`${name}\n${sealed}`) };
      try {
        await client.send(new CreateSecretCommand({ Name: name, Description: DESCRIPTION, Tags: TAGS, ...value }));
      } catch (error) {
        if (nameOf(error) !== 'ResourceExistsException') throw toOutage(error);
        await guard(() => client.send(new PutSecretValueCommand({ SecretId: name, ...value })));
      }
    },
    load: async (spill) => {
      try {
        const answer = await client.send(new GetSecretValueCommand({ SecretId: toName(spill) }));
        return answer.SecretString === undefined ? undefined : toSealed(answer.SecretString);
      } catch (error) {
        if (GONE.includes(nameOf(error))) return undefined;
        throw toOutage(error);
      }
    },
    remove: async (spill) => {
      try {
        await client.send(new DeleteSecretCommand({ SecretId: toName(spill), ForceDeleteWithoutRecovery: true }));
      } catch (error) {
        if (!GONE.includes(nameOf(error))) throw toOutage(error);
      }
    },
  };
}

/** What is no sealed value was put there by somebody else. */
function toSealed(text: string): Sealed {
  try {
    parseSealedKeyId(text);
  } catch (error) {
    if (!(error instanceof SealBrokenError)) throw error;
    throw new OutageError({ reason: 'sealed_data_unreadable' }, error.name);
  }
  return text as Sealed;
}

async function guard<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw toOutage(error);
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function toOutage(error: unknown): OutageError {
  return error instanceof OutageError ? error : new OutageError({ reason: 'secret_unavailable' }, nameOf(error));
}
