import { describe, expect, it } from 'vitest';
import { parseAuditLogReason } from '../../../shared/discord/audit-log-reason.ts';

describe('parseAuditLogReason', () => {
  it.each([
    ['spam', 'spam'],
    ['too much spam', 'too%20much%20spam'],
    ['%C3%BCber', '%C3%BCber'],
    ['%c3%bc', '%C3%BC'],
    ['a%0Ab', 'a%0Ab'],
    ['x'.repeat(512), 'x'.repeat(512)],
    ['%F0%9F%91%8D'.repeat(512), '%F0%9F%91%8D'.repeat(512)],
  ])('sends %s on as %s', (header, value) => {
    expect(parseAuditLogReason(header, true)).toEqual({ ok: true, value });
  });

  it.each(['', 'x'.repeat(513), '%', '%FF', '%ED%A0%80', 'ü', 'a\r\nX: y'])('refuses %j', (header) => {
    expect(parseAuditLogReason(header, true)).toMatchObject({
      ok: false,
      failure: { reason: 'input_invalid', errors: [{ parameter: 'X-Audit-Log-Reason' }] },
    });
  });

  it('is refused where Discord notes none, instead of being dropped without a word', () => {
    expect(parseAuditLogReason('x', false)).toMatchObject({ ok: false });
    expect(parseAuditLogReason(undefined, false)).toEqual({ ok: true, value: undefined });
    expect(parseAuditLogReason(undefined, true)).toEqual({ ok: true, value: undefined });
  });
});
