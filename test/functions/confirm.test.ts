import { describe, expect, it } from 'vitest';
import { useHarness } from '../support/use-harness.ts';
import {
  ada,
  comeBack,
  countLiveTokens,
  countRevocations,
  countTokenRequests,
  expectProblem,
  goToDiscord,
  grace,
  linus,
  listConnections,
  mina,
  returnParameters,
  solo,
  untilHeld,
  withoutRequestId,
} from './connect-expectations.ts';

const harness = useHarness();

const WHO_AM_I = '/api/v10/oauth2/@me';

describe('POST /connect-sessions/{id}/confirm', () => {
  it('refuses the user who followed another user’s link, exchanges nothing and harms no other connection [hostile 1]', async () => {
    const victim = await harness.wire.connect(
      harness.key,
      { user_id: 'victim', return_url: 'http://localhost:9/' },
      { userId: ada.id },
    );
    const before = await countTokenRequests(harness);
    // The attacker made the session; the victim followed the link, consented and came back signed in as himself.
    const { sessionId, confirmationCode } = await comeBack(harness, { user_id: 'attacker' }, { userId: ada.id });

    const refused = await harness.wire.confirm(harness.key, sessionId, 'victim', confirmationCode);
    expectProblem(refused, 403, 'confirmation_rejected');
    expect(await countTokenRequests(harness)).toBe(before);
    expect(await countRevocations(harness)).toBe(0);
    const profile = await harness.wire.send('GET', `/connections/${victim.id}/api/v10/users/@me`, { key: harness.key });
    expect(profile.status).toBe(200);
    // Whatever the attacker knows of his own session: without the code that went to the victim's browser it is nothing.
    expectProblem(
      await harness.wire.confirm(harness.key, sessionId, 'attacker', 'A'.repeat(43)),
      403,
      'confirmation_rejected',
    );
    expect(await listConnections(harness, 'attacker')).toEqual([]);
  });

  it('bears four wrong confirmations; the fifth closes the session for the right one too', async () => {
    const patient = await comeBack(harness, { user_id: 'patient' }, { userId: ada.id });
    const burnt = await comeBack(harness, { user_id: 'burnt' }, { userId: ada.id });
    const before = await countTokenRequests(harness);
    const wrong = [
      ['burnt', 'A'.repeat(43)],
      ['someone', burnt.confirmationCode],
      ['Burnt', burnt.confirmationCode],
      ['burnt', burnt.confirmationCode.toLowerCase()],
    ] as const;
    for (const [index, [userId, code]] of wrong.entries()) {
      const refused = await harness.wire.confirm(harness.key, burnt.sessionId, userId, code);
      expectProblem(refused, 403, 'confirmation_rejected');
      expect(refused.json.attempts_left).toBe(4 - index);
      await harness.wire.confirm(harness.key, patient.sessionId, 'patient', 'wrong');
    }

    expectProblem(await harness.wire.confirm(harness.key, burnt.sessionId, 'burnt', 'x'), 409, 'connect_session_burnt');
    expectProblem(await burnt.confirm(), 409, 'connect_session_burnt');
    expect(await countTokenRequests(harness)).toBe(before);
    expect((await patient.confirm()).status).toBe(200);
  });

  it('counts wrong confirmations that come at once: no more than five are judged', async () => {
    const { sessionId, confirm } = await comeBack(harness, { user_id: 'guessed' }, { userId: ada.id });

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => harness.wire.confirm(harness.key, sessionId, 'guessed', `guess-${n}`)),
    );
    expect(answers.filter(({ json }) => json.code === 'confirmation_rejected')).toHaveLength(4);
    expect(answers.filter(({ json }) => json.code === 'connect_session_burnt')).toHaveLength(16);
    expectProblem(await confirm(), 409, 'connect_session_burnt');
  });

  it('confirms once: the second time it says that this was done, without another exchange', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'twice' }, { userId: ada.id });
    const before = await countTokenRequests(harness);
    expect((await confirm()).status).toBe(200);

    expectProblem(await confirm(), 409, 'connect_session_used');
    expect(await countTokenRequests(harness)).toBe(before + 1);
  });

  it('exchanges once when ten right confirmations come at once [hostile 3]', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'ten' }, { userId: ada.id });
    const before = await countTokenRequests(harness);

    const answers = await Promise.all(Array.from({ length: 10 }, confirm));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, json } of answers.filter((answer) => answer.status !== 200)) {
      expect(status).toBe(409);
      expect(['confirmation_in_progress', 'connect_session_used']).toContain(json.code);
    }
    expect(await countTokenRequests(harness)).toBe(before + 1);
    expect(await listConnections(harness, 'ten')).toHaveLength(1);
  });

  it('says while one runs that it does, and counts a wrong one meanwhile without disturbing it', async () => {
    const { sessionId, confirm } = await comeBack(harness, { user_id: 'running' }, { userId: ada.id });
    const { control } = harness.simulator;
    await control.addFault({ path: '/api/oauth2/token', fault: { kind: 'hold', phase: 'before' } });
    const first = confirm();
    await untilHeld(harness);

    const second = await confirm();
    expectProblem(second, 409, 'confirmation_in_progress');
    expect(second.headers['retry-after']).toBe('1');
    const wrong = await harness.wire.confirm(harness.key, sessionId, 'running', 'wrong');
    expectProblem(wrong, 403, 'confirmation_rejected');
    expect(wrong.json.attempts_left).toBe(4);
    await control.releaseFaults({});
    expect((await first).status).toBe(200);
  });

  it('sends no code that has died: after 100 s the user must start again', async () => {
    const inTime = await comeBack(harness, { user_id: 'in-time' }, { userId: ada.id });
    harness.clock.advanceSeconds(99);
    expect((await inTime.confirm()).status).toBe(200);
    const late = await comeBack(harness, { user_id: 'late' }, { userId: ada.id });
    const before = await countTokenRequests(harness);
    harness.clock.advanceSeconds(101);

    expectProblem(await late.confirm(), 410, 'authorization_code_expired');
    expectProblem(await late.confirm(), 410, 'authorization_code_expired');
    expect(await countTokenRequests(harness)).toBe(before);
    expect(await listConnections(harness, 'late')).toEqual([]);
  });

  it('answers another tenant’s session, an unknown and an impossible one alike [hostile 21]', async () => {
    const otherKey = await harness.makeTenant('confirm-other');
    const { sessionId, confirmationCode, confirm } = await comeBack(harness, { user_id: 'u' }, { userId: ada.id });

    const foreign = await harness.wire.confirm(otherKey, sessionId, 'u', confirmationCode);
    expectProblem(foreign, 404, 'connect_session_not_found');
    for (const id of [`cs_${'A'.repeat(43)}`, 'cs_short', '%2e%2e%5c', 'con_0123456789012345678901']) {
      const unknown = await harness.wire.confirm(otherKey, id, 'u', confirmationCode);
      expect(withoutRequestId(unknown)).toEqual(withoutRequestId(foreign));
    }
    expect((await confirm()).status).toBe(200);
  });

  it('asks for a key before it says anything about a session', async () => {
    const { sessionId } = await comeBack(harness, { user_id: 'u' }, { userId: ada.id });
    const json = { confirmation_code: 'x', user_id: 'u' };

    const path = `/connect-sessions/${sessionId}/confirm`;
    expectProblem(await harness.wire.send('POST', path, { json }), 401, 'caller_missing');
    const unknownKey = `dik_0123456789abcdef_${'A'.repeat(43)}`;
    expectProblem(await harness.wire.send('POST', path, { json, key: unknownKey }), 401, 'caller_unknown');
  });

  it('waits for the user: a session whose user has not come back cannot be confirmed', async () => {
    const { sessionId } = await goToDiscord(harness, { user_id: 'u' }, { userId: ada.id });

    expectProblem(await harness.wire.confirm(harness.key, sessionId, 'u', 'x'), 409, 'connect_session_unfinished');
  });

  it.each([
    ['an unknown field', { confirmation_code: 'x', user_id: 'u', state: 's' }, '/state'],
    ['no code', { user_id: 'u' }, '/confirmation_code'],
    ['an over-long code', { confirmation_code: 'x'.repeat(201), user_id: 'u' }, '/confirmation_code'],
    ['no user', { confirmation_code: 'x' }, '/user_id'],
    ['a number for a user', { confirmation_code: 'x', user_id: 5 }, '/user_id'],
  ])('points at %s and counts it as no attempt', async (_what, json, pointer) => {
    const { sessionId, confirm } = await comeBack(harness, { user_id: 'u' }, { userId: ada.id });

    for (let n = 0; n < 5; n += 1) {
      const refused = await harness.wire.send('POST', `/connect-sessions/${sessionId}/confirm`, {
        key: harness.key,
        json,
      });
      expectProblem(refused, 400, 'input_invalid');
      expect(refused.json.errors[0].pointer).toBe(pointer);
    }
    expect((await confirm()).status).toBe(200);
  });

  it('forgets a finished session after an hour', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'forgotten' }, { userId: ada.id });
    expect((await confirm()).status).toBe(200);
    harness.clock.advanceSeconds(3600);

    expectProblem(await confirm(), 404, 'connect_session_not_found');
  });

  it('connects nobody with a code that was made for another session', async () => {
    const stolen = await goToDiscord(harness, { user_id: 'owner' }, { userId: linus.id });
    const own = await goToDiscord(harness, { user_id: 'thief' }, { userId: ada.id });
    const injected = new URL(own.callbackUrl);
    injected.searchParams.set('code', new URL(stolen.callbackUrl).searchParams.get('code') ?? '');

    const parameters = returnParameters(await harness.wire.returnFromDiscord(injected.href, own.jar));
    const code = parameters['confirmation_code'] ?? '';
    expectProblem(
      await harness.wire.confirm(harness.key, own.sessionId, 'thief', code),
      410,
      'authorization_code_expired',
    );
    expect(await listConnections(harness, 'thief')).toEqual([]);
    expect(await countLiveTokens(harness, linus.id)).toBe(0);
  });
});

