import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Harness } from '../support/harness.ts';
import { expectFaultsUsed } from '../support/planted-faults.ts';
import { ada, comeBack, expectProblem, grace } from './connect-expectations.ts';

let harness: Harness;
let otherKey: string;
/** Ids of the tenant `default`: five users, one of them with two Discord accounts. */
const own: string[] = [];
let foreign: string;

beforeAll(async () => {
  harness = await startHarness();
  otherKey = await harness.makeTenant('other');
  const connect = async (user_id: string, userId: string, key?: string) =>
    (await (await comeBack(harness, { user_id }, { userId }, key)).confirm()).json.id as string;
  for (const user of ['a', 'b', 'c', 'd#con_x', 'e']) own.push(await connect(user, ada.id));
  own.push(await connect('a', grace.id));
  foreign = await connect('a', ada.id, otherKey);
});
afterEach(() => expectFaultsUsed(harness));
afterAll(() => harness.stop());

const list = (query = '', key = harness.key) => harness.wire.send('GET', `/connections${query}`, { key });

const idsOf = (answer: Awaited<ReturnType<typeof list>>) => answer.json.items.map(({ id }: { id: string }) => id);

async function readPages(query: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor = ''; pages.length < 20;) {
    const page = await list(`${query}${cursor}`);
    expect(page.status).toBe(200);
    pages.push(idsOf(page));
    if (page.json.next_cursor === undefined) break;
    cursor = `&cursor=${encodeURIComponent(page.json.next_cursor)}`;
  }
  return pages;
}

describe('GET /connections', () => {
  it('lists the connections of the caller’s tenant and of no other', async () => {
    expect(idsOf(await list()).toSorted()).toEqual(own.toSorted());
    expect(idsOf(await list('', otherKey))).toEqual([foreign]);
  });

  it('pages through all of them, each once', async () => {
    const pages = await readPages('?limit=2');

    expect(pages.flat().toSorted()).toEqual(own.toSorted());
    expect(pages.every((page) => page.length <= 2)).toBe(true);
  });

  it('lists one user’s connections, all his accounts, and pages through them', async () => {
    expect(idsOf(await list('?user_id=a')).toSorted()).toEqual([own[0], own[5]].toSorted());
    expect((await readPages('?user_id=a&limit=1')).flat().toSorted()).toEqual([own[0], own[5]].toSorted());
    expect(idsOf(await list('?user_id=d%23con_x'))).toEqual([own[3]]);
    expect(idsOf(await list('?user_id=d'))).toEqual([]);
    expect(idsOf(await list('?user_id=nobody'))).toEqual([]);
  });

  it('refuses a cursor of another tenant [hostile 21]', async () => {
    const cursor = encodeURIComponent((await list('?limit=1')).json.next_cursor);

    const refused = await list(`?limit=1&cursor=${cursor}`, otherKey);
    expectProblem(refused, 400, 'input_invalid');
    expect(refused.json.errors).toEqual([{ parameter: 'cursor', detail: 'is not a next_cursor of this list' }]);
  });

  it('refuses a cursor of the whole list on the list of one user who is not there', async () => {
    const cursor = encodeURIComponent((await list('?limit=1')).json.next_cursor);

    expectProblem(await list(`?user_id=zzz&cursor=${cursor}`), 400, 'input_invalid');
  });

  const forge = (text: string) => Buffer.from(text).toString('base64url');
  it.each([
    ['empty', ''],
    ['garbage', 'garbage'],
    ['JSON', forge('["CONNECTION#con_0123456789012345678901","CONNECTION","YQ#con_0123456789012345678901"]')],
    ['a key of another kind', forge('["TENANT#other","TENANT","x"]')],
    ['a mark without a position', forge('0123456789abcdef.')],
    ['a position without its mark', forge('.YQ#con_0123456789012345678901')],
    ['another mark', forge('0123456789abcdef.YQ#con_0123456789012345678901')],
    ['huge', forge('x'.repeat(5_000))],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]).toString('base64url')],
  ])('refuses a cursor that is %s', async (_what, cursor) => {
    expectProblem(await list(`?cursor=${cursor}`), 400, 'input_invalid');
  });

  it('refuses a cursor whose position was stretched beyond what a key can be', async () => {
    const cursor = Buffer.from((await list('?limit=1')).json.next_cursor, 'base64url').toString();
    const [mark = ''] = cursor.split('.');

    expectProblem(await list(`?cursor=${forge(`${mark}.${'Y'.repeat(1_100)}#${own[0] ?? ''}`)}`), 400, 'input_invalid');
    expectProblem(await list(`?cursor=${forge(`${mark}.YQ#TENANT`)}`), 400, 'input_invalid');
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['user_id=', 'user_id'],
    [`user_id=${'x'.repeat(129)}`, 'user_id'],
    ['user_id=a&user_id=b', 'user_id'],
    ['user_id=%ff', 'user_id'],
    ['user_id=%00', 'user_id'],
    ['tenant=other', 'tenant'],
    ['__proto__=x', '__proto__'],
  ])('names the parameter that is wrong in ?%s', async (query, parameter) => {
    const refused = await list(`?${query}`);

    expectProblem(refused, 400, 'input_invalid');
    expect(refused.json.errors[0].parameter).toBe(parameter);
  });

  it('takes no key from the query', async () => {
    expectProblem(
      await harness.wire.send('GET', `/connections?api_key=x&access_token=${encodeURIComponent('y')}`),
      401,
      'caller_missing',
    );
  });

  it('is whole although DynamoDB left a part of the items unprocessed [hostile 38]', async () => {
    harness.stack.aws.faults.add({ service: 'dynamodb', operation: 'BatchGetItem', unprocessed: true, times: 1 });

    expect(idsOf(await list()).toSorted()).toEqual(own.toSorted());
  });

  it.each(['Query', 'BatchGetItem', 'GetItem'])('says when the storage is down: %s [hostile 38]', async (operation) => {
    harness.stack.aws.faults.add({ service: 'dynamodb', operation, error: 'AccessDeniedException', times: 1 });

    const refused = await list();
    expectProblem(refused, 503, 'storage_unavailable');
    expect(refused.headers['retry-after']).toBe('5');
  });

  it('shows of a connection what callers need and nothing that is secret', async () => {
    const [item] = (await list('?user_id=e')).json.items;

    expect(Object.keys(item).toSorted()).toEqual(
      [
        'created_at',
        'discord_user',
        'guilds',
        'id',
        'scopes',
        'status',
        'updated_at',
        'user_id',
        'webhooks',
      ].toSorted(),
    );
    expect(item.created_at).toBe('2026-11-24T12:00:00Z');
    expect((await harness.wire.send('GET', `/connections/${own[4] ?? ''}`, { key: harness.key })).json).toEqual(item);
  });
});
