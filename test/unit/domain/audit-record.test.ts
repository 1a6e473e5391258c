import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AUDIT_POSITION_PATTERN,
  createAuditPositions,
  INSTALLATION,
  toAuditJson,
} from '../../../shared/domain/audit-record.ts';
import { TENANT_ID_PATTERN } from '../../../shared/domain/ids.ts';

const NOON = Date.UTC(2026, 10, 24, 12);
const bytes = (value: number) => (count: number) => new Uint8Array(count).fill(value);

describe('createAuditPositions', () => {
  it('begins with the time to the millisecond, and draws the rest', () => {
    expect(createAuditPositions(bytes(0xaa))(NOON + 7)).toBe('2026-11-24T12:00:00.007Z#5555555555555555');
  });

  it('rises within one millisecond, also behind the highest number that can be drawn', () => {
    const next = createAuditPositions(bytes(0xff));
    const positions = Array.from({ length: 1000 }, () => next(NOON));

    expect(positions.toSorted()).toEqual(positions);
    expect(new Set(positions).size).toBe(1000);
    expect(positions[1]).toBe('2026-11-24T12:00:00.000Z#8000000000000000');
  });

  it('sorts as text like time, whatever is drawn', () => {
    const moment = fc.integer({ min: 0, max: Date.UTC(9999, 0) });
    const drawn = fc.uint8Array({ minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(moment, moment, drawn, drawn, (one, other, first, second) => {
        fc.pre(one !== other);
        const [a, b] = [createAuditPositions(() => first)(one), createAuditPositions(() => second)(other)];

        expect(a < b).toBe(one < other);
        for (const position of [a, b]) expect(position).toMatch(AUDIT_POSITION_PATTERN);
      }),
    );
  });
});

describe('toAuditJson', () => {
  it('names everything in snake_case and leaves out what is not there', () => {
    expect(toAuditJson({ type: 'settings_changed', actor: { kind: 'operator' } })).toEqual({
      type: 'settings_changed',
      actor: { kind: 'operator' },
      details: {},
    });
    expect(
      toAuditJson({
        type: 'confirmation_refused',
        actor: { kind: 'api_key', id: '0011223344556677' },
        tenantId: 'acme',
        connectionId: 'con_a',
        details: { attemptsLeft: 4, wrong: ['user_id'] },
      }),
    ).toEqual({
      type: 'confirmation_refused',
      actor: { kind: 'api_key', id: '0011223344556677' },
      tenant: 'acme',
      connection_id: 'con_a',
      details: { attempts_left: 4, wrong: ['user_id'] },
    });
  });
});

describe('the installation', () => {
  it('has a name that no tenant can have', () => {
    expect(INSTALLATION).not.toMatch(TENANT_ID_PATTERN);
  });
});
