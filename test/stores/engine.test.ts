import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseEngine, ENDPOINT_VARIABLE } from './engine/choose-engine.ts';
import { describeEngines } from './engine/store-reporter.ts';

describe('the engine of the store suites', () => {
  let server: Server | undefined;
  afterEach(() => {
    vi.unstubAllEnvs();
    server?.close();
  });
  const serve = async (headers: Record<string, string>): Promise<string> => {
    server = createServer((_, answer) => answer.writeHead(200, headers).end());
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it.each([undefined, ''])('is dynalite when the variable is %j', async (value) => {
    vi.stubEnv(ENDPOINT_VARIABLE, value);

    expect(await chooseEngine('http://127.0.0.1:1')).toEqual({
      name: expect.stringMatching(/^dynalite \d+\.\d+\.\d+$/),
      origin: 'http://127.0.0.1:1',
    });
  });

  it('is the one that the variable names, under the name that it gives itself', async () => {
    const origin = await serve({ server: 'SomeDynamo/1.2' });
    vi.stubEnv(ENDPOINT_VARIABLE, `${origin}/`);

    expect(await chooseEngine('http://127.0.0.1:1')).toEqual({ name: 'SomeDynamo 1.2', origin });
  });

  it('never is one that is not on this machine or does not answer', async () => {
    vi.stubEnv(ENDPOINT_VARIABLE, 'https://dynamodb.us-east-1.amazonaws.com');
    await expect(chooseEngine('')).rejects.toThrow('must be on loopback');

    const origin = await serve({});
    vi.stubEnv(ENDPOINT_VARIABLE, origin);
    expect((await chooseEngine('')).name).toBe('an engine that does not name itself');

    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    await expect(chooseEngine('')).rejects.toThrow('no DynamoDB answers');
  });
});

describe('the line about the store suites', () => {
  it('tells engine and outcome, and nothing when no suite ran', () => {
    const ran = (engine: string, ...states: string[]) => states.map((state) => ({ engine, state }));

    expect(describeEngines([])).toEqual([]);
    expect(describeEngines([...ran('B 2', 'passed'), ...ran('A 1', 'passed', 'failed', 'skipped', 'passed')])).toEqual([
      'stores: A 1, 2 passed, 1 failed, 1 skipped',
      'stores: B 2, 1 passed, 0 failed',
    ]);
  });
});
