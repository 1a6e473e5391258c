import { createApiKey, loadApiKeys, refuse, revokeApiKey } from '../../../shared/app/operate-tenants.ts';
import { rollApiKey } from '../../../shared/app/roll-api-key.ts';
import { toRfc3339 } from '../../../shared/domain/connection.ts';
import type { Secret } from '../../../shared/domain/secret.ts';
import type { ApiKeyRecord } from '../../../shared/domain/integration.ts';
import { ok } from '../../../shared/result.ts';
import { buildTable } from '../build-table.ts';
import { buildCommandLine, type Command, type CommandAnswer } from '../command.ts';
import { DURATION_RULE, parseDuration } from '../parse-duration.ts';
import { buildKeyTable, toKeyJson } from './show-keys.ts';

const DEFAULT_NAME = 'unnamed';

const KEEP_NOTE = 'Keep the key now: only its hash is stored, and it is not shown again.';

export const createKeyCommand: Command = {
  name: 'create-key',
  positionals: [],
  flags: {
    tenant: { value: 'TENANT', isRequired: true },
    name: { value: 'NAME', isRequired: false },
    actions: { value: 'ACTION,ACTION,...', isRequired: false },
    'expires-in': { value: 'DURATION', isRequired: false },
  },
  summary: "make an API key for a tenant's app; the key is shown this once",
  details: `NAME is for you, to tell keys apart: 1 to 60 printable ASCII characters. --actions names the only Discord actions that the
key may run, by their ids (docs/generated/actions.md); it can manage connect sessions, connections and connection tokens all
the same. --expires-in is a duration (30m, 24h, 90d) after which the key is refused.`,
  run: async ({ edges, flag }) => {
    const [actions, expiresIn] = [flag('actions'), flag('expires-in')];
    const lifeSeconds = expiresIn === undefined ? undefined : parseDuration(expiresIn);
    if (expiresIn !== undefined && lifeSeconds === undefined) return refuse(DURATION_RULE);
    const made = await createApiKey(edges, flag('tenant') ?? '', flag('name') ?? DEFAULT_NAME, {
      ...(actions === undefined ? {} : { actions: actions.split(',').map((id) => id.trim()) }),
      ...(lifeSeconds === undefined ? {} : { lifeSeconds }),
    });
    return made.ok ? ok(showOnce(made.value.key, made.value.record)) : made;
  },
};

export const listKeysCommand: Command = {
  name: 'list-keys',
  positionals: [],
  flags: { tenant: { value: 'TENANT', isRequired: true } },
  summary: "show a tenant's API keys with their limits and last use, never the keys",
  details:
    'Uses are noted once a day (UTC) and function sandbox: the time of the last use is that of its day, roughly.',
  run: async ({ edges, flag }) => {
    const tenantId = flag('tenant') ?? '';
    const found = await loadApiKeys(edges, tenantId);
    if (!found.ok) return found;
    const uses = await edges.keyUses.load(found.value.map(({ keyId }) => keyId));
    const text =
      found.value.length === 0
        ? `Tenant ${tenantId} has no API key yet: ${buildCommandLine('create-key', '--tenant', tenantId)}`
        : buildKeyTable(found.value, uses);
    return ok({ text, json: { items: found.value.map((record) => toKeyJson(record, uses.get(record.keyId))) } });
  },
};

export const rollKeyCommand: Command = {
  name: 'roll-key',
  positionals: ['KEYID'],
  flags: { overlap: { value: 'DURATION', isRequired: false } },
  summary: 'make an API key in place of another, which ends after an overlap; the new key is shown this once',
  details: `The new key has the name and the limits of the old one, and as much time to live as that had from its beginning. The old
one is refused after the overlap: 24h unless said otherwise, 0m to 30d. Connection tokens end with the key that made them.`,
  run: async ({ edges, positional, flag }) => {
    const overlap = flag('overlap');
    const overlapSeconds = overlap === undefined ? undefined : parseDuration(overlap);
    if (overlap !== undefined && overlapSeconds === undefined) return refuse(DURATION_RULE);
    const rolled = await rollApiKey(edges, positional(0), overlapSeconds);
    if (!rolled.ok) return rolled;
    const { key, record, replaced } = rolled.value;
    const answer = showOnce(key, record, replaced);
    const end = toRfc3339(replaced.validUntilEpochSeconds ?? 0);
    return ok({ ...answer, notes: [KEEP_NOTE, `Key ${replaced.keyId} works until ${end}.`] });
  },
};

export const revokeKeyCommand: Command = {
  name: 'revoke-key',
  positionals: ['KEYID'],
  flags: {},
  summary: 'refuse an API key from now on, for good',
  details: `KEYID is the 16 hex digits that list-keys shows, never the key itself. Connections stay as they are; connection tokens that
were made with the key end with it.`,
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

/** The one place where a key is printed. */
function showOnce(key: Secret, record: ApiKeyRecord, replaced?: ApiKeyRecord): CommandAnswer {
  const apiKey = key.reveal();
  const { keyId, tenantId, name, actions, validUntilEpochSeconds } = record;
  return {
    text: buildTable([
      ['API key', apiKey],
      ['id', keyId],
      ['tenant', tenantId],
      ['name', name],
      ...(actions === undefined ? [] : [['actions', actions.join(', ')]]),
      ...(validUntilEpochSeconds === undefined ? [] : [['expires', toRfc3339(validUntilEpochSeconds)]]),
    ]),
    json: {
      api_key: apiKey,
      tenant: tenantId,
      ...toKeyJson(record),
      ...(replaced === undefined ? {} : { replaces: toKeyJson(replaced) }),
    },
    notes: [KEEP_NOTE],
  };
}
