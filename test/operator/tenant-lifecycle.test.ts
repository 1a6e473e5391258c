import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATA_KEY_RETENTION_SECONDS } from '../../shared/domain/data-key.ts';
import { connectUser } from '../support/connected-user.ts';
import { openEdges } from '../support/sweep-edges.ts';
import { useHarness } from '../support/use-harness.ts';
import { countLiveTokens } from '../functions/connect-expectations.ts';
import { openCommandLine, type CommandLine } from './command-line.ts';

const DAY = 86_400;

describe('the operator’s command line over a running installation', () => {
  const harness = useHarness();
  let operator: CommandLine;
  beforeAll(() => {
    operator = openCommandLine(harness);
  });
  afterAll(() => operator.close());
  const readStatus = async () => (await operator.runJson('status')).json;

  it('rotates a tenant’s data key with progress, resumes what was broken off, and says what is left to the sweep', async () => {
    const key = await harness.makeTenant('keyed');
    expect((await operator.run('rotate-tenant-key', 'keyed')).stderr).toContain('tenant keyed has no data key yet');
    const user = await connectUser(harness, { key, user: 'ada' });
    await connectUser(harness, { key, user: 'grace' });
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: user.connectionId,
      error: 'AccessDeniedException',
      times: 1,
    });
    const broken = await operator.run('rotate-tenant-key', 'keyed');
    const resumed = await operator.run('rotate-tenant-key', 'keyed');
    const { keyId } = (await openEdges(harness).dataKeys.loadCurrent('keyed')) ?? {};

    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining('AWS denies access to table')]);
    expect(resumed.code).toBe(0);
    expect(resumed.stdout).toMatch(
      new RegExp(`^An earlier rotation was gone on with: tenant keyed seals with key ${String(keyId)}.`),
    );
    expect(resumed.stdout).toContain('at the earliest in 8 days');
    expect(resumed.stderr).toMatch(/sealed anew (1\/1|2\/2)\n$/);
    expect((await operator.runJson('rotate-tenant-key', 'keyed')).json).toMatchObject({
      tenant: 'keyed',
      resumed: false,
      resealed: 2,
      left: 0,
    });
    expect((await user.call('/users/@me', { key })).status).toBe(200);
    harness.clock.advanceSeconds(DATA_KEY_RETENTION_SECONDS + DAY);
    expect((await operator.runJson('sweep')).json).toMatchObject({ data_keys_deleted: 2, is_pass_complete: true });
    expect((await operator.run('rotate-tenant-key', 'nobody')).stderr).toContain('there is no tenant nobody');
  });

  it('deletes a tenant step by step, and shows where it has got to', async () => {
    const key = await harness.makeTenant('leaving');
    const user = await connectUser(harness, { key, user: 'mina' });
    const asked = await operator.run('delete-tenant', 'leaving');
    expect([asked.code, asked.stdout]).toEqual([
      1,
      'Tenant leaving would be deleted for good; connections: 1, API keys: 1. Nothing was done; to do it:\n' +
        'npm run operator -- delete-tenant leaving --yes\n',
    ]);
    await harness.simulator.control.addFault({
      path: '/api/oauth2/token/revoke',
      fault: { kind: 'answer', status: 503 },
    });
    const owed = await operator.run('delete-tenant', 'leaving', '--yes');

    expect(owed.code).toBe(1);
    expect(owed.stdout).toContain('Not revoked at Discord yet: 1 (discord_unavailable)');
    expect(owed.stdout).toContain('its data keys stay until then');
    expect((await readStatus()).tenants).toContainEqual(
      expect.objectContaining({ id: 'leaving', state: 'deleting', keys: 0 }),
    );
    const gone = await operator.run('delete-tenant', 'leaving', '--yes');
    expect(gone.code).toBe(0);
    expect(gone.stderr).toContain('requests that were let in before may still run: going on in 60 s');
    expect(gone.stdout).toMatch(/The data keys of tenant leaving are deleted\. Pending shred until 20\d\d-/);
    expect(await countLiveTokens(harness, user.discordUserId)).toBe(0);
    expect((await operator.run('list-tenants')).stdout).toMatch(/^leaving .* pending shred until 20\d\d-/m);
    expect((await operator.run('status')).stdout).toMatch(/leaving: 0 keys and 1 revoked, pending shred until 20\d\d-/);
    expect((await operator.runJson('delete-tenant', 'leaving', '--yes')).json).toMatchObject({
      step: 'keys_deleted',
      closed: 0,
    });
    for (const args of [
      ['create-key', '--tenant', 'leaving'],
      ['rotate-tenant-key', 'leaving'],
    ]) {
      expect((await operator.run(...args)).stderr).toContain('tenant leaving is being deleted');
    }
    harness.clock.advanceSeconds(7 * DAY);
    expect((await operator.run('sweep')).stdout).toMatch(/^tenants shredded\s+1$/m);
    expect((await operator.run('list-tenants')).stdout).not.toContain('leaving');
    expect((await operator.run('create-tenant', 'leaving')).code).toBe(0);
  });

  it('sets idle expiry, and the next sweep looks at all connections because of it', async () => {
    const user = await connectUser(harness, { user: 'linus' });
    await operator.run('sweep');
    harness.clock.advanceSeconds(9 * DAY);
    await operator.run('sweep');
    const set = await operator.runJson('set-idle-expiry', '1');
    expect(set.json).toMatchObject({ idle_expiry_days: 1 });
    expect((await readStatus()).idle_expiry_days).toBe(1);

    expect((await operator.runJson('sweep')).json.idle_disconnected).toBeGreaterThanOrEqual(1);
    expect(await user.load()).toMatchObject({ status_reason: 'idle_expired' });
    expect((await operator.run('set-idle-expiry', 'off')).stdout).toBe(
      'Connections live on however long nobody uses them.\n',
    );
    expect((await readStatus()).idle_expiry_days).toBeNull();
    for (const bad of ['0', '3651', '1.5', 'never']) expect((await operator.run('set-idle-expiry', bad)).code).toBe(1);
  });

  it('shows that Discord rejects the credentials, since when, and until others are entered', async () => {
    const user = await connectUser(harness, { user: 'noor' });
    harness.clock.advanceSeconds(120);
    await operator.run('sweep');
    await harness.simulator.control.resetClientSecret({});
    const owed = await operator.run('disconnect', user.connectionId);
    expect([owed.code, owed.stdout]).toEqual([1, expect.stringContaining('(operator_credentials_rejected)')]);

    const since = new Date(harness.clock.nowEpochMs()).toISOString().replace('.000Z', 'Z');
    expect(await readStatus()).toMatchObject({ credentials_rejected_since: since, revocations_owed: 1 });
    expect((await operator.run('status')).stdout).toMatch(
      new RegExp(
        `^client secret +entered, but Discord has rejected it since ${since}: npm run operator -- set-cred`,
        'm',
      ),
    );
    await harness.edges.gate.recover(harness.clock.nowEpochMs());
    expect((await readStatus()).credentials_rejected_since).toBeNull();
  });

  it('says when the last look at all connections has ended', async () => {
    harness.clock.advanceSeconds(DAY);
    await operator.run('sweep');
    const now = new Date(harness.clock.nowEpochMs()).toISOString().replace('.000Z', 'Z');

    expect((await readStatus()).last_sweep_at).toBe(now);
  });
});
