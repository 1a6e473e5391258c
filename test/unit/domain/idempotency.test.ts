import { describe, expect, it } from 'vitest';
import { computeFingerprint, computeNonce, computeRecordHash } from '../../../shared/domain/idempotency.ts';
import { parseIdempotencyKey } from '../../../shared/http/idempotency-key.ts';

const FILE = { field: 'files[0]', filename: 'a', contentType: 'text/plain', bytes: Buffer.from('x') };
const REQUEST = { actionId: 'message.create', discordPath: '/api/v10/channels/1/messages', text: '{}', files: [FILE] };

describe('computeFingerprint', () => {
  it('is the same for the same request', () => {
    expect(computeFingerprint({ ...REQUEST, files: [{ ...FILE, bytes: Uint8Array.of(120) }] })).toBe(
      computeFingerprint(REQUEST),
    );
    expect(computeFingerprint(REQUEST)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    { ...REQUEST, actionId: 'message.update' },
    { ...REQUEST, discordPath: `${REQUEST.discordPath}?a=b` },
    { ...REQUEST, text: '{ }' },
    { ...REQUEST, text: undefined },
    { ...REQUEST, files: [] },
    { ...REQUEST, files: [FILE, FILE] },
    { ...REQUEST, files: [{ ...FILE, field: 'files[1]' }] },
    { ...REQUEST, files: [{ ...FILE, filename: 'b' }] },
    { ...REQUEST, files: [{ ...FILE, contentType: 'text/html' }] },
    { ...REQUEST, files: [{ ...FILE, bytes: Buffer.from('y') }] },
  ])('is another one for another request %#', (request) => {
    expect(computeFingerprint(request)).not.toBe(computeFingerprint(REQUEST));
  });
});

describe('computeNonce', () => {
  it('fits into Discord’s 25 characters and is stable', () => {
    expect(computeNonce('acme', 'con_1', 'k')).toMatch(/^[\w-]{25}$/);
    expect(computeNonce('acme', 'con_1', 'k')).toBe(computeNonce('acme', 'con_1', 'k'));
  });

  it('differs by tenant, connection and key', () => {
    const nonces = [
      computeNonce('acme', 'con_1', 'k'),
      computeNonce('other', 'con_1', 'k'),
      computeNonce('acme', 'con_2', 'k'),
      computeNonce('acme', 'con_1', 'l'),
    ];

    expect(new Set(nonces).size).toBe(4);
  });
});

it('computeRecordHash differs by connection and key', () => {
  const hashes = [computeRecordHash('con_1', 'k'), computeRecordHash('con_2', 'k'), computeRecordHash('con_1', 'l')];

  expect(new Set(hashes).size).toBe(3);
});

describe('parseIdempotencyKey', () => {
  it.each([undefined, '!', '~'.repeat(255), '"8e03978e-40d5-43dd-bc93-6894a57f9324"'])('takes %j', (key) => {
    expect(parseIdempotencyKey({ 'idempotency-key': key })).toEqual({ ok: true, value: key });
  });

  it.each(['', ' ', 'a b', '~'.repeat(256), 'ä', '\u007f', 'a\n'])('refuses %j', (key) => {
    expect(parseIdempotencyKey({ 'idempotency-key': key })).toMatchObject({
      ok: false,
      failure: { reason: 'input_invalid', errors: [{ parameter: 'Idempotency-Key' }] },
    });
  });
});
