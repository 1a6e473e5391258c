import { beforeAll, describe, expect, it } from 'vitest';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import { acceptsValue, readAt, type Json, type OpenApiDocument } from '../contract/openapi-document.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { armGuild, PLACES } from './armed-guild.ts';

describe('what the gateway answers', () => {
  const harness = useHarness();
  let document: OpenApiDocument;
  let connection = '';
  beforeAll(async () => {
    connection = await armGuild(harness);
    document = (await harness.wire.send('GET', '/openapi.json')).json as OpenApiDocument;
  });

  const send = (method: string, path: string, json?: unknown, headers: Record<string, string> = {}) =>
    harness.wire.send(method, path, { key: harness.key, headers, ...(json === undefined ? {} : { json }) });

  /** The response object that the document has for this operation and answer. */
  const findResponse = (operationId: string, { status }: JsonAnswer): Json => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const responses = operations.find((operation) => operation['operationId'] === operationId)?.['responses'];
    const found = readAt(responses, [String(status)]) ?? readAt(responses, [`${Math.floor(status / 100)}XX`]);
    const { $ref } = (found ?? {}) as { readonly $ref?: string };
    return ($ref === undefined ? found : readAt(document, $ref.slice(2).split('/'))) as Json;
  };

  const expectDocumented = (operationId: string, answer: JsonAnswer, status: number): void => {
    const response = findResponse(operationId, answer);
    const type = answer.headers['content-type']?.split(';')[0] ?? '';

    expect(answer.status).toBe(status);
    expect(acceptsValue(document, readAt(response, ['content', type, 'schema']), answer.json)).toBe(true);
  };

  it('is documented at its own address', () => {
    expect(document['servers']).toEqual([{ url: harness.origin }]);
  });

  it('is documented: connect session, connection, lists, tokens and links', async () => {
    const session = { user_id: 'new', return_url: 'http://localhost:9/back' };
    expectDocumented('create_connect_session', await send('POST', '/connect-sessions', session), 201);
    expectDocumented('list_connections', await send('GET', '/connections'), 200);
    expectDocumented('read_connection', await send('GET', `/connections/${connection}`), 200);
    const link = await send('POST', `/connections/${connection}/user-links`, {});
    const token = await send('POST', `/connections/${connection}/tokens`, { actions: ['user.read'] });
    harness.knowSecret({ kind: 'connection token', value: String(token.json.token), scope: 'logs' });
    expectDocumented('create_user_link', link, 201);
    expectDocumented('create_connection_token', token, 201);
  });

  it('is documented: what would work, of all actions and of one call', async () => {
    const query = `guild_id=${PLACES.guild}&channel_id=${PLACES.general}`;
    const kick = `/connections/${connection}/api/v10/guilds/${PLACES.guild}/members/${SEED_USERS.ada.id}`;
    const decided = await send('DELETE', kick, undefined, { 'dry-run': 'true' });

    expectDocumented('explain_actions', await send('GET', `/connections/${connection}/actions?${query}`), 200);
    expectDocumented('member_kick', decided, 200);
    // With something against it, so that the obstacles are looked at, too.
    expect(decided.json).toMatchObject({ would_work: false });
  });

  it('is documented: problems of the layer and of Discord', async () => {
    const accept = { accept: 'application/problem+json' };
    const messages = `/connections/${connection}/api/v10/channels/${PLACES.general}/messages`;
    const wrong = { content: 'x'.repeat(2_001) };
    expectDocumented('message_create', await send('POST', messages, wrong, accept), 400);
    expectDocumented('message_read', await send('GET', `${messages}/1200000000000000001`, undefined, accept), 404);
    expectDocumented('read_connection', await send('GET', '/connections/con_unknown'), 404);
  });

  it('would be found out if it were not', () => {
    const { Problem } = document.components.schemas;

    expect(acceptsValue(document, Problem, { code: 'made_up' })).not.toBe(true);
  });
});
