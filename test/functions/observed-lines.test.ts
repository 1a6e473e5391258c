import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startHarness, type Harness } from '../support/harness.ts';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';

/** The functions as they are deployed, so that these are the lines that CloudWatch gets. */
describe('the lines of one request', () => {
  let harness: Harness;
  let requestId: string;
  let lines: Record<string, unknown>[];

  beforeAll(async () => {
    harness = await startHarness({ functions: 'sandboxes' });
    const { wire, key } = harness;
    const input = { user_id: 'lines', return_url: 'http://localhost:9/back' };
    const { id } = await wire.connect(key, input, { userId: SEED_USERS.ada.id });
    const answer = await wire.send('GET', `/connections/${id}/api/v10/users/@me`, { key });
    requestId = answer.headers['x-request-id'] ?? '';
    lines = await loadLines(harness, requestId);
  });
  afterAll(() => harness.stop());

  it('are the access log, the function’s own, and the metrics', () => {
    expect(
      lines.map(({ message, _aws, protocol }) => message ?? (_aws === undefined ? protocol : 'metrics')).sort(),
    ).toEqual(['HTTP/1.1', 'metrics', 'request']);
  });

  it('carry API Gateway’s request id, which the caller has in a header', () => {
    const ids = lines.filter(({ _aws }) => _aws === undefined).map(({ request_id: id }) => id);

    expect(ids).toEqual([requestId, requestId]);
    expect(lines.find(({ message }) => message === 'request')).toMatchObject({
      service: 'DiscordIntegration',
      function_request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      discord_api_end: 200,
      discord_api_ms: expect.any(Number),
    });
  });

  it('have metrics in the form that CloudWatch reads, with one dimension and no id', () => {
    const metrics = lines.find(({ _aws }) => _aws !== undefined);

    expect(metrics).toEqual({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'DiscordIntegration',
            Dimensions: [['service']],
            Metrics: [
              { Name: 'DiscordApiLatency', Unit: 'Milliseconds' },
              { Name: 'RequestsOk', Unit: 'Count' },
            ],
          },
        ],
      },
      service: 'DiscordIntegration',
      DiscordApiLatency: expect.any(Number),
      RequestsOk: 1,
    });
  });

  it('do not bring along what was noted in an earlier request', async () => {
    const path = '/connections/con_AAAAAAAAAAAAAAAAAAAAAA/api/v10/users/@me';
    const answer = await harness.wire.send('GET', path, { key: harness.key });

    const observed = await loadLines(harness, answer.headers['x-request-id'] ?? '');
    const request = observed.find(({ message }) => message === 'request');
    expect(request).toMatchObject({ code: 'connection_not_found' });
    expect(request).not.toHaveProperty('discord_api_end');
  });
});

/** Milliseconds. A worker's output takes its own way and can arrive well after the answer on a busy machine. */
const ARRIVES_WITHIN_MS = 10_000;

/**
 * The three lines of one request. The one of the metrics has no id; it is what the same function writes right behind its
 * own line, and only this test's requests go to that function.
 */
async function loadLines(harness: Harness, requestId: string): Promise<Record<string, unknown>[]> {
  const find = (): Record<string, unknown>[] => {
    const own = readLines(harness.lines.filter((line) => line.startsWith('[ActionsUsers')));
    const at = own.findIndex((line) => line['message'] === 'request' && line['request_id'] === requestId);
    const access = readLines(harness.lines.filter((line) => line.startsWith('[access]')));
    return [...access.filter((line) => line['request_id'] === requestId), ...(at < 0 ? [] : own.slice(at, at + 2))];
  };
  await vi.waitUntil(() => find().length === 3, { timeout: ARRIVES_WITHIN_MS });
  return find();
}

/** JSON lines, with or without what the gateway puts before them. */
function readLines(lines: readonly string[]): Record<string, unknown>[] {
  return lines.flatMap((line) => {
    const at = line.indexOf('{');
    return at < 0 ? [] : [JSON.parse(line.slice(at)) as Record<string, unknown>];
  });
}
