import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Audit, AuditPage, AuditReader, AuditRecords, Random } from '../../shared/app/ports.ts';
import type { AuditEvent } from '../../shared/domain/audit-event.ts';
import { INSTALLATION } from '../../shared/domain/audit-record.ts';
import { createAuditReader } from '../../shared/edges/audit-reader.ts';
import { createAudit } from '../../shared/edges/audit-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { systemRandom } from '../../shared/edges/live.ts';
import { createIntegrationStore } from '../../shared/edges/integration-store.ts';
import { createRecordedLog, type RecordedLog } from '../support/recorded-log.ts';
import { createRecordedMetrics, type RecordedMetrics } from '../support/recorded-metrics.ts';
import { TestClock } from '../support/test-clock.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer, refuseCall } from './faults.ts';
import { buildConnectionId, buildIntegration } from './records.ts';

const DAY = 86_400;
const OLDEST_FIRST: AuditPage = { limit: 100, isNewestFirst: false };
const [CON_A, CON_B] = [buildConnectionId(1), buildConnectionId(2)];

describe('audit records', () => {
  const world = useStoreWorld();
  let clock: TestClock;
  let log: RecordedLog;
  let metrics: RecordedMetrics;
  let audit: Audit;
  let reader: AuditReader;

  const open = (random: Random = systemRandom): Audit =>
    createAudit({ table: world.table, clock, random, log, metrics, maxRecordMs: 60_000 });
  beforeAll(() => {
    [log, metrics] = [createRecordedLog(), createRecordedMetrics()];
  });
  beforeEach(() => {
    clock = new TestClock();
    log.entries.length = 0;
    metrics.clear();
    audit = open();
    reader = createAuditReader(world.table, clock);
  });

  /** Records of which the number in `details` is all that differs. */
  const record = async (count: number, event: Partial<AuditEvent> = {}, secondsBetween = 1): Promise<void> => {
    for (let number = 0; number < count; number += 1) {
      await audit.record({
        type: 'tenant_changed',
        actor: { kind: 'operator' },
        tenantId: 'acme',
        details: { number },
        ...event,
      });
      clock.advanceSeconds(secondsBetween);
    }
  };
  const numbersOf = (page: AuditRecords | undefined) => page?.records.map(({ details }) => details?.['number']);
  const readPages = async (list: (page: AuditPage) => Promise<AuditRecords | undefined>, first: AuditPage) => {
    const pages = [await list(first)];
    for (let cursor = pages[0]?.nextCursor; cursor !== undefined; cursor = pages.at(-1)?.nextCursor) {
      pages.push(await list({ ...first, cursor }));
      if (pages.length > 20) throw new Error('the list does not end');
    }
    return pages.map(numbersOf);
  };

  it('come back as they were recorded, of a tenant and of the installation', async () => {
    const event: AuditEvent = {
      type: 'connection_connected',
      actor: { kind: 'api_key', id: '0011223344556677' },
      tenantId: 'acme',
      connectionId: CON_A,
      details: { scopes: ['identify'], isConfirmed: true, attempts: 2, reason: 'x' },
    };
    const settings: AuditEvent = { type: 'settings_changed', actor: { kind: 'operator' } };
    await audit.record(event);
    await audit.record(settings);

    const place = { atEpochMs: clock.nowEpochMs(), position: expect.stringMatching(/^2026-11-24T12:00:00\.000Z#/) };
    expect((await reader.listByTenant('acme', OLDEST_FIRST))?.records).toEqual([{ ...event, ...place }]);
    expect((await reader.listByConnection(CON_A, OLDEST_FIRST))?.records).toEqual([{ ...event, ...place }]);
    expect((await reader.listByTenant(INSTALLATION, OLDEST_FIRST))?.records).toEqual([{ ...settings, ...place }]);
    expect(await reader.listByTenant('other', OLDEST_FIRST)).toEqual({ records: [] });
  });

  it('are listed in time order, either way, in pages that neither repeat nor leave out', async () => {
    await record(5);
    const list = (page: AuditPage) => reader.listByTenant('acme', page);

    expect(await readPages(list, { limit: 2, isNewestFirst: false })).toEqual([[0, 1], [2, 3], [4]]);
    expect(await readPages(list, { limit: 2, isNewestFirst: true })).toEqual([[4, 3], [2, 1], [0]]);
  });

  it('of one millisecond stand in the order in which one sandbox made them', async () => {
    await record(20, {}, 0);

    expect(numbersOf(await reader.listByTenant('acme', OLDEST_FIRST))).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  it('of a connection are listed in pages, too, and without those of another one', async () => {
    await record(3, { connectionId: CON_A });
    await record(1, { connectionId: CON_B });
    await record(1);
    const list = (page: AuditPage) => reader.listByConnection(CON_A, page);

    expect(await readPages(list, { limit: 1, isNewestFirst: false })).toEqual([[0], [1], [2], []]);
    expect(await readPages(list, { limit: 2, isNewestFirst: true })).toEqual([[2, 1], [0]]);
  });

  it('are listed from a time on and up to another, the one included, the other not', async () => {
    const start = clock.nowEpochMs();
    await record(5, { connectionId: CON_A });
    const bounds = { fromEpochMs: start + 1000, toEpochMs: start + 3000 };

    for (const isNewestFirst of [false, true]) {
      const expected = isNewestFirst ? [2, 1] : [1, 2];
      const page = { ...OLDEST_FIRST, ...bounds, isNewestFirst };
      expect(numbersOf(await reader.listByTenant('acme', page))).toEqual(expected);
      expect(numbersOf(await reader.listByConnection(CON_A, page))).toEqual(expected);
      expect(await readPages((one) => reader.listByTenant('acme', one), { ...page, limit: 1 })).toEqual([
        ...expected.map((number) => [number]),
        [],
      ]);
    }
    const open = { ...OLDEST_FIRST, fromEpochMs: start + 3000 };
    expect(numbersOf(await reader.listByTenant('acme', open))).toEqual([3, 4]);
    expect(numbersOf(await reader.listByTenant('acme', { ...OLDEST_FIRST, toEpochMs: start + 1000 }))).toEqual([0]);
    const turned = { ...OLDEST_FIRST, fromEpochMs: start + 2000, toEpochMs: start + 1000 };
    expect(await reader.listByTenant('acme', turned)).toEqual({ records: [] });
    expect(await reader.listByConnection(CON_A, turned)).toEqual({ records: [] });
  });

  it('are not listed behind a cursor of another tenant, outside the time, or made up', async () => {
    await record(3, { connectionId: CON_A });
    const page = { limit: 1, isNewestFirst: false };
    const cursor = (await reader.listByTenant('acme', page))?.nextCursor ?? '';
    const encode = (text: string) => Buffer.from(text).toString('base64url');
    const madeUp = [
      '',
      '%',
      encode('acme'),
      encode('acme 2026'),
      encode(`${Buffer.from(cursor, 'base64url').toString()} x`),
    ];

    expect(numbersOf(await reader.listByTenant('acme', { ...page, cursor }))).toEqual([1]);
    expect(await reader.listByTenant('other', { ...page, cursor })).toBeUndefined();
    for (const bad of madeUp) {
      expect(await reader.listByTenant('acme', { ...page, cursor: bad })).toBeUndefined();
      expect(await reader.listByConnection(CON_A, { ...page, cursor: bad })).toBeUndefined();
    }
    const later = { ...page, cursor, fromEpochMs: clock.nowEpochMs() };
    expect(await reader.listByTenant('acme', later)).toBeUndefined();
    expect(await reader.listByConnection(CON_A, later)).toBeUndefined();
  });

  it('end after a year, or after the days that the operator has set, although DynamoDB deletes later', async () => {
    await record(1, {}, 0);
    await createIntegrationStore(world.table).save(buildIntegration({ auditRetentionDays: 30 }), 0);
    audit = open();
    await record(1, { details: { number: 'short' } }, 0);
    const ends = (await world.raw.scan()).flatMap((item) => item['expiresAtEpochSeconds'] ?? []);
    expect(ends.map((end) => (Number(end) - clock.nowEpochMs() / 1000) / DAY).toSorted()).toEqual([30, 365]);

    clock.advanceSeconds(30 * DAY - 1);
    expect(numbersOf(await reader.listByTenant('acme', OLDEST_FIRST))).toHaveLength(2);
    clock.advanceSeconds(1);
    expect(numbersOf(await reader.listByTenant('acme', OLDEST_FIRST))).toEqual([0]);
  });

  it('ask for the retention once in five minutes', async () => {
    await record(3);
    expect(world.requests.counts()).toEqual({ 'dynamodb.GetItem': 1, 'dynamodb.PutItem': 3 });
    clock.advanceSeconds(300);
    await record(1);

    expect(world.requests.counts()).toEqual({ 'dynamodb.GetItem': 2, 'dynamodb.PutItem': 4 });
  });

  it('are written once when the answer to the write was lost', async () => {
    world.faults.add(loseAnswer('PutItem', 'AUDIT#'));
    await record(1);

    expect(numbersOf(await reader.listByTenant('acme', OLDEST_FIRST))).toEqual([0]);
    expect(metrics.counts()).toEqual({});
  });

  it('are never written over, not even by one with the same position', async () => {
    const zero: Random = { bytes: (count) => new Uint8Array(count) };
    audit = open(zero);
    await record(1, {}, 0);
    audit = open(zero);
    await record(1, { details: { number: 'second' } }, 0);

    expect(numbersOf(await reader.listByTenant('acme', OLDEST_FIRST))).toEqual([0]);
  });

  it('that the table refuses stand in the log whole, are counted, and disturb nobody', async () => {
    world.faults.add(refuseCall('PutItem', 'ProvisionedThroughputExceededException'));
    await record(1, { connectionId: CON_A, actor: { kind: 'api_key', id: '0011223344556677' } });

    const fields = {
      type: 'tenant_changed',
      tenant: 'acme',
      connection_id: CON_A,
      actor: 'api_key',
      actor_id: '0011223344556677',
      detail_number: 0,
    };
    expect(log.entries).toEqual([
      { level: 'info', event: 'audit', ...fields },
      { level: 'error', event: 'audit_unwritten', ...fields, cause: 'ProvisionedThroughputExceededException' },
    ]);
    expect(metrics.counts()).toEqual({ AuditUnwritten: 1 });
  });

  it.each(['GetItem', 'PutItem'])('give up in time when the table hangs at %s', async (operation) => {
    // Long enough for a slow machine to get as far as the write.
    audit = createAudit({ table: world.table, clock, random: systemRandom, log, metrics, maxRecordMs: 1_500 });
    world.faults.add({ service: 'dynamodb', operation, delayMs: 600_000, drop: true, times: 1 });
    await record(1);

    expect(metrics.counts()).toEqual({ AuditUnwritten: 1 });
    expect(log.entries.at(-1)).toMatchObject({ event: 'audit_unwritten', cause: 'AbortError' });
  });

  it('of a type that a later version made are shown, those of another shape are not believed', async () => {
    await record(1);
    const [item] = await world.raw.scan();
    const key = keys.audit('acme', String(item?.['sk']));
    await world.raw.change(key, { type: 'of_tomorrow', later: 'unknown' });
    expect((await reader.listByTenant('acme', OLDEST_FIRST))?.records).toMatchObject([{ type: 'of_tomorrow' }]);

    await world.raw.change(key, { actor: { kind: 'somebody' } });
    await expect(reader.listByTenant('acme', OLDEST_FIRST)).rejects.toThrow();
  });
});
