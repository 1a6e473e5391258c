import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../shared/domain/audit-record.ts';
import { setConfirmation } from '../../shared/app/operate-tenants.ts';
import { sha256Hex } from '../../shared/domain/hash.ts';
import { useHarness } from '../support/use-harness.ts';
import { ada, comeBack, expectProblem, goToDiscord, grace } from './connect-expectations.ts';

const harness = useHarness();

let tenantCount = 0;
let tenantId: string;
let key: string;

/** A tenant of its own for each test, of which everything that was recorded is this test's. */
beforeEach(async () => {
  tenantCount += 1;
  tenantId = `audited-${tenantCount}`;
  key = await harness.makeTenant(tenantId);
  harness.log.entries.length = 0;
  harness.metrics.clear();
});

/** Events of connecting. Those of the operator are tested with his command line, those of keys and tokens with these. */
const TYPES: readonly string[] = [
  'connect_session_created',
  'connection_connected',
  'connection_reconnected',
  'confirmation_refused',
  'connect_session_burnt',
];

/** What was recorded of connecting, oldest first. */
async function readRecords(connectionId?: string): Promise<readonly AuditRecord[]> {
  const page = { limit: 100, isNewestFirst: false };
  const list = harness.edges.auditRecords;
  const found =
    connectionId === undefined
      ? await list.listByTenant(tenantId, page)
      : await list.listByConnection(connectionId, page);
  return (found?.records ?? []).filter(({ type }) => TYPES.includes(type));
}

const typesOf = (records: readonly AuditRecord[]) => records.map(({ type }) => type);
const markOf = (sessionId: string) => sha256Hex(sessionId).slice(0, 16);
const actor = () => ({ kind: 'api_key', id: key.split('_')[1] });
const wrongConfirm = (sessionId: string, userId: string, code: string) =>
  harness.wire.confirm(key, sessionId, userId, code);

async function connect(userId = 'user-1', discordUser = ada.id) {
  const back = await comeBack(harness, { user_id: userId }, { userId: discordUser }, key);
  const confirmed = await back.confirm();
  expect(confirmed.status).toBe(200);
  return { ...back, connectionId: String(confirmed.json.id) };
}

describe('the record of connecting', () => {
  it('says who made the link, who confirmed it, and for what, in time order', async () => {
    const start = harness.clock.nowEpochMs();
    const back = await comeBack(harness, { user_id: 'user-1' }, { userId: ada.id }, key);
    harness.clock.advanceSeconds(7);
    const { id } = (await back.confirm()).json as { id: string };

    const scopes = ['identify', 'email', 'guilds'];
    const session = markOf(back.sessionId);
    const common = { tenantId, actor: actor(), position: expect.any(String) as string };
    expect(await readRecords()).toEqual([
      {
        type: 'connect_session_created',
        ...common,
        atEpochMs: start,
        details: { session, scopes, isConfirmationRequired: true },
      },
      {
        type: 'connection_connected',
        ...common,
        connectionId: id,
        atEpochMs: start + 7000,
        details: { session, scopes },
      },
    ]);
  });

  it('tells connecting anew from the first time, and leads from the connection to both', async () => {
    const first = await connect();
    harness.clock.advanceSeconds(1);
    const second = await connect();
    await connect('user-2', grace.id);

    expect(second.connectionId).toBe(first.connectionId);
    expect(await readRecords(first.connectionId)).toMatchObject([
      { type: 'connection_connected', details: { session: markOf(first.sessionId) } },
      { type: 'connection_reconnected', details: { session: markOf(second.sessionId) } },
    ]);
    expect(typesOf(await readRecords())).toEqual([
      'connect_session_created',
      'connection_connected',
      'connect_session_created',
      'connection_reconnected',
      'connect_session_created',
      'connection_connected',
    ]);
  });

  it('names the end user as the one who did it, where nobody confirms', async () => {
    expect((await setConfirmation(harness.edges, tenantId, false)).ok).toBe(true);
    const { jar, callbackUrl } = await goToDiscord(harness, { user_id: 'user-1' }, { userId: ada.id }, key);
    await harness.wire.returnFromDiscord(callbackUrl, jar);

    expect(await readRecords()).toMatchObject([
      { type: 'connect_session_created', details: { isConfirmationRequired: false } },
      { type: 'connection_connected', actor: { kind: 'end_user' } },
    ]);
  });

  it('is of one tenant: another one’s has nothing of it', async () => {
    await connect();
    const before = tenantId;
    tenantId = 'default';

    expect((await readRecords()).filter((record) => record.tenantId !== 'default')).toEqual([]);
    tenantId = before;
    expect(await readRecords()).toHaveLength(2);
  });
});

