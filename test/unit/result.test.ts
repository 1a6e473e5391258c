import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../shared/result.ts';

describe('Result', () => {
  it('is the value or the failure', () => {
    expect(ok(1)).toEqual({ ok: true, value: 1 });
    expect(fail({ reason: 'x' })).toEqual({ ok: false, failure: { reason: 'x' } });
  });
});
