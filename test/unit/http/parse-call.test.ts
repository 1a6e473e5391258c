import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { defineAction, NO_NEEDS, type ActionDefinition } from '../../../shared/catalogue/action.ts';
import { snowflake } from '../../../shared/catalogue/parameters.ts';
import { parseCall } from '../../../shared/http/parse-call.ts';

const ID = '197038439483310086';
const BASE = {
  summary: 'For this test',
  operationId: 'x',
  docs: 'https://discord.com/developers/docs',
  credential: 'bot',
  scopes: [],
  needs: NO_NEEDS,
  place: 'channel',
  pathParameters: { channel_id: snowflake },
  query: {},
  successStatuses: [200],
  example: { pathParameters: {} },
} as const;
const ACTIONS: readonly ActionDefinition[] = [
  defineAction({
    ...BASE,
    id: 'channel.edit',
    method: 'PATCH',
    path: '/channels/{channel_id}',
    effect: 'write',
    retry: 'recorded',
    takesAuditLogReason: true,
    body: { schema: z.looseObject({}), isRequired: true, takesFiles: false },
  }),
  defineAction({
    ...BASE,
    id: 'channel.read',
    method: 'GET',
    path: '/channels/{channel_id}',
    effect: 'read',
    retry: 'idempotent',
    takesAuditLogReason: false,
  }),
];

function read(method: string, headers: Record<string, string>, body = '', path = `/channels/${ID}`) {
  return parseCall(ACTIONS, {
    method,
    path: `/connections/con_x/api/v10${path}`,
    query: new URLSearchParams(),
    headers,
    body: Buffer.from(body),
  });
}

const JSON_HEADERS = { 'content-type': 'application/json' };

describe('parseCall', () => {
  it('reads all that a call says', () => {
    const headers = { ...JSON_HEADERS, 'x-audit-log-reason': 'a b', 'idempotency-key': 'k', 'dry-run': 'true' };

    expect(read('PATCH', headers, '{"name":"x"}')).toMatchObject({
      ok: true,
      value: {
        action: { id: 'channel.edit' },
        discordPath: `/api/v10/channels/${ID}`,
        body: { json: { name: 'x' }, text: '{"name":"x"}', files: [] },
        auditLogReason: 'a%20b',
        idempotencyKey: 'k',
        isDryRun: true,
      },
    });
  });

  it.each([{}, { 'dry-run': 'false' }])('makes no dry run of a call that asks for none: %j', (headers) => {
    const parsed = read('GET', headers);

    expect(parsed.ok && [parsed.value.isDryRun, parsed.value.idempotencyKey]).toEqual([false, undefined]);
  });

  it.each([
    ['a path', 'PATCH', {}, '/channels/1', 'input_path_invalid'],
    ['a wish for a dry run', 'PATCH', { 'dry-run': 'yes' }, undefined, 'input_invalid'],
    ['a reason', 'GET', { 'x-audit-log-reason': 'x' }, undefined, 'input_invalid'],
    ['a key', 'PATCH', { 'idempotency-key': '' }, undefined, 'input_invalid'],
    ['a missing body', 'PATCH', JSON_HEADERS, undefined, 'input_invalid'],
  ])('refuses %s', (_, method, headers, path, reason) => {
    expect(read(method, headers as Record<string, string>, '', path)).toMatchObject({ ok: false, failure: { reason } });
  });
});
