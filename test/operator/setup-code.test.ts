import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setUpOperator } from '../../shared/app/operator-sessions.ts';
import { loadUnusedSetupCode } from '../../shared/app/set-up-code.ts';
import { OperatorWorld } from './operator-world.ts';

let world: OperatorWorld;
beforeAll(async () => {
  world = await OperatorWorld.start();
});
afterEach(() => world.aws.faults.clear());
afterAll(() => world.stop());

/** What the operator's function does with a code. */
async function enter(code: string): Promise<boolean> {
  const { setupCodes } = world.edges;
  if (setupCodes === undefined) throw new Error('the world does not know where the code lies');
  const made = await setUpOperator({ ...world.edges, setupCodes }, '127.0.0.1', code);
  if (made.ok) world.knowSecret('operator key', made.value.key.reveal());
  return made.ok;
}

async function loadUnused(): Promise<string | undefined> {
  const { edges } = world;
  return edges.setupCodes && (await loadUnusedSetupCode({ ...edges, setupCodes: edges.setupCodes }))?.reveal();
}

describe('make-setup-code', () => {
  it('puts another code in place of one that is used up, and prints it once', async () => {
    const first = (await loadUnused()) ?? '';
    world.knowSecret('set-up code', first);
    expect(first).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(await enter(first)).toBe(true);
    expect(await loadUnused()).toBeUndefined();

    const run = await world.run(['make-setup-code']);
    const code = /^Set-up code {2}([A-Za-z0-9]{40})\n$/.exec(run.stdout)?.[1] ?? '';
    expect([run.code, code === first]).toEqual([0, false]);
    expect(run.stderr).toContain('Enter it at http://localhost:3000/portal. It works once.');
    expect(await loadUnused()).toBe(code);
    expect(await enter(first)).toBe(false);
    expect(await enter(code)).toBe(true);
    expect(await enter(code)).toBe(false);
  });

  it('prints JSON for a script, and leaves a record without the code', async () => {
    const run = await world.run(['make-setup-code', '--json']);
    const answer = JSON.parse(run.stdout) as { setup_code: string; portal_url: string };

    expect(answer).toEqual({
      setup_code: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      portal_url: 'http://localhost:3000/portal',
    });
    const audit = await world.run(['audit', '--json']);
    expect(audit.stdout).toContain('"type":"setup_code_made"');
    expect(audit.stdout).not.toContain(answer.setup_code);
  });

  it('lets the key work on until the code is used', async () => {
    const before = await world.edges.operators.load();
    await world.run(['make-setup-code']);

    expect(await world.edges.operators.load()).toEqual(before);
  });

  it('says what to set when it is not known where the code lies', async () => {
    const env = { ...world.aws.environment, ...world.targetVariables };
    const unknown = await world.spawn(['make-setup-code'], { env });
    expect([unknown.code, unknown.stdout]).toEqual([1, '']);
    expect(unknown.stderr).toContain('set SETUP_CODE_SECRET_ARN too, or use --outputs');

    const named = { ...env, SETUP_CODE_SECRET_ARN: world.setupCodeSecretArn };
    expect((await world.spawn(['make-setup-code'], { env: named })).code).toBe(0);
  }, 120_000);

  it('says so when Secrets Manager does not take it', async () => {
    world.aws.faults.add({ service: 'secretsManager', error: 'AccessDeniedException', times: 1 });
    const run = await world.run(['make-setup-code']);

    expect([run.code, run.stdout]).toEqual([1, '']);
  });
});