describe('a confirmation that was interrupted after its exchange', () => {
  it('is taken up by the next one without a second exchange, also when the code has died by then [hostile 9]', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'interrupted' }, { userId: grace.id });
    const before = await countTokenRequests(harness);
    await harness.simulator.control.addFault({ path: WHO_AM_I, fault: { kind: 'answer', status: 500, body: 'no' } });

    const interrupted = await confirm();
    expectProblem(interrupted, 502, 'discord_unavailable');
    harness.clock.advanceSeconds(300);
    const confirmed = await confirm();
    expect(confirmed.json).toMatchObject({ status: 'active', discord_user: { id: grace.id } });
    expect(await countTokenRequests(harness)).toBe(before + 1);
  });

  it.each([
    ['HTML', { kind: 'answer', status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }],
    ['JSON of another shape', { kind: 'answer', status: 200, json: { user: 5 } }],
    ['a rate limit', { kind: 'rate_limit', retry_after_seconds: 2 }],
    ['a dropped connection', { kind: 'drop', phase: 'before' }],
  ] as const)('bears %s for an answer to "who is this?"', async (what, fault) => {
    const { confirm } = await comeBack(harness, { user_id: `bears ${what}` }, { userId: grace.id });
    const before = await countTokenRequests(harness);
    await harness.simulator.control.addFault({ path: WHO_AM_I, fault });

    expect((await confirm()).status).toBeGreaterThanOrEqual(429);
    expect((await confirm()).status).toBe(200);
    expect(await countTokenRequests(harness)).toBe(before + 1);
  });

  it('is taken up when its function died: after the time that a function may run, not before', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'died' }, { userId: grace.id });
    const before = await countTokenRequests(harness);
    await harness.simulator.control.addFault({ path: WHO_AM_I, fault: { kind: 'answer', status: 500 } });
    // Neither of the two tries to give the claim back succeeds, as if the function had been stopped.
    const release = { service: 'dynamodb', operation: 'UpdateItem', match: 'SET #status = :returned REMOVE' } as const;
    harness.stack.aws.faults.add({ ...release, error: 'AccessDeniedException', times: 2 });

    expectProblem(await confirm(), 503, 'storage_unavailable');
    harness.clock.advanceSeconds(10);
    expectProblem(await confirm(), 409, 'confirmation_in_progress');
    harness.clock.advanceSeconds(20);
    expect((await confirm()).status).toBe(200);
    expect(await countTokenRequests(harness)).toBe(before + 1);
  });

  it('leaves no token alive when it is then closed by five wrong ones', async () => {
    const { sessionId, confirm } = await comeBack(harness, { user_id: 'closed' }, { userId: mina.id });
    await harness.simulator.control.addFault({ path: WHO_AM_I, fault: { kind: 'answer', status: 503 } });
    expectProblem(await confirm(), 502, 'discord_unavailable');
    expect(await countLiveTokens(harness, mina.id)).toBe(1);

    for (let n = 0; n < 5; n += 1) await harness.wire.confirm(harness.key, sessionId, 'closed', 'wrong');
    expectProblem(await confirm(), 409, 'connect_session_burnt');
    expect(await countLiveTokens(harness, mina.id)).toBe(0);
  });

  it('ends when the user has taken the authorization back meanwhile', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'took-back' }, { userId: solo.id });
    await harness.simulator.control.addFault({ path: WHO_AM_I, fault: { kind: 'answer', status: 500 } });
    expectProblem(await confirm(), 502, 'discord_unavailable');
    await harness.simulator.control.revokeAuthorization({ user_id: solo.id });

    expectProblem(await confirm(), 410, 'authorization_code_expired');
    expect(await listConnections(harness, 'took-back')).toEqual([]);
  });
});
