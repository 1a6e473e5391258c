import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { createMaintenanceHandler, SweepFailedError } from '../../functions/maintenance/maintenance.ts';
import type { SweepReport } from '../../shared/app/sweep/run-sweep.ts';
import { OutageError } from '../../shared/problems/failure.ts';
import { createRecordedLog } from '../support/recorded-log.ts';
import { createRoleClients } from '../support/role-clients.ts';
import { createRecordedMetrics } from '../support/recorded-metrics.ts';
import { useHarness } from '../support/use-harness.ts';

const REPORT: SweepReport = {
  revocationsDone: 3,
  revocationsOwed: 2,
  answersSettled: 1,
  answersLeft: 0,
  connectionsSeen: 40,
  idleDisconnected: 5,
  resealed: 6,
  spillsRecovered: 0,
  dataKeysDeleted: 0,
  shredded: 7,
  isBehind: false,
  isPassComplete: true,
};

/** As Lambda gives it, as far as the handler looks. */
const CONTEXT = { awsRequestId: 'run-1', getRemainingTimeInMillis: () => 1234 } as Context;

/** The handler around a sweep that ends as told. */
function build(sweep: (remainingMs: number) => Promise<SweepReport>) {
  const log = createRecordedLog();
  const metrics = createRecordedMetrics();
  const handler = createMaintenanceHandler({ log, metrics }, (_deps, deadline) => sweep(deadline.remainingMs()));
  return { log, metrics, run: () => handler({}, CONTEXT) };
}

describe('createMaintenanceHandler', () => {
  it('gives the sweep the time that is left, and tells its report in one line and to whoever invoked it', async () => {
    const remaining: number[] = [];
    const { log, metrics, run } = build((remainingMs) => {
      remaining.push(remainingMs);
      return Promise.resolve(REPORT);
    });

    expect(await run()).toEqual(REPORT);
    expect(remaining).toEqual([1234]);
    expect(log.noted).toEqual([{ function_request_id: 'run-1' }]);
    expect(log.entries).toEqual([
      {
        level: 'info',
        event: 'sweep',
        revocations_done: 3,
        revocations_owed: 2,
        answers_settled: 1,
        answers_left: 0,
        connections_seen: 40,
        idle_disconnected: 5,
        resealed: 6,
        spills_recovered: 0,
        data_keys_deleted: 0,
        shredded: 7,
        is_behind: false,
        is_pass_complete: true,
      },
    ]);
    expect(metrics.counts()).toEqual({});
  });

  it('counts a run that left work whose time had come', async () => {
    const { metrics, run } = build(() => Promise.resolve({ ...REPORT, isBehind: true }));

    await run();

    expect(metrics.counts()).toEqual({ SweepBehind: 1 });
  });

  it('reports an outage as every function does, and fails, so that Lambda counts an error', async () => {
    const { log, metrics, run } = build(() =>
      Promise.reject(new OutageError({ reason: 'storage_unavailable' }, 'AccessDeniedException')),
    );

    await expect(run()).rejects.toEqual(new SweepFailedError('storage_unavailable'));
    expect(log.entries).toEqual([
      { level: 'error', event: 'outage', code: 'storage_unavailable', cause: 'AccessDeniedException' },
    ]);
    expect(metrics.counts()).toEqual({ StorageUnavailable: 1, AwsAccessDenied: 1, RequestsOutage: 1 });
  });

  it('says of a bug its name and place, never its message, neither in the log nor to Lambda', async () => {
    const { log, metrics, run } = build(() => Promise.reject(new TypeError('a-token-in-a-message')));

    const thrown: unknown = await run().catch((error: unknown) => error);

    expect(thrown).toEqual(new SweepFailedError('internal_error'));
    expect(log.entries).toMatchObject([{ level: 'error', event: 'bug', error: 'TypeError' }]);
    expect(log.entries[0]?.['frames']).toEqual(expect.arrayContaining([expect.stringMatching(/^at /)]));
    expect(JSON.stringify([log.entries, String(thrown), Object(thrown)])).not.toContain('a-token');
    expect((thrown as Error).cause).toBeUndefined();
    expect(metrics.counts()).toEqual({ RequestsBug: 1 });
  });
});

describe('the schedule in front of it', () => {
  const harness = useHarness();
  const invoke = (event: unknown) => {
    const [rule] = harness.stack.gateway.schedules.values();
    return harness.stack.gateway.invoke(rule?.functionLogicalId ?? '', event);
  };

  it('starts the one function that nobody can call', async () => {
    const [rule, ...others] = harness.stack.gateway.schedules.values();

    expect(others).toEqual([]);
    expect(rule?.functionLogicalId).toMatch(/^MaintenanceFunction/);
    expect(rule?.everyMs).toBe(5 * 60 * 1000);
    expect(Object.keys(await harness.sweep()).toSorted()).toEqual(Object.keys(REPORT).toSorted());
  });

  it.each([[undefined], [null], ['text'], [[]], [{ 'detail-type': 7 }], [{ requestContext: {} }]])(
    'takes the event %j like any other',
    async (event) => {
      harness.log.entries.length = 0;

      const report = await invoke(event);

      expect(Object.keys(Object(report)).toSorted()).toEqual(Object.keys(REPORT).toSorted());
      expect(harness.log.entries.map(({ event: name }) => name)).toContain('sweep');
    },
  );

  it('has its own role’s permissions here, too: it can neither change settings nor make sessions', async () => {
    await harness.sweep();
    expect(harness.stack.aws.denials).toEqual([]);

    const { dynamodb } = createRoleClients(harness.stack.gateway.functions, 'Maintenance');
    const TableName = harness.stack.target.operator.tableName;
    for (const pk of ['INTEGRATION#settings', 'SESSION#made-up']) {
      const put = dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, sk: { S: 'X' } } }));
      await expect(put).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
    dynamodb.destroy();
  });

  it('bears two runs at once', async () => {
    harness.log.entries.length = 0;

    await Promise.all([harness.sweep(), invoke({})]);

    expect(harness.log.entries.filter(({ event }) => event === 'sweep')).toHaveLength(2);
    expect(harness.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
