import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../infra/local/discord/control/fault.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';

/** Stands in every faulty answer: must not come through. */
const UPSTREAM_TEXT = 'upstream-text-that-must-not-come-through';

const HTML = `<!DOCTYPE html><html><body><h1>${UPSTREAM_TEXT}</h1></body></html>`;

interface Case {
  readonly fault: Fault;
  readonly status: number;
  readonly code: string;
  /** Seconds, as header and member; absent: neither is there. */
  readonly retryAfter?: number;
  readonly discord?: Readonly<Record<string, unknown>>;
}

function answer(status: number, parts: { json?: unknown; body?: string; headers?: Record<string, string> }): Fault {
  return { kind: 'answer', status, ...parts };
}

function html(status: number): Fault {
  return answer(status, { body: HTML, headers: { 'content-type': 'text/html; charset=UTF-8', server: 'cloudflare' } });
}

function json200(body: string, contentType = 'application/json'): Fault {
  return answer(200, { body, headers: { 'content-type': contentType } });
}

function limited(seconds: unknown, headers: Record<string, string> = {}): Fault {
  return answer(429, { json: { message: UPSTREAM_TEXT, retry_after: seconds, global: false }, headers });
}

const REFUSALS: Record<string, Case> = {
  'a 403 with its code': {
    fault: answer(403, { json: { code: 50001, message: UPSTREAM_TEXT } }),
    status: 403,
    code: 'discord_rejected',
    discord: { status: 403, code: 50001 },
  },
  'a 404 with its code': {
    fault: answer(404, { json: { code: 10004, message: UPSTREAM_TEXT } }),
    status: 404,
    code: 'discord_rejected',
    discord: { status: 404, code: 10004 },
  },
  'a 400 with field errors': {
    fault: answer(400, {
      json: {
        code: 50035,
        message: UPSTREAM_TEXT,
        errors: { limit: { _errors: [{ code: 'X', message: UPSTREAM_TEXT }] } },
      },
    }),
    status: 400,
    code: 'discord_rejected',
    discord: { status: 400, code: 50035 },
  },
  'a 403 page without a code': { fault: html(403), status: 403, code: 'discord_rejected', discord: { status: 403 } },
  'a code that is no number': {
    fault: answer(403, { json: { code: UPSTREAM_TEXT } }),
    status: 403,
    code: 'discord_rejected',
    discord: { status: 403 },
  },
  'an empty 404': { fault: answer(404, { body: '' }), status: 404, code: 'discord_rejected', discord: { status: 404 } },
};

const LIMITS: Record<string, Case> = {
  'a 429 with headers': {
    fault: { kind: 'rate_limit', retry_after_seconds: 7.2, scope: 'shared' },
    status: 429,
    code: 'discord_rate_limited',
    retryAfter: 8,
    discord: { scope: 'shared' },
  },
  'a 429 with its body only': {
    fault: { kind: 'rate_limit', retry_after_seconds: 2.1, with_headers: false },
    status: 429,
    code: 'discord_rate_limited',
    retryAfter: 3,
  },
  'a 429 with its header only': {
    fault: answer(429, { body: '', headers: { 'retry-after': '9' } }),
    status: 429,
    code: 'discord_rate_limited',
    retryAfter: 9,
  },
  'a 429 whose header and body disagree': {
    fault: limited(12, { 'retry-after': '3' }),
    status: 429,
    code: 'discord_rate_limited',
    retryAfter: 12,
  },
  'a 429 with retry_after 0': { fault: limited(0), status: 429, code: 'discord_rate_limited', retryAfter: 5 },
  'a 429 with a negative wait': {
    fault: limited(-3, { 'retry-after': '-3' }),
    status: 429,
    code: 'discord_rate_limited',
    retryAfter: 5,
  },
  'a 429 with 1e9 seconds': { fault: limited(1e9), status: 429, code: 'discord_rate_limited', retryAfter: 3600 },
  'a 429 with a date': {
    fault: limited(null, { 'retry-after': 'Wed, 21 Oct 2099 07:28:00 GMT' }),
    status: 429,
    code: 'discord_rate_limited',
    retryAfter: 5,
  },
  'a 429 with a wait that is text': {
    fault: limited(UPSTREAM_TEXT),
    status: 429,
    code: 'discord_rate_limited',
    retryAfter: 5,
  },
  'a 429 with a skewed Reset': {
    fault: limited(1, {
      'x-ratelimit-reset': '4102444800',
      'x-ratelimit-scope': 'user',
      'x-ratelimit-bucket': 'abcd1234',
    }),
    status: 429,
    code: 'discord_rate_limited',
    retryAfter: 1,
    discord: { scope: 'user', bucket: 'abcd1234' },
  },
  'a 429 with odd scope and bucket': {
    fault: limited(1, { 'x-ratelimit-scope': UPSTREAM_TEXT, 'x-ratelimit-bucket': `<b>${UPSTREAM_TEXT}</b>` }),
    status: 429,
    code: 'discord_rate_limited',
    retryAfter: 1,
    discord: {},
  },
  'Cloudflare’s page 1015': { fault: { kind: 'cloudflare' }, status: 429, code: 'discord_rate_limited', retryAfter: 5 },
};

