import { createApiKey, loadApiKeys, revokeApiKey } from '../../../shared/app/operate-tenants.ts';
import { toRfc3339 } from '../../../shared/domain/connection.ts';
import type { ApiKeyRecord } from '../../../shared/domain/integration.ts';
import { ok } from '../../../shared/result.ts';
import { buildTable } from '../build-table.ts';
import { buildCommandLine, type Command } from '../command.ts';

const DEFAULT_NAME = 'unnamed';

export const createKeyCommand: Command = {
  name: 'create-key',
  positionals: [],
  flags: {
    tenant: { value: 'TENANT', isRequired: true },
    name: { value: 'NAME', isRequired: false },
  },
  summary: "make an API key for a tenant's app; the key is shown this once",
  details: 'NAME is for you, to tell keys apart: 1 to 60 printable ASCII characters.',
  run: async ({ edges, flag }) => {
    const made = await createApiKey(edges, flag('tenant') ?? '', flag('name') ?? DEFAULT_NAME);
    if (!made.ok) return made;
    const { key, record } = made.value;
    // The one place where a key is printed.
    const apiKey = key.reveal();
    return ok({
      text: buildTable([
        ['API key', apiKey],
        ['id', record.keyId],
        ['tenant', record.tenantId],
        ['name', record.name],
      ]),
      json: { api_key: apiKey, tenant: record.tenantId, ...toJson(record) },
      notes: ['Keep the key now: only its hash is stored, and it is not shown again.'],
    });
  },
};

export const listKeysCommand: Command = {
  name: 'list-keys',
  positionals: [],
  flags: { tenant: { value: 'TENANT', isRequired: true } },
  summary: "show a tenant's API keys by id and name; the keys themselves are not stored",
  run: async ({ edges, flag }) => {
    const tenantId = flag('tenant') ?? '';
    const found = await loadApiKeys(edges, tenantId);
    if (!found.ok) return found;
    const rows = found.value.map((record) => [
      record.keyId,
      record.name,
      toRfc3339(record.createdAtEpochSeconds),
      record.revokedAtEpochSeconds === undefined ? 'no' : toRfc3339(record.revokedAtEpochSeconds),
    ]);
    const text =
      rows.length === 0
        ? `Tenant ${tenantId} has no API key yet: ${buildCommandLine('create-key', '--tenant', tenantId)}`
        : buildTable([['id', 'name', 'created', 'revoked'], ...rows]);
    return ok({ text, json: { items: found.value.map(toJson) } });
  },
};

export const revokeKeyCommand: Command = {
  name: 'revoke-key',
  positionals: ['KEYID'],
  flags: {},
  summary: 'refuse an API key from now on, for good',
  details: 'KEYID is the 16 hex digits that list-keys shows, never the key itself. Connections stay as they are.',
  run: async ({ edges, positional }) => {
    const keyId = positional(0);
    const revoked = await revokeApiKey(edges, keyId);
    if (!revoked.ok) return revoked;
    return ok({
      text: `Key ${keyId} is revoked. It is refused from the next request on.`,
      json: { id: keyId, revoked: true },
    });
  },
};

function toJson(record: ApiKeyRecord): Record<string, string | undefined> {
  return {
    id: record.keyId,
    name: record.name,
    created_at: toRfc3339(record.createdAtEpochSeconds),
    ...(record.revokedAtEpochSeconds === undefined ? {} : { revoked_at: toRfc3339(record.revokedAtEpochSeconds) }),
  };
}
