import type { CallerReader } from '../app/ports.ts';
import { keys } from './keys.ts';
import {
  parseApiKeyRecord,
  parseConnection,
  parseConnectionTokenRecord,
  parseConnectSession,
  parseIntegration,
} from './records.ts';
import type { TableClient } from './table-client.ts';

/** Reads the caller's key and what the call is about in one consistent round trip (`BatchGetItem`). */
export function createCallerReader(table: TableClient): CallerReader {
  return {
    loadKeyAndConnection: async (keyId, connectionId) => {
      const [key, connection] = await table.getAll([keys.apiKey(keyId), keys.connection(connectionId)]);
      return { key: parseApiKeyRecord(key), connection: parseConnection(connection) };
    },
    loadKeyAndSession: async (keyId, sessionId) => {
      const [key, session] = await table.getAll([keys.apiKey(keyId), keys.session(sessionId)]);
      return { key: parseApiKeyRecord(key), session: parseConnectSession(session) };
    },
    loadKeyAndIntegration: async (keyId) => {
      const [key, integration] = await table.getAll([keys.apiKey(keyId), keys.integration()]);
      return { key: parseApiKeyRecord(key), integration: parseIntegration(integration) };
    },
    loadCallerAndConnection: async ({ keyId, tokenId }, connectionId) => {
      const wanted = [
        keys.apiKey(keyId),
        ...(tokenId === undefined ? [] : [keys.token(tokenId)]),
        ...(connectionId === undefined ? [] : [keys.connection(connectionId)]),
      ];
      const [key, ...rest] = await table.getAll(wanted);
      return {
        key: parseApiKeyRecord(key),
        token: parseConnectionTokenRecord(tokenId === undefined ? undefined : rest[0]),
        connection: parseConnection(connectionId === undefined ? undefined : rest.at(-1)),
      };
    },
    loadKey: async (keyId) => parseApiKeyRecord(await table.get(keys.apiKey(keyId))),
  };
}