const UNREADABLE = { status: 502, code: 'discord_answer_unreadable', retryAfter: 5 };

const OUTAGES: Record<string, Case> = {
  'a 500': {
    fault: answer(500, { json: { message: UPSTREAM_TEXT } }),
    status: 502,
    code: 'discord_unavailable',
    retryAfter: 5,
    discord: { status: 500 },
  },
  'a 503': {
    fault: answer(503, { body: UPSTREAM_TEXT }),
    status: 502,
    code: 'discord_unavailable',
    retryAfter: 5,
    discord: { status: 503 },
  },
  'an HTML 502': {
    fault: html(502),
    status: 502,
    code: 'discord_unavailable',
    retryAfter: 5,
    discord: { status: 502 },
  },
  'Cloudflare’s 520': {
    fault: { kind: 'cloudflare', status: 520, error_number: 520 },
    status: 502,
    code: 'discord_unavailable',
    retryAfter: 5,
    discord: { status: 520 },
  },
  'a page in place of JSON': { fault: html(200), ...UNREADABLE },
  'JSON under another type': { fault: { kind: 'content_type', content_type: 'text/plain' }, ...UNREADABLE },
  'JSON without a type': { fault: { kind: 'content_type', content_type: null }, ...UNREADABLE },
  'a type that only begins alike': { fault: json200('{}', 'application/json-seq'), ...UNREADABLE },
  'text that claims to be JSON': { fault: json200(UPSTREAM_TEXT), ...UNREADABLE },
  'JSON that ends early': { fault: json200(`{"id":"${UPSTREAM_TEXT}`), ...UNREADABLE },
  'two values': { fault: json200('{}{}'), ...UNREADABLE },
  'an empty 200': { fault: json200(''), ...UNREADABLE },
  'a 204 where a body belongs': { fault: answer(204, {}), ...UNREADABLE },
  'a 201 where a 200 belongs': { fault: answer(201, { json: { id: UPSTREAM_TEXT } }), ...UNREADABLE },
  'a truncated body': {
    fault: { kind: 'truncate', after_bytes: 20 },
    status: 502,
    code: 'discord_unavailable',
    retryAfter: 5,
  },
  'a head without a body': {
    fault: { kind: 'truncate', after_bytes: 0 },
    status: 502,
    code: 'discord_unavailable',
    retryAfter: 5,
  },
  'a dropped connection': {
    fault: { kind: 'drop', phase: 'after' },
    status: 502,
    code: 'discord_unavailable',
    retryAfter: 5,
  },
  'a body of 50 MB': {
    fault: { kind: 'oversize', bytes: 50 * 1024 * 1024 },
    status: 502,
    code: 'discord_answer_too_large',
  },
};

