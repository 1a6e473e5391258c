import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Audit, AuditPage, AuditReader, AuditRecords } from '../../shared/app/ports.ts';
import type { AuditEvent } from '../../shared/domain/audit-event.ts';
import { createAuditReader } from '../../shared/edges/audit-reader.ts';
import { createAudit } from '../../shared/edges/audit-store.ts';
import { createRecordedLog } from '../support/recorded-log.ts';
import { createRecordedMetrics, type RecordedMetrics } from '../support/recorded-metrics.ts';
import { TestClock } from '../support/test-clock.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { race, WRITERS } from './race.ts';
import { buildConnectionId } from './records.ts';

const CONNECTION_ID = buildConnectionId(1);

/** More than the hundred keys of one batch. */
const MANY = 110;

describe('audit records in numbers', () => {
  const world = useStoreWorld();
  let clock: TestClock;
  let metrics: RecordedMetrics;
  let reader: AuditReader;
  beforeEach(() => {
    [clock, metrics] = [new TestClock(), createRecordedMetrics()];
    reader = createAuditReader(world.table, clock);
  });

  /** As of one sandbox; with more patience than a live one, since what is tested is not whether the machine is fast. */
  const open = (): Audit => {
    const random = { bytes: (count: number) => randomBytes(count) };
    return createAudit({ table: world.table, clock, metrics, random, log: createRecordedLog(), maxRecordMs: 60_000 });
  };
  const buildEvent = (number: number, tenantId = 'acme'): AuditEvent => ({
    type: 'connection_status_changed',
    actor: { kind: 'system' },
    tenantId,
    connectionId: CONNECTION_ID,
    details: { number },
  });
  const record = async (count: number, tenantId = 'acme') => {
    const audit = open();
    for (let number = 0; number < count; number += 1) {
      await audit.record(buildEvent(number, tenantId));
      clock.advanceSeconds(1);
    }
  };
  const numbersOf = (found: AuditRecords | undefined) => found?.records.map(({ details }) => details?.['number']) ?? [];

  const byConnection = (page: AuditPage) => reader.listByConnection(CONNECTION_ID, page);
  const byTenant = (page: AuditPage) => reader.listByTenant('acme', page);
  const readAll = async (list: typeof byTenant, page: AuditPage) => {
    const numbers: unknown[] = [];
    let cursor: string | undefined;
    do {
      const found = await list({ ...page, ...(cursor === undefined ? {} : { cursor }) });
      numbers.push(...numbersOf(found));
      cursor = found?.nextCursor;
    } while (cursor !== undefined && numbers.length <= MANY);
    return numbers;
  };

  it('are read whole and in time order, either way, whatever the page', async () => {
    await record(MANY);

    const all = Array.from({ length: MANY }, (_, number) => number);
    for (const list of [byTenant, byConnection]) {
      for (const limit of [11, 100]) {
        expect(await readAll(list, { limit, isNewestFirst: false })).toEqual(all);
        expect(await readAll(list, { limit, isNewestFirst: true })).toEqual(all.toReversed());
      }
    }
  });

  it('are kept all, of one sandbox and of twenty, when they come in one millisecond', async () => {
    const one = open();
    await race((writer) => one.record(buildEvent(writer)));
    await race((writer) => open().record(buildEvent(writer)));

    expect(await world.raw.scan()).toHaveLength(2 * WRITERS);
    expect(metrics.counts()).toEqual({});
  });

  it('of one connection are read together although two tenants have had it', async () => {
    await record(2);
    await record(2, 'other');

    expect(await readAll(byConnection, { limit: 1, isNewestFirst: false })).toEqual([0, 1, 0, 1]);
    expect(await readAll(byTenant, { limit: 1, isNewestFirst: false })).toEqual([0, 1]);
  });

  it('show the rest when one vanishes between the index and the read', async () => {
    await record(3);
    world.between.afterNext('Query', async () => {
      const positions = (await world.raw.scan()).map(({ sk }) => String(sk)).toSorted();
      await world.raw.remove({ pk: 'AUDIT#acme', sk: positions[0] ?? '' });
    });

    const page = await byConnection({ limit: 2, isNewestFirst: false });
    expect(numbersOf(page)).toEqual([1]);
    expect(numbersOf(await byConnection({ limit: 2, isNewestFirst: false, cursor: page?.nextCursor ?? '' }))).toEqual([
      2,
    ]);
  });
});
