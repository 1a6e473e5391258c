import { beforeAll, describe, expect, it } from 'vitest';
import { AUDIT_EVENT_TYPES, type AuditEvent } from '../../shared/domain/audit-event.ts';
import { signInOperator, type OperatorClient } from '../support/operator-client.ts';
import { openEdges } from '../support/sweep-edges.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { expectProblem } from './connect-expectations.ts';

const CONNECTION = 'con_AAAAAAAAAAAAAAAAAAAAAA';
const TENANTS = ['acme', 'beta', 'gamma'];

interface Shown {
  readonly at: string;
  readonly type: string;
  readonly tenant_id?: string;
  readonly position: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const harness = useHarness();
let operator: OperatorClient;
let record: (event: AuditEvent) => Promise<void>;
/** Between them lies what the tests have made; what the harness has made is of the machine's time. */
let from: string;
let to: string;
beforeAll(async () => {
  for (const tenant of TENANTS) await harness.makeTenant(tenant);
  operator = await signInOperator(harness);
  harness.clock.advanceSeconds(3_600);
  from = new Date(harness.clock.nowEpochMs()).toISOString();
  const { audit } = openEdges(harness);
  record = (event) => audit.record(event);
});

const read = (query = '', path = '/audit') => operator.call('GET', `${path}${query}`);
const since = (query = '') => read(`?from=${from}&to=${to}${query}`);
const itemsOf = ({ json }: JsonAnswer): Shown[] => json.items;
const numbersOf = (answer: JsonAnswer) => itemsOf(answer).map(({ details }) => details['number']);

/** Follows the cursors to the end. */
async function readAll(query: string): Promise<{ numbers: unknown[]; sizes: number[]; positions: string[] }> {
  const numbers: unknown[] = [];
  const [sizes, positions]: [number[], string[]] = [[], []];
  for (let cursor = ''; sizes.length < 80;) {
    const page = await since(`${query}${cursor}`);
    expect(page.status).toBe(200);
    numbers.push(...numbersOf(page));
    positions.push(...itemsOf(page).map(({ position }) => position));
    sizes.push(itemsOf(page).length);
    if (page.json.next_cursor === undefined) return { numbers, sizes, positions };
    cursor = `&cursor=${encodeURIComponent(page.json.next_cursor)}`;
  }
  throw new Error(`no end of ${query}`);
}

describe('GET /audit', () => {
  /** 0 to 29: three tenants and the installation in turn, ten of them in one millisecond. */
  const TOTAL = 30;
  beforeAll(async () => {
    for (let number = 0; number < TOTAL; number += 1) {
      if (number < 10 || number >= 20) harness.clock.advanceSeconds(1);
      const tenantId = [...TENANTS, undefined][number % 4];
      await record({
        type: number % 5 === 0 ? 'api_key_revoked' : 'connection_revoked',
        actor: number % 3 === 0 ? { kind: 'operator' } : { kind: 'api_key', id: `key-${number}` },
        ...(tenantId === undefined ? {} : { tenantId }),
        ...(number === 8 || number === 24 ? { connectionId: CONNECTION } : {}),
        details: { number, attemptsLeft: 2 },
      });
    }
    to = new Date(harness.clock.nowEpochMs() + 1).toISOString();
  });
  const range = (isNewestFirst: boolean, isWanted: (number: number) => boolean = () => true) => {
    const all = Array.from({ length: TOTAL }, (_, number) => number).filter(isWanted);
    return isNewestFirst ? all.toReversed() : all;
  };

  it('shows everything of all tenants and the installation in one order, the newest first', async () => {
    const answer = await since();

    // Of one millisecond each list alone is in order: between lists the position decides.
    const positions = itemsOf(answer).map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted().toReversed());
    expect(
      numbersOf(answer)
        .map(Number)
        .toSorted((a, b) => b - a),
    ).toEqual(range(true));
    expect(numbersOf(answer).slice(0, 10)).toEqual(range(true).slice(0, 10));
    expect(itemsOf(answer)[0]).toEqual({
      at: new Date(harness.clock.nowEpochMs()).toISOString(),
      type: 'connection_revoked',
      actor: { kind: 'api_key', id: 'key-29' },
      tenant_id: 'beta',
      details: { number: 29, attempts_left: 2 },
      position: expect.stringMatching(/^2026-11-24T13:.*Z#[0-9a-f]{16}$/),
    });
  });

  it.each([1, 2, 3, 7, 30])('gives each record once over pages of %i, in both orders', async (limit) => {
    for (const order of ['newest', 'oldest'] as const) {
      const { numbers, sizes, positions } = await readAll(`&order=${order}&limit=${limit}`);

      expect(numbers.map(Number).toSorted((a, b) => a - b)).toEqual(range(false));
      const sorted = positions.toSorted();
      expect(positions).toEqual(order === 'oldest' ? sorted : sorted.toReversed());
      expect(sizes.slice(0, -1).every((size) => size === limit)).toBe(true);
      expect(sizes.at(-1)).toBeGreaterThan(0);
    }
  });

  it('filters by tenant, connection, type and kind of actor, also over pages', async () => {
    const only = async (query: string) => (await readAll(query)).numbers.map(Number).toSorted((a, b) => a - b);

    expect(await only('&tenant_id=beta')).toEqual(range(false, (number) => number % 4 === 1));
    expect(await only('&tenant_id=_installation')).toEqual(range(false, (number) => number % 4 === 3));
    expect(await only('&tenant_id=gone')).toEqual([]);
    expect(await only(`&connection_id=${CONNECTION}`)).toEqual([8, 24]);
    expect(await only(`&connection_id=${CONNECTION}&tenant_id=acme`)).toEqual([8, 24]);
    expect(await only(`&connection_id=${CONNECTION}&tenant_id=beta`)).toEqual([]);
    expect(await only('&type=api_key_revoked&limit=1')).toEqual([0, 5, 10, 15, 20, 25]);
    expect(await only('&actor=operator&limit=4')).toEqual(range(false, (number) => number % 3 === 0));
    expect(await only('&actor=operator&type=api_key_revoked&order=oldest')).toEqual([0, 15]);
  });

  it('takes the beginning in and leaves the end out', async () => {
    const last = new Date(harness.clock.nowEpochMs()).toISOString();
    const before = new Date(harness.clock.nowEpochMs() - 2_000).toISOString();

    expect(numbersOf(await read(`?from=${before}&to=${last}`))).toEqual([28, 27]);
    expect(numbersOf(await read(`?from=${before.replace('Z', '%2B00:00')}&to=${to}`))).toEqual([29, 28, 27]);
  });

  it('downloads the same records as lines of JSON', async () => {
    const shown = await since();
    const file = await since('&format=ndjson');

    expect([file.status, file.headers['content-type']]).toEqual([200, 'application/x-ndjson']);
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="audit-20261124T\d{6}Z\.ndjson"$/);
    expect(file.headers['x-content-type-options']).toBe('nosniff');
    expect(file.headers['link']).toBeUndefined();
    expect(file.text.endsWith('\n')).toBe(true);
    expect(
      file.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(shown.json.items);
  });

  it('leads from a download to the next one', async () => {
    const first = await since('&format=csv&limit=20&type=connection_revoked');
    const [, next = ''] = /^<http:\/\/[^/]+(\/audit\?[^>]+)>; rel="next"$/.exec(first.headers['link'] ?? '') ?? [];
    const second = await operator.call('GET', next);

    const rows = (answer: JsonAnswer) => answer.text.split('\r\n').slice(1, -1);
    expect([rows(first).length, rows(second).length]).toEqual([20, 4]);
    expect(second.headers['link']).toBeUndefined();
    expect(new Set([...rows(first), ...rows(second)]).size).toBe(24);
  });

  it('writes CSV in which nothing is a formula', async () => {
    const texts = ['=1+1', '+1', '-1', '@x', '\tx', 'a"b,c', 'line\r\nbreak', '<script>', '‮gnp.exe'];
    harness.clock.advanceSeconds(60);
    const begin = new Date(harness.clock.nowEpochMs()).toISOString();
    for (const id of texts) {
      await record({ type: 'action_run', actor: { kind: 'api_key', id }, tenantId: 'acme', details: { name: id } });
    }
    const { headers, text } = await read(`?from=${begin}&order=oldest&format=csv&type=action_run`);

    expect(headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    const [head, ...rows] = parseCsv(text);
    expect(head).toEqual(['at', 'type', 'actor_kind', 'actor_id', 'tenant_id', 'connection_id', 'details', 'position']);
    expect(rows.map((row) => row[3])).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@x",
      "'\tx",
      'a"b,c',
      'line\r\nbreak',
      '<script>',
      '‮gnp.exe',
    ]);
    expect(rows.map((row) => JSON.parse(row[6] ?? '') as unknown)).toEqual(texts.map((name) => ({ name })));
    expect(rows.flat().some((cell) => /^[=+\-@\t\r]/.test(cell))).toBe(false);
  });

  it('looks through a bounded number of records in one call and still finds what is rare', async () => {
    harness.clock.advanceSeconds(60);
    const begin = new Date(harness.clock.nowEpochMs()).toISOString();
    await record({ type: 'tenant_shredded', actor: { kind: 'system' }, tenantId: 'acme', details: {} });
    // Positions rise within one process: the ones behind come later.
    for (let batch = 0; batch < 52; batch += 1) {
      const hundred = Array.from({ length: 100 }, () =>
        record({ type: 'action_refused', actor: { kind: 'system' }, tenantId: 'acme', details: {} }),
      );
      await Promise.all(hundred);
    }
    const query = `?from=${begin}&tenant_id=acme&type=tenant_shredded`;
    const first = await read(query);

    expect([first.json.items, typeof first.json.next_cursor]).toEqual([[], 'string']);
    const second = await read(`${query}&cursor=${first.json.next_cursor}`);
    expect(itemsOf(second).map(({ type }) => type)).toEqual(['tenant_shredded']);
    expect(second.json.next_cursor).toBeUndefined();
    const file = await read(`?from=${begin}&tenant_id=acme&format=ndjson`);
    expect(file.text.trimEnd().split('\n')).toHaveLength(1_000);
    expect(file.headers['link']).toContain('rel="next"');
  });

  it.each([
    ['type=nothing', 'type', `must be one of ${AUDIT_EVENT_TYPES.join(', ')}`],
    ['actor=me', 'actor', 'must be one of api_key, connection_token, end_user, operator, system'],
    ['order=up', 'order', 'must be one of newest, oldest'],
    ['format=xml', 'format', 'must be one of json, ndjson, csv'],
    ['limit=0', 'limit', 'must be a whole number from 1 to 1000'],
    ['limit=101', 'limit', 'must be a whole number from 1 to 100; with format ndjson or csv to 1000'],
    ['limit=1001&format=csv', 'limit', 'must be a whole number from 1 to 1000'],
    ['from=yesterday', 'from', expect.stringContaining('must be RFC 3339')],
    ['from=2026-02-30T00:00:00Z', 'from', expect.stringContaining('must be RFC 3339')],
    ['from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z', 'to', 'must lie behind from'],
    ['tenant_id=Acme', 'tenant_id', expect.stringContaining('must be a tenant id')],
    ['connection_id=x', 'connection_id', expect.stringContaining('must be a connection id')],
    ['cursor=x', 'cursor', 'is not a next_cursor of this list'],
    ['tenant=acme', 'tenant', expect.stringContaining('is not known; known are tenant_id, connection_id')],
  ])('names what is wrong with ?%s', async (query, parameter, detail) => {
    const refused = await read(`?${query}`);

    expectProblem(refused, 400, 'input_invalid');
    expect(refused.json.errors).toEqual([{ parameter, detail }]);
  });

  it('is for operators only, and says when the table is down', async () => {
    expectProblem(await harness.wire.send('GET', '/audit'), 401, 'operator_unauthenticated');
    expectProblem(await harness.wire.send('GET', '/audit', { key: harness.key }), 403, 'operator_only');
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'Query',
      match: 'AUDIT#',
      error: 'AccessDeniedException',
      times: 1,
    });
    expectProblem(await read('?tenant_id=acme'), 503, 'storage_unavailable');
  });
});

/** Reads CSV by the letter. @see RFC 4180 */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
