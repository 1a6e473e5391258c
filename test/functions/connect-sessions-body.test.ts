import { describe, expect, it } from 'vitest';
import { useHarness } from '../support/use-harness.ts';
import { ada, expectProblem, RETURN_URL } from './connect-expectations.ts';

const harness = useHarness();

const JSON_TYPE = { 'content-type': 'application/json' };

const post = (body: string | Uint8Array, headers: Record<string, string> = JSON_TYPE) =>
  harness.wire.send('POST', '/connect-sessions', { key: harness.key, body, headers });

const fields = (more = '') => `"user_id":"u","return_url":"${RETURN_URL}"${more}`;

describe('the body of POST /connect-sessions', () => {
  const notJson: [string, string][] = [
    ['nothing', ''],
    ['half an object', '{"user_id":'],
    ['single quotes', "{'user_id':'u'}"],
    ['bytes behind the object', `{${fields()}} x`],
    ['two objects', `{${fields()}}{}`],
    ['a byte order mark', `\ufeff{${fields()}}`],
    ['NaN', `{${fields(',"n":NaN')}}`],
    ['a comment', `{${fields()}} // no`],
  ];
  it.each(notJson)('is refused when it is not JSON: %s [hostile 29]', async (_what, body) => {
    expectProblem(await post(body), 400, 'input_not_json');
  });

  const misleading: [string, string, string][] = [
    ['a key twice', `{${fields(',"user_id":"v"')}}`, '/user_id'],
    ['a key twice, once escaped', `{${fields(',"us\\u0065r_id":"v"')}}`, '/user_id'],
    ['__proto__', `{${fields(',"__proto__":{"tenantId":"x"}')}}`, '/__proto__'],
    ['constructor, nested', `{${fields(',"scopes":[{"constructor":1}]')}}`, '/scopes/0/constructor'],
    ['1e400', `{${fields(',"n":1e400')}}`, '/n'],
    ['a number that would be rounded', `{${fields(',"n":[0,90071992547409931]')}}`, '/n/1'],
  ];
  it.each(misleading)('is refused with a pointer: %s [hostile 29]', async (_what, body, pointer) => {
    const refused = await post(body);

    expectProblem(refused, 400, 'input_not_json');
    expect(refused.json.errors[0].pointer).toBe(pointer);
  });

  it('does not take two ids for one because neither is UTF-8 [hostile 29]', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"user_id":"u'),
      Buffer.from([0xff]),
      Buffer.from(`",${fields().slice(14)}}`),
    ]);

    const refused = await post(bytes);
    expect(refused.status).toBe(400);
    expect(refused.json.errors[0].pointer).toBe('/user_id');
  });

  it('must give a snowflake as a string, not as a number that JavaScript rounds [hostile 30]', async () => {
    const refused = await post(`{${fields(',"scopes":["bot"],"guild_id":175928847299117063')}}`);

    expectProblem(refused, 400, 'input_not_json');
    expect(refused.json.errors[0]).toMatchObject({ pointer: '/guild_id', detail: expect.stringContaining('string') });
  });

  const huge: [string, () => string][] = [
    ['10,000 levels', () => `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['a megabyte of brackets', () => '['.repeat(1_000_000)],
    ['100,000 keys', () => `{${Array.from({ length: 100_000 }, (_, n) => `"k${n}":1`).join(',')}}`],
    ['a long text', () => `{${fields(`,"x":"${'y'.repeat(70_000)}"`)}}`],
  ];
  it.each(huge)(
    'is refused before it costs anything when it is built to be costly: %s [hostile 31]',
    async (_what, build) => {
      const body = build();
      const refused = await post(body);

      expect([400, 413]).toContain(refused.status);
      expectProblem(refused, refused.status, refused.status === 413 ? 'input_too_large' : 'input_not_json');
    },
  );

  const types: [string, Record<string, string>][] = [
    ['none', {}],
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['bytes, which arrive in base64', { 'content-type': 'application/octet-stream' }],
    ['another JSON', { 'content-type': 'application/problem+json' }],
    ['JSON in another charset', { 'content-type': 'application/json; charset=utf-16' }],
    ['a malformed type', { 'content-type': 'application/json, application/json' }],
  ];
  it.each(types)('must be declared as JSON: %s [hostile 32]', async (_what, headers) => {
    expectProblem(await post(Buffer.from(`{${fields()}}`), headers), 415, 'input_media_type');
  });

  it('may name its charset', async () => {
    const made = await post(`{${fields()}}`, { 'content-type': 'Application/JSON; charset="UTF-8"' });

    expect(made.status).toBe(201);
  });

  it('says how large it may be [hostile 32]', async () => {
    const refused = await post(`{${fields()}}${' '.repeat(65_536)}`);

    expectProblem(refused, 413, 'input_too_large');
    expect(refused.json.max_bytes).toBe(65_536);
    expect((await post(`{${fields()}}${' '.repeat(60_000)}`)).status).toBe(201);
  });

  it('keeps a user id as it was written: right-to-left marks, emoji, composed and decomposed apart [hostile 33]', async () => {
    const ids = ['\u202Egnp.exe', '👩‍🚀 @every\u200bone', 'Zo\u00eb', 'Zoe\u0308', '<b>&amp;"#;con_x'];
    for (const user_id of ids) {
      const connection = await harness.wire.connect(
        harness.key,
        { user_id, return_url: RETURN_URL },
        { userId: ada.id },
      );
      expect(connection.user_id).toBe(user_id);
      const query = new URLSearchParams({ user_id }).toString();
      const found = await harness.wire.send('GET', `/connections?${query}`, { key: harness.key });
      expect(found.json.items.map((item: { id: string }) => item.id)).toEqual([connection.id]);
    }
  });

  it.each(['\\ud800', 'a\\u0000b', 'line\\nbreak', '\\u0085'])(
    'is refused with a user id that no system can keep: %s [hostile 33]',
    async (user_id) => {
      const refused = await post(`{"user_id":"${user_id}","return_url":"${RETURN_URL}"}`);

      expectProblem(refused, 400, 'input_invalid');
      expect(refused.json.errors[0].pointer).toBe('/user_id');
    },
  );
});