describe('Discord’s refusals and faults', () => {
  const harness = useHarness();
  let discord: DiscordRequests;
  let ada: ConnectedUser;
  beforeAll(async () => {
    discord = watchDiscord(harness.simulator);
    ada = await connectUser(harness);
  });
  beforeEach(() => discord.clear());

  const plant = (fault: Fault) => harness.simulator.control.addFault({ path: '/api/v10/users/@me', fault });

  it.each(Object.entries({ ...REFUSALS, ...LIMITS, ...OUTAGES }))(
    'answers %s with a typed problem, calls once and echoes nothing [hostile 37]',
    async (_, { fault, status, code, retryAfter, discord: facts }) => {
      await plant(fault);
      const problem = await ada.call();

      expect([problem.status, problem.json.code]).toEqual([status, code]);
      expect(problem.headers['retry-after']).toBe(retryAfter === undefined ? undefined : String(retryAfter));
      expect(problem.json.retry_after_seconds).toBe(retryAfter);
      expect(problem.json.retry_after).toBe(retryAfter);
      if (facts !== undefined) expect(problem.json.discord).toEqual(facts);
      expect(problem.text + JSON.stringify(problem.headers)).not.toContain(UPSTREAM_TEXT);
      expect(JSON.stringify(harness.log.entries)).not.toContain(UPSTREAM_TEXT);
      expect((await discord.all()).map(({ path }) => path)).toEqual(['/api/v10/users/@me']);
      expect(await ada.load()).toMatchObject({ status: 'active' });
    },
  );

  it.each([301, 302, 303, 307, 308])(
    'does not follow a %s, which would carry the token elsewhere [hostile 37]',
    async (status) => {
      await plant(
        answer(status, { body: '', headers: { location: `${harness.simulator.baseUrl}/api/v10/users/@me/guilds` } }),
      );
      const problem = await ada.call();

      expect([problem.status, problem.json.code]).toEqual([502, 'discord_answer_unreadable']);
      expect(problem.headers).not.toHaveProperty('location');
      expect((await discord.all()).map(({ path }) => path)).toEqual(['/api/v10/users/@me']);
    },
  );

  it('passes on an answer that comes slowly but in time', async () => {
    await plant({ kind: 'drip', bytes_per_piece: 200, pause_ms: 5 });

    expect((await ada.call()).json).toMatchObject({ id: ada.discordUserId });
  });

  it('passes on an answer just below the limit of 5 MB, and refuses one byte above it', async () => {
    await plant({ kind: 'oversize', bytes: 5 * 1024 * 1024 });
    await plant({ kind: 'oversize', bytes: 5 * 1024 * 1024 + 1 });
    const [passed, refused] = [await ada.call(), await ada.call()];

    expect([passed.status, passed.text.length, passed.json.id]).toEqual([200, 5 * 1024 * 1024, ada.discordUserId]);
    expect([refused.json.code, refused.json.max_bytes]).toEqual(['discord_answer_too_large', 5 * 1024 * 1024]);
  });
});

describe('a slow Discord', () => {
  const harness = useHarness({ maxCallMs: 150 });
  let ada: ConnectedUser;
  beforeAll(async () => {
    ada = await connectUser(harness);
  });

  it.each<[string, Fault]>([
    ['holds its answer back', { kind: 'hold', phase: 'after' }],
    ['drips a byte now and then', { kind: 'drip', bytes_per_piece: 1, pause_ms: 20 }],
  ])('gives up in time when Discord %s [hostile 37]', async (_, fault) => {
    const discord = watchDiscord(harness.simulator);
    await discord.clear();
    await harness.simulator.control.addFault({ path: '/api/v10/users/@me', fault });
    const problem = await ada.call();

    expect([problem.status, problem.json.code]).toEqual([504, 'discord_timeout']);
    expect(await discord.calls()).toBe(1);
  });
});
