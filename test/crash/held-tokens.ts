import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Connection, TokenPair } from '../../shared/domain/connection.ts';
import { openWith, parseSealedKeyId, type Sealed, type SealContext } from '../../shared/domain/envelope.ts';
import { sealContexts } from '../../shared/domain/seal-contexts.ts';
import { parseConnection, parseConnectSession } from '../../shared/edges/records.ts';
import { buildEncryptionContext } from '../../shared/encryption-context.ts';
import { ENV } from '../../shared/env.ts';
import { buildSpillPrefix } from '../../shared/spill-name.ts';
import type { Harness } from '../support/harness.ts';
import type { Item } from './table-copies.ts';

/** A token pair that the product can still get at. */
export interface HeldPair extends Omit<TokenPair, 'refreshToken'> {
  /** Absent from an answer of Discord that made no connection: with the other one it can still be revoked. */
  readonly refreshToken?: string;
  /** `connection <id>`, `session <id>`, `spill of <connection id>`. */
  readonly holder: string;
}

/** Opens what the product has sealed, with a vault of its own: what it finds does not depend on the code under test. */
export interface TokenFinder {
  /** @throws Error when a seal does not open with a data key that is in the table */
  find(items: readonly Item[]): Promise<HeldPair[]>;
  /** What is spilled for these connections, as it is stored. */
  copySpills(items: readonly Item[]): Promise<SpillCopy[]>;
  /** Puts the copies in the place of what is spilled for these connections. */
  restoreSpills(items: readonly Item[], copies: readonly SpillCopy[]): Promise<void>;
}

export interface SpillCopy {
  readonly name: string;
  readonly sealed: Sealed;
}

interface SealedPair {
  readonly holder: string;
  readonly context: SealContext;
  readonly sealed: Sealed;
}

export function createTokenFinder({ stack }: Harness): TokenFinder {
  const { environment, awsEnvironment } = stack.target;
  const shared = {
    region: awsEnvironment['AWS_REGION'] ?? '',
    credentials: {
      accessKeyId: awsEnvironment['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: awsEnvironment['AWS_SECRET_ACCESS_KEY'] ?? '',
    },
  };
  const kms = new KMSClient({ ...shared, endpoint: stack.aws.endpoints.kms });
  const secrets = new SecretsManagerClient({ ...shared, endpoint: stack.aws.endpoints.secretsManager });
  const toSpillName = ({ id, tokensVersion }: Connection): string =>
    `${buildSpillPrefix(environment[ENV.deploymentName] ?? '')}${id}.${tokensVersion + 1}`;

  const unwrapped = new Map<string, Uint8Array>();
  const unwrap = async (tenantId: string, wrapped: Uint8Array): Promise<Uint8Array> => {
    const name = Buffer.from(wrapped).toString('base64');
    const known = unwrapped.get(name);
    if (known !== undefined) return known;
    const { Plaintext } = await kms.send(
      new DecryptCommand({
        KeyId: environment[ENV.tokenKeyArn],
        CiphertextBlob: wrapped,
        EncryptionContext: buildEncryptionContext(tenantId),
      }),
    );
    if (Plaintext === undefined) throw new Error('KMS gave no data key');
    unwrapped.set(name, Plaintext);
    return Plaintext;
  };

  /** Only a lease that was not given back can stand for a spill. */
  const loadSpill = async (connection: Connection): Promise<SealedPair[]> => {
    if (connection.refreshLease === undefined) return [];
    const { id, tenantId, tokensVersion } = connection;
    try {
      const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: toSpillName(connection) }));
      const context = sealContexts.spill(tenantId, id, tokensVersion + 1);
      return [{ holder: `spill of ${id}`, context, sealed: SecretString as Sealed }];
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  };

  const open = async (items: readonly Item[], { holder, context, sealed }: SealedPair): Promise<HeldPair> => {
    const sk = `DATAKEY#${parseSealedKeyId(sealed)}`;
    const key = items.find((item) => item['pk'] === `TENANT#${context.tenantId}` && item['sk'] === sk);
    if (!(key?.['wrappedKey'] instanceof Uint8Array)) throw new Error(`${holder}: its data key is gone`);
    const opened = JSON.parse(openWith(await unwrap(context.tenantId, key['wrappedKey']), context, sealed)) as
      Omit<HeldPair, 'holder'> | { readonly pair: TokenPair };
    const { accessToken, refreshToken } = 'pair' in opened ? opened.pair : opened;
    return { holder, accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) };
  };

  return {
    find: async (items) => {
      const connections = parseConnections(items);
      const spilled = await Promise.all(connections.map(loadSpill));
      const sealed = [...connections.flatMap(toSealedPair), ...items.flatMap(toKeptAnswer), ...spilled.flat()];
      return Promise.all(sealed.map((pair) => open(items, pair)));
    },
    copySpills: async (items) => {
      const copies = await Promise.all(
        parseConnections(items).map(async (connection) =>
          (await loadSpill(connection)).map(({ sealed }) => ({ name: toSpillName(connection), sealed })),
        ),
      );
      return copies.flat();
    },
    restoreSpills: async (items, copies) => {
      const leased = parseConnections(items).filter(({ refreshLease }) => refreshLease !== undefined);
      for (const name of new Set([...leased.map(toSpillName), ...copies.map((copy) => copy.name)])) {
        const secret = { SecretId: name, ForceDeleteWithoutRecovery: true };
        await secrets.send(new DeleteSecretCommand(secret)).catch((error: unknown) => {
          if (!isMissing(error)) throw error;
        });
      }
      for (const { name, sealed } of copies) {
        await secrets.send(new CreateSecretCommand({ Name: name, SecretString: sealed }));
      }
    },
  };
}

export function parseConnections(items: readonly Item[]): Connection[] {
  const found = items.filter(({ pk }) => String(pk).startsWith('CONNECTION#'));
  return found.flatMap((item) => parseConnection(item) ?? []);
}

function toSealedPair({ id, tenantId, tokensVersion, sealedTokens }: Connection): SealedPair[] {
  if (sealedTokens === undefined) return [];
  const context = sealContexts.tokens(tenantId, id, tokensVersion);
  return [{ holder: `connection ${id}`, context, sealed: sealedTokens }];
}

function toKeptAnswer(item: Item): SealedPair[] {
  if (!String(item['pk']).startsWith('SESSION#')) return [];
  const { id = '', tenantId = '', sealedAnswer } = parseConnectSession(item) ?? {};
  if (sealedAnswer === undefined) return [];
  return [{ holder: `session ${id}`, context: sealContexts.tokenAnswer(tenantId, id), sealed: sealedAnswer }];
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && error.name === 'ResourceNotFoundException';
}
