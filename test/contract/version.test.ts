import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createDiscordClient } from '../../shared/edges/discord-client.ts';
import { VERSION } from '../../shared/version.ts';
import { createRecordedLog } from '../support/recorded-log.ts';
import { createRecordedMetrics } from '../support/recorded-metrics.ts';
import { TestClock } from '../support/test-clock.ts';

describe('VERSION', () => {
  it('is the version of package.json', () => {
    const file = new URL('../../package.json', import.meta.url);

    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: VERSION });
  });

  it('stands in the User-Agent, in the form that Discord demands', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers['user-agent']);
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = createDiscordClient({
      discordBaseUrl: `http://127.0.0.1:${port}`,
      publicBaseUrl: 'https://gateway.example',
      clock: new TestClock(),
      log: createRecordedLog(),
      metrics: createRecordedMetrics(),
    });

    const sent = await client.send(
      // A caller of the client cannot replace it.
      { method: 'GET', path: '/api/v10/users/@me', headers: { 'user-agent': 'curl/8' } },
      { remainingMs: () => 10_000 },
    );
    await new Promise((resolve) => server.close(resolve));

    expect(sent.ok).toBe(true);
    expect(seen).toEqual([`DiscordBot (https://gateway.example, ${VERSION})`]);
    expect(seen[0]).toMatch(/^DiscordBot \(https:\/\/[^\s,()]+, \d+\.\d+\.\d+\)$/);
  });
});
