import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../infra/local/discord/control/fault.ts';
import type { Simulator } from '../../../infra/local/discord/simulator.ts';
import { ScriptedApp, startTestSimulator, USER_AGENT } from './scripted-app.ts';

let simulator: Simulator;
let app: ScriptedApp;
let accessToken: unknown;

const ME = '/api/v10/users/@me';

beforeEach(async () => {
  simulator = await startTestSimulator();
  app = new ScriptedApp(simulator);
  accessToken = (await app.connect())['access_token'];
});

afterEach(() => simulator.stop());

function onMe(fault: Fault): Promise<unknown> {
  return simulator.control.addFault({ path: ME, fault });
}

const me = () => app.get('/users/@me', accessToken);

describe('fault rules', () => {
  it('are met once unless told otherwise', async () => {
    await onMe({ kind: 'answer', status: 502 });

    expect([(await me()).status, (await me()).status]).toEqual([502, 200]);
  });

  it('skip, count and end as told', async () => {
    await simulator.control.addFault({ path: ME, skip: 1, times: 2, fault: { kind: 'answer', status: 500 } });
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await me()).status);
    const { items } = await simulator.control.listFaults();

    expect(statuses).toEqual([200, 500, 500, 200]);
    expect(items[0]).toMatchObject({ hits: 2, remaining: 0 });
  });

  it('match method and path, a star for one segment and two for the rest', async () => {
    const answer = (status: number): Fault => ({ kind: 'answer', status });
    await simulator.control.addFault({ method: 'POST', path: ME, fault: answer(500) });
    await simulator.control.addFault({ path: '/api/v10/*', fault: answer(501) });
    await simulator.control.addFault({ path: '/api/*/users/*', fault: answer(502) });
    await simulator.control.addFault({ path: '/api/**', times: null, fault: answer(503) });

    expect([(await me()).status, (await me()).status, (await me()).status]).toEqual([502, 503, 503]);
  });

  it('are gone after they are cleared', async () => {
    await simulator.control.addFault({ path: '/api/**', times: null, fault: { kind: 'answer', status: 503 } });
    await simulator.control.clearFaults();

    expect((await me()).status).toBe(200);
  });
});

