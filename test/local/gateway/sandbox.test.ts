import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAssembly } from '../../../infra/local/gateway/load-assembly.ts';
import type { Assembly } from '../../../infra/local/gateway/load-assembly.ts';
import { startGateway } from '../../../infra/local/gateway/start-gateway.ts';
import type { Gateway, GatewayOptions } from '../../../infra/local/gateway/start-gateway.ts';
import { synthStack } from './fixtures/synth-stack.ts';

/** Logical ids end in a hash. */
const IDS = /^\[([A-Za-z]+)[0-9A-F]{8}\] /;

let synthesized: Awaited<ReturnType<typeof synthStack>>;
let assembly: Assembly;
const gateways: Gateway[] = [];
let logged: string[] = [];

async function start(options: Partial<GatewayOptions> = {}): Promise<Gateway> {
  logged = [];
  const gateway = await startGateway({
    assembly,
    resources: new Map(),
    environment: { AWS_ACCESS_KEY_ID: 'local' },
    onLog: (line) => logged.push(line.replace(IDS, '[$1] ')),
    ...options,
  });
  gateways.push(gateway);
  return gateway;
}

async function call(gateway: Gateway, functionId: string, body?: string): Promise<{ status: number; json: unknown }> {
  const headers = { 'content-type': 'text/plain' };
  const init = body === undefined ? {} : { method: 'POST', headers, body };
  const answer = await fetch(`${gateway.origin}/${functionId}`, init);
  return { status: answer.status, json: await answer.json() };
}

/** Waits until a line is logged: a sandbox's output takes its own way out. */
async function waitForLine(text: string): Promise<string> {
  const find = () => logged.find((line) => line.includes(text));
  await expect.poll(find).toBeDefined();
  return find() ?? '';
}

beforeAll(async () => {
  synthesized = await synthStack();
  assembly = await loadAssembly(synthesized.outdir);
});

afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  await rm(synthesized.dir, { recursive: true });
});

const FAILED = { status: 500, json: { message: 'Internal Server Error' } };

describe('loadAssembly', () => {
  it('finds stack, template and code of what CDK synthesized', () => {
    expect(assembly.stackName).toBe('Sandboxes');
    const functionId = Object.keys(assembly.template.Resources).find((id) => /^Inspect[0-9A-F]{8}$/.test(id)) ?? '';
    expect(assembly.assetPath(functionId)).toMatch(/\/asset\.[0-9a-f]{64}$/);
    expect(() => assembly.assetPath('Nobody')).toThrow('Nobody (no such resource): Code is not a directory asset');
  });

  it('names the stacks there are when it cannot find the one asked for', async () => {
    await expect(loadAssembly(synthesized.outdir, 'Other')).rejects.toThrow('named Other, found: Sandboxes');
    await expect(loadAssembly('/nowhere')).rejects.toThrow('run `cdk synth` first');
  });
});

