import { describe, expect, it } from 'vitest';
import { toInstant, toLocalTime } from '../../functions/portal/app/audit/local-time.ts';
import {
  AUDIT_ACTORS,
  AUDIT_TYPES,
  describeActor,
  describeDetail,
  describeEvent,
  readDetailTime,
  summarize,
} from '../../functions/portal/app/parts/audit-words.ts';
import { AUDIT_ACTOR_KINDS, AUDIT_EVENT_TYPES } from '../../shared/domain/audit-event.ts';
import { DISCONNECT_REASONS, RECONNECT_REASONS } from '../../shared/domain/connection-status.ts';

describe('audit records in words', () => {
  it('has a sentence of its own for every kind of event, and for nothing else', () => {
    expect(AUDIT_TYPES.map(([type]) => type).toSorted()).toEqual([...AUDIT_EVENT_TYPES].toSorted());
    for (const [, words] of AUDIT_TYPES) expect(words).toMatch(/^[A-Z][^_]+$/);
    expect(new Set(AUDIT_TYPES.map(([, words]) => words)).size).toBe(AUDIT_EVENT_TYPES.length);
  });

  it('shows an event that it does not know as it is', () => {
    expect(describeEvent({ type: 'made_up_later' })).toBe('made_up_later');
  });

  it('names every kind of actor, with its id when there is one', () => {
    expect(AUDIT_ACTORS.map(([kind]) => kind).toSorted()).toEqual([...AUDIT_ACTOR_KINDS].toSorted());
    expect(describeActor({ actor: { kind: 'operator' } })).toBe('an operator');
    expect(describeActor({ actor: { kind: 'api_key', id: '0123456789abcdef' } })).toBe('an app (0123456789abcdef)');
    expect(describeActor({ actor: { kind: 'robot' } })).toBe('robot');
  });

  it.each(Object.entries({ ...RECONNECT_REASONS, ...DISCONNECT_REASONS }))('says %s in words', (reason, words) => {
    expect(summarize({ details: { reason } })).toBe(words);
  });

  it('tells at most two facts of an event, the most telling first, and nothing when there is nothing', () => {
    expect(
      summarize({ details: { name: 'n', fields: ['scopes', 'pkce'], action: 'ban.create', outcome: 'done' } }),
    ).toBe('ban.create · done');
    expect(summarize({ details: { lost: ['email'], status: 'active' } })).toBe('without email · now: works');
    expect(summarize({ details: { lost: [], name: '', attempts_left: 3 } })).toBe('');
    expect(summarize({})).toBe('');
  });

  it('reads times from details and leaves other numbers alone', () => {
    expect(readDetailTime('valid_until_epoch_seconds', 1_800_000_000)).toBe('2027-01-15T08:00:00.000Z');
    expect(readDetailTime('expires_in_seconds', 600)).toBeUndefined();
    expect(readDetailTime('valid_until_epoch_seconds', 'soon')).toBeUndefined();
    expect(describeDetail('expires_in_seconds', 600)).toBe('600');
    expect(describeDetail('is_confirmation_required', false)).toBe('no');
  });
});

describe('times of the filters', () => {
  it('go to an instant and back without a change, in whatever zone', () => {
    for (const local of ['2026-01-31T13:00', '2026-07-01T00:00', '2026-12-31T23:59']) {
      const instant = toInstant(local);
      expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
      expect(Date.parse(instant)).toBe(new Date(local).getTime());
      expect(toLocalTime(instant)).toBe(local);
    }
  });

  it('are none when there is none, or when what stands in the address is no time', () => {
    expect([toInstant(''), toInstant('soon'), toLocalTime(''), toLocalTime('soon')]).toEqual(['', '', '', '']);
  });
});