describe('faults', () => {
  it('answer instead, with status, headers and body', async () => {
    await onMe({
      kind: 'answer',
      status: 503,
      headers: { 'Retry-After': '7' },
      json: { message: 'busy', code: 130000 },
    });
    const reply = await me();

    expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '7']);
    expect(reply.json).toEqual({ message: 'busy', code: 130000 });
  });

  it('answer HTML', async () => {
    await onMe({ kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Hi</h1>' });
    const reply = await me();

    expect([reply.headers.get('content-type'), reply.text]).toEqual(['text/html', '<h1>Hi</h1>']);
  });

  it('answer 429 with and without headers', async () => {
    await onMe({ kind: 'rate_limit', retry_after_seconds: 1.2, scope: 'shared' });
    await onMe({ kind: 'rate_limit', retry_after_seconds: 1.2, with_headers: false });
    const [withHeaders, without] = [await me(), await me()];

    expect(withHeaders.headers.get('retry-after')).toBe('2');
    expect(withHeaders.headers.get('x-ratelimit-scope')).toBe('shared');
    expect(without.status).toBe(429);
    expect(without.headers.has('retry-after')).toBe(false);
    expect(without.json['retry_after']).toBe(1.2);
  });

  it('answer with a page of the edge', async () => {
    await onMe({ kind: 'cloudflare' });
    const reply = await me();

    expect([reply.status, reply.headers.get('server')]).toEqual([429, 'cloudflare']);
    expect(reply.text).toContain('Error 1015');
  });

  it('truncate a body whose length was promised', async () => {
    await onMe({ kind: 'truncate', after_bytes: 10 });

    await expect(me()).rejects.toThrow();
  });

  it('drip a body and lose none of it', async () => {
    await onMe({ kind: 'drip', bytes_per_piece: 50, pause_ms: 1 });

    expect((await me()).json['username']).toBe('ada.lovelace');
  });

  it('stop dripping when the client goes away', async () => {
    await onMe({ kind: 'drip', bytes_per_piece: 1, pause_ms: 60_000 });
    const abort = new AbortController();
    const response = await fetch(`${simulator.baseUrl}${ME}`, {
      signal: abort.signal,
      headers: { authorization: `Bearer ${String(accessToken)}`, 'user-agent': USER_AGENT },
    });
    abort.abort();

    await expect(response.text()).rejects.toThrow();
    expect((await me()).status).toBe(200);
  });

  it('make a body as large as asked, still JSON', async () => {
    await onMe({ kind: 'oversize', bytes: 3_000_000 });
    const reply = await me();

    expect(reply.text).toHaveLength(3_000_000);
    expect(reply.json['username']).toBe('ada.lovelace');
  });

  it('change or leave out the content type', async () => {
    await onMe({ kind: 'content_type', content_type: 'text/plain' });
    await onMe({ kind: 'content_type', content_type: null });

    expect((await me()).headers.get('content-type')).toBe('text/plain');
    expect((await me()).headers.has('content-type')).toBe(false);
  });

  it('change a token answer and leave errors alone', async () => {
    const fault: Fault = {
      kind: 'edit_json',
      set: { token_type: 'bearer', expires_in: -1 },
      remove: ['refresh_token'],
    };
    await simulator.control.addFault({ path: '/api/oauth2/token', times: 2, fault });
    const changed = await app.exchange(await app.obtainCode());
    const error = await app.exchange('wrong');

    expect(changed.json).toMatchObject({ token_type: 'bearer', expires_in: -1, scope: 'identify' });
    expect(changed.json).not.toHaveProperty('refresh_token');
    expect(error.json['error']).toBe('invalid_grant');
  });

  it('delay an answer', async () => {
    await onMe({ kind: 'delay', delay_ms: 30 });
    const startedAt = performance.now();
    await me();

    // Timers may fire a millisecond early.
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(29);
  });

  it('drop before processing: the code is not spent', async () => {
    await simulator.control.addFault({ path: '/api/oauth2/token', fault: { kind: 'drop', phase: 'before' } });
    const code = await app.obtainCode();

    await expect(app.exchange(code)).rejects.toThrow();
    expect((await app.exchange(code)).status).toBe(200);
  });

  it('drop after processing: the refresh took place and its answer is lost', async () => {
    const tokens = await app.connect();
    await simulator.control.addFault({ path: '/api/oauth2/token', fault: { kind: 'drop', phase: 'after' } });

    await expect(app.refresh(tokens['refresh_token'])).rejects.toThrow();
    expect((await app.refresh(tokens['refresh_token'])).json['error']).toBe('invalid_grant');
  });

  it('answer instead after processing: the code is spent', async () => {
    const fault: Fault = { kind: 'answer', status: 200, body: '<html>', phase: 'after' };
    await simulator.control.addFault({ path: '/api/oauth2/token', fault });
    const code = await app.obtainCode();

    expect((await app.exchange(code)).text).toBe('<html>');
    expect((await app.exchange(code)).json['error']).toBe('invalid_grant');
  });

  it('hold a request until it is released', async () => {
    const { id } = await simulator.control.addFault({ path: ME, fault: { kind: 'hold', phase: 'after' } });
    const held = me();
    await untilHeld();

    expect((await me()).status).toBe(200);
    expect(await simulator.control.releaseFaults({ id })).toEqual({ released: 1 });
    expect((await held).status).toBe(200);
  });

  it('do not keep the simulator from stopping', async () => {
    await onMe({ kind: 'hold' });
    const held = me().catch(() => 'closed');
    await untilHeld();
    await simulator.stop();

    expect(await held).toBe('closed');
    simulator = await startTestSimulator();
  });
});

/** Asks until the request has arrived at its `hold`: over HTTP it gets there in its own time. */
async function untilHeld(): Promise<void> {
  while ((await simulator.control.listFaults()).items[0]?.held !== 1) await new Promise(setImmediate);
}
