import { beforeEach, describe, expect, it } from 'vitest';
import { RateMemory } from '../../../shared/discord/rate-memory.ts';

const NOW = 1_000_000;
const SEND = { credential: 'bot', route: 'POST /channels/{channel_id}/messages', resource: '1' };

let memory: RateMemory;
beforeEach(() => {
  memory = new RateMemory();
});

function learn(target: typeof SEND, status: number, headers: Record<string, string>, body: unknown = {}) {
  memory.learn(target, { status, headers: new Headers(headers), body: Buffer.from(JSON.stringify(body)) }, NOW);
}

const limits = (remaining: number, resetAfter: string, bucket = 'b1') => ({
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset-after': resetAfter,
  'x-ratelimit-bucket': bucket,
});

describe('RateMemory', () => {
  it('lets through what it knows nothing of', () => {
    expect(memory.admit(SEND, NOW)).toBe(0);
  });

  it('counts down what is left and then waits until the reset', () => {
    learn(SEND, 200, limits(2, '1.5'));

    expect([1, 2, 3].map(() => memory.admit(SEND, NOW))).toEqual([0, 0, 1500]);
    expect(memory.admit(SEND, NOW + 1499)).toBe(1);
    expect([1, 2, 3].map(() => memory.admit(SEND, NOW + 1500))).toEqual([0, 0, 0]);
  });

  it('keeps other resources, credentials and buckets apart', () => {
    learn(SEND, 200, limits(0, '5'));

    expect(memory.admit({ ...SEND, resource: '2' }, NOW)).toBe(0);
    expect(memory.admit({ ...SEND, credential: 'user' }, NOW)).toBe(0);
    expect(memory.admit({ ...SEND, route: 'GET /channels/{channel_id}' }, NOW)).toBe(0);
    expect(memory.admit(SEND, NOW)).toBe(5000);
  });

  it('joins routes that share a bucket', () => {
    const edit = { ...SEND, route: 'PATCH /channels/{channel_id}/messages/{message_id}' };
    learn(edit, 200, limits(5, '5'));
    learn(SEND, 200, limits(0, '5'));

    expect(memory.admit(edit, NOW)).toBe(5000);
  });

  it('waits after a 429 as long as header or body say, whichever is longer', () => {
    learn(SEND, 429, { 'retry-after': '2' }, { retry_after: 2.4 });

    expect(memory.admit(SEND, NOW)).toBe(3000);
    expect(memory.admit({ ...SEND, resource: '2' }, NOW)).toBe(0);
  });

  it.each([{ 'x-ratelimit-global': 'true' }, { 'x-ratelimit-scope': 'global' }])(
    'holds the whole credential back after %j',
    (headers) => {
      learn(SEND, 429, { 'retry-after': '1', ...headers });

      expect(memory.admit({ credential: 'bot', route: 'GET /guilds/{guild_id}' }, NOW)).toBe(1000);
      expect(memory.admit({ ...SEND, credential: 'user' }, NOW)).toBe(0);
      expect(memory.admit(SEND, NOW + 1000)).toBe(0);
    },
  );

  it('goes on after a 429 that left calls: that was a limit on what was sent', () => {
    learn(SEND, 429, { 'retry-after': '600', ...limits(3, '5') });

    expect(memory.admit(SEND, NOW)).toBe(0);
  });

  it.each(['', '-1', 'NaN', 'Infinity', '1e9', '99999999999'])('does not believe %j', (text) => {
    learn(SEND, 200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': text });

    expect(memory.admit(SEND, NOW)).toBe(0);
  });

  it('believes no wait beyond an hour', () => {
    learn(SEND, 200, limits(0, '99999999'));

    expect(memory.admit(SEND, NOW)).toBe(3_600_000);
  });

  it('forgets the oldest when it knows too much', () => {
    for (let index = 0; index < 1_001; index += 1) {
      learn({ ...SEND, resource: String(index) }, 200, limits(0, '5'));
    }

    expect(memory.admit({ ...SEND, resource: '0' }, NOW)).toBe(0);
    expect(memory.admit({ ...SEND, resource: '1000' }, NOW)).toBe(5000);
  });
});
