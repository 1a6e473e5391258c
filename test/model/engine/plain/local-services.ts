import type { AwsService } from '../../../../infra/local/aws/aws-service.ts';
import { buildKeyArn, openKeyStore } from '../../../../infra/local/aws/kms/key-store.ts';
import { buildKmsService } from '../../../../infra/local/aws/kms/kms-service.ts';
import { openSecretStore } from '../../../../infra/local/aws/secrets-manager/secret-store.ts';
import { buildSecretVault } from '../../../../infra/local/aws/secrets-manager/secret-vault.ts';
import { buildSecretsManagerService } from '../../../../infra/local/aws/secrets-manager/secrets-manager-service.ts';
import { PlainItems } from './plain-table.ts';

const INTEGRATION_SECRET = 'integration';

/** The table's items; KMS and Secrets Manager are the local servers' own. A reset puts another Secrets Manager in place. */
export interface LocalServices {
  readonly items: PlainItems;
  readonly kms: AwsService;
  secretsManager: AwsService;
}

interface Sources {
  readonly now: () => number;
  readonly random: (bytes: number) => Buffer;
}

/** Opens them, with one key. */
export function openLocalServices({ now, random }: Sources) {
  const keys = openKeyStore({ filePath: undefined, now, random });
  const tokenKey = keys.create('token key');
  return {
    items: new PlainItems(),
    kms: buildKmsService(keys, random),
    tokenKeyArn: buildKeyArn(tokenKey),
    /** A Secrets Manager that holds only the integration's secret. Its ARN follows from the random bytes. */
    openSecrets: (secretString: string): { service: AwsService; secretArn: string } => {
      const secrets = openSecretStore({ filePath: undefined, now, random });
      const vault = buildSecretVault(keys);
      const secret = secrets.create(INTEGRATION_SECRET, '', tokenKey.keyId);
      const sealed = vault.seal(secret, 'first', { kind: 'SecretString', text: secretString });
      secrets.addVersion(secret, { versionId: 'first', stages: ['AWSCURRENT'], kind: 'SecretString', sealed });
      return { service: buildSecretsManagerService(secrets, vault, random), secretArn: secret.arn };
    },
  };
}