describe('the record of refusals', () => {
  it('says which part was wrong, which the caller does not learn, and when the session was closed for it', async () => {
    const back = await comeBack(harness, { user_id: 'user-1' }, { userId: ada.id }, key);
    const answers = [
      await wrongConfirm(back.sessionId, 'user-2', back.confirmationCode),
      await wrongConfirm(back.sessionId, 'user-1', 'guessed'),
      await wrongConfirm(back.sessionId, 'user-2', 'guessed'),
      await wrongConfirm(back.sessionId, 'user-2', 'guessed'),
      await wrongConfirm(back.sessionId, 'user-2', 'guessed'),
    ];

    expect(answers.map(({ json }) => json.code as string)).toEqual([
      ...Array.from({ length: 4 }, () => 'confirmation_rejected'),
      'connect_session_burnt',
    ]);
    const refused = (attemptsLeft: number, ...wrong: string[]) => ({
      type: 'confirmation_refused',
      actor: actor(),
      details: { session: markOf(back.sessionId), reason: 'confirmation_rejected', wrong, attemptsLeft },
    });
    expect((await readRecords()).slice(1)).toMatchObject([
      refused(4, 'user_id'),
      refused(3, 'confirmation_code'),
      refused(2, 'confirmation_code', 'user_id'),
      refused(1, 'confirmation_code', 'user_id'),
      refused(0, 'confirmation_code', 'user_id'),
      { type: 'connect_session_burnt', actor: actor(), details: { session: markOf(back.sessionId) } },
    ]);
  });

  it('is found with the connection that was to be repaired, when somebody else came back', async () => {
    const { connectionId } = await connect();
    const other = await comeBack(
      harness,
      { user_id: 'user-1', connection_id: connectionId },
      { userId: grace.id },
      key,
    );
    expectProblem(await other.confirm(), 409, 'account_mismatch');

    expect((await readRecords(connectionId)).slice(1)).toMatchObject([
      { type: 'connect_session_created' },
      { type: 'confirmation_refused', details: { reason: 'account_mismatch', session: markOf(other.sessionId) } },
    ]);
  });

  it('is not made for what was never a session of the caller', async () => {
    const foreign = await comeBack(harness, { user_id: 'user-1' }, { userId: ada.id });
    expectProblem(await wrongConfirm(foreign.sessionId, 'user-1', 'guessed'), 404, 'connect_session_not_found');

    expect(await readRecords()).toEqual([]);
  });
});

describe('a record', () => {
  it('holds neither a secret nor a person: no session id, code, key or user id, in the table or the log', async () => {
    const { sessionId, confirmationCode, callbackUrl } = await connect('app-user@example.com');
    const records = await readRecords();
    expect(records).toHaveLength(2);

    const code = new URL(callbackUrl).searchParams.get('code') ?? '';
    const lines = harness.log.entries.filter(({ event, type }) => event === 'audit' && TYPES.includes(String(type)));
    for (const secret of [sessionId, confirmationCode, code, key, 'app-user@example.com', ada.id]) {
      expect(secret.length).toBeGreaterThan(8);
      expect(JSON.stringify([records, lines])).not.toContain(secret);
    }
  });

  it('stands in the log, too, as one line with flat fields', async () => {
    const { sessionId, connectionId } = await connect();

    expect(
      harness.log.entries.filter(({ event, type }) => event === 'audit' && TYPES.includes(String(type))),
    ).toMatchObject([
      { level: 'info', type: 'connect_session_created', detail_is_confirmation_required: true },
      {
        level: 'info',
        type: 'connection_connected',
        tenant: tenantId,
        connection_id: connectionId,
        actor: 'api_key',
        actor_id: key.split('_')[1],
        detail_session: markOf(sessionId),
        detail_scopes: ['identify', 'email', 'guilds'],
      },
    ]);
  });

  it('that the table refuses fails no request, but is logged and counted', async () => {
    const back = await comeBack(harness, { user_id: 'user-1' }, { userId: ada.id }, key);
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: `AUDIT#${tenantId}`,
      error: 'AccessDeniedException',
      times: 1,
    });
    harness.metrics.clear();
    const confirmed = await back.confirm();

    expect(confirmed.status).toBe(200);
    expect(typesOf(await readRecords())).toEqual(['connect_session_created']);
    expect(harness.metrics.counts()).toMatchObject({ AuditUnwritten: 1, RequestsOk: 1 });
    expect(harness.log.entries).toContainEqual(
      expect.objectContaining({
        level: 'error',
        event: 'audit_unwritten',
        type: 'connection_connected',
        tenant: tenantId,
        connection_id: confirmed.json.id,
        cause: 'AccessDeniedException',
      }),
    );
  });
});