describe('a sandbox', () => {
  it('runs the bundle with the function’s own environment and context, and stays warm', async () => {
    const gateway = await start();

    const first = await call(gateway, 'Inspect');
    const second = await call(gateway, 'Inspect');

    expect(first).toMatchObject({
      status: 200,
      json: {
        runs: 1,
        env: {
          PUBLIC_BASE_URL: gateway.origin,
          AWS_ACCESS_KEY_ID: 'local',
          AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
          AWS_REGION: 'us-east-1',
          _HANDLER: 'index.inspect',
        },
        context: { memoryLimitInMB: '256', functionVersion: '$LATEST' },
      },
    });
    expect(second.json).toMatchObject({ runs: 2, loadedAt: (first.json as { loadedAt: string }).loadedAt });
    const { env, context } = first.json as { env: Record<string, string>; context: Record<string, unknown> };
    expect(Object.keys(env)).not.toContain('PATH');
    expect(Object.keys(env)).not.toContain('VITEST');
    expect(context['remaining']).toBeGreaterThan(5_000);
    expect(context['remaining']).toBeLessThanOrEqual(7_000);
    expect(context['awsRequestId']).toMatch(/^[0-9a-f-]{36}$/);
    expect(gateway.stats()).toMatchObject({ invocations: 2, coldStarts: 1, sandboxes: 1, failures: 0 });
    expect(await waitForLine('run 2')).toBe('[Inspect] run 2');
    expect(await waitForLine('warned')).toBe('[Inspect] warned');
  });

  it('loads an ES module, and outside the bundle finds the AWS SDK only', async () => {
    const gateway = await start();

    expect(await call(gateway, 'Module')).toEqual({ status: 200, json: { esModule: true } });
    expect(await call(gateway, 'Sdk')).toEqual({ status: 200, json: { '@aws-sdk/client-kms': true, zod: false } });
  });

  it('runs one event at a time, more sandboxes side by side, and lets the rest wait', async () => {
    const gateway = await start({ sandboxes: 2 });

    const wave = () => Promise.all(Array.from({ length: 8 }, () => call(gateway, 'Work', '20')));
    const answers = [...(await wave()), ...(await wave())];

    const results = answers.map((answer) => answer.json as { loadedAt: string; mostUnderway: number });
    expect(answers.map((answer) => answer.status)).toEqual(Array(16).fill(200));
    expect(results.map((result) => result.mostUnderway)).toEqual(Array(16).fill(1));
    expect(new Set(results.map((result) => result.loadedAt)).size).toBe(2);
    expect(gateway.stats()).toMatchObject({ invocations: 16, coldStarts: 2, sandboxes: 2, queued: 0 });
  });

  it('answers 503 when as many events wait as may', async () => {
    const gateway = await start({ sandboxes: 1, maxQueued: 2 });

    const answers = await Promise.all(Array.from({ length: 5 }, () => call(gateway, 'Work', '30')));

    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 503, 503]);
    expect(gateway.stats()).toMatchObject({ throttled: 2, invocations: 3 });
  });

  it('lives on after a handler that threw, and logs what was thrown', async () => {
    const gateway = await start();
    const before = await call(gateway, 'Misbehave');

    expect(await call(gateway, 'Misbehave', 'throw')).toEqual(FAILED);
    expect(await call(gateway, 'Misbehave', 'circular')).toEqual(FAILED);
    expect(await call(gateway, 'Misbehave', 'large')).toEqual(FAILED);

    expect(await call(gateway, 'Misbehave')).toEqual(before);
    expect(logged.find((line) => line.includes('Invoke Error'))).toMatch(/^\[Misbehave\] ERROR .*thrown on purpose/);
  });

  it.each([
    ['exit', 'Runtime exited with exit status 3'],
    ['uncaught', 'uncaught on purpose'],
    ['hang', 'Task timed out after 1.00 seconds'],
    ['spin', 'Task timed out after 1.00 seconds'],
  ])('is thrown away after %s, and the next event gets a new one', async (fault, reason) => {
    const gateway = await start();
    const before = await call(gateway, 'Misbehave');

    expect(await call(gateway, 'Misbehave', fault)).toEqual(FAILED);
    expect(gateway.stats()).toMatchObject({ failures: 1, sandboxes: 0 });

    const after = await call(gateway, 'Misbehave');
    expect(after.status).toBe(200);
    expect(after.json).not.toEqual(before.json);
    expect(gateway.stats()).toMatchObject({ coldStarts: 2, sandboxes: 1 });
    expect(logged.some((line) => line.includes(reason))).toBe(true);
  });

  it('is thrown away when its heap outgrows the function’s memory', async () => {
    const gateway = await start();

    expect(await call(gateway, 'Greedy', 'memory')).toEqual(FAILED);
    expect(gateway.stats()).toMatchObject({ failures: 1, sandboxes: 0 });
    expect(logged).toContain('[Greedy] Runtime exited: out of memory (128 MB)');
    expect((await call(gateway, 'Greedy')).status).toBe(200);
  });

  it('hands a waiting event to a new sandbox when the busy one dies', async () => {
    const gateway = await start({ sandboxes: 1 });

    const [died, waited] = await Promise.all([call(gateway, 'Misbehave', 'exit'), call(gateway, 'Misbehave')]);

    expect([died.status, waited.status]).toEqual([500, 200]);
  });

  it.each([
    ['Broken', 'broken on purpose'],
    ['Missing', "Cannot find module 'nothing'"],
    ['NoExport', 'index.nothing is undefined or not exported'],
    ['Callback', 'takes a callback'],
  ])('that cannot load %s answers 500 and says why in the log', async (functionId, reason) => {
    const gateway = await start();

    expect(await call(gateway, functionId)).toEqual(FAILED);
    expect(logged.some((line) => line.startsWith(`[${functionId}] ERROR Init`) && line.includes(reason))).toBe(true);
  });

  it('ends with the gateway, also in the middle of an event, and leaves no files', async () => {
    const gateway = await start({ sandboxes: 1 });
    const inspected = (await call(gateway, 'Inspect')).json as { env: Record<string, string> };
    const taskRoot = inspected.env['LAMBDA_TASK_ROOT'] ?? '';
    expect(existsSync(taskRoot)).toBe(true);
    const cut = Promise.allSettled([call(gateway, 'Work', '60000'), call(gateway, 'Work', '60000')]);
    await expect.poll(() => gateway.stats().queued).toBe(1);

    await gateway.stop();

    expect((await cut).map((result) => result.status)).toEqual(['rejected', 'rejected']);
    expect(gateway.stats()).toMatchObject({ sandboxes: 0, queued: 0 });
    expect(existsSync(dirname(taskRoot))).toBe(false);
  });
});
