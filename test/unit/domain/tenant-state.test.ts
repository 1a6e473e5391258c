import { describe, expect, it } from 'vitest';
import type { Tenant } from '../../../shared/domain/integration.ts';
import {
  computeDeletionSettledAt,
  computeShredAfter,
  computeTenantState,
  isShredDue,
  isTenantOpen,
} from '../../../shared/domain/tenant-state.ts';

const OPEN: Tenant = { tenantId: 'acme', isConfirmationRequired: true, createdAtEpochSeconds: 0 };
const DELETING: Tenant = { ...OPEN, deletingSinceEpochSeconds: 100 };
const PENDING: Tenant = { ...DELETING, shredAfterEpochSeconds: 1_000 };

describe('the states of a tenant', () => {
  it.each([
    [OPEN, 'open', true],
    [DELETING, 'deleting', false],
    [PENDING, 'pending_shred', false],
  ])('%j is %s', (tenant, state, isOpen) => {
    expect([computeTenantState(tenant), isTenantOpen(tenant)]).toEqual([state, isOpen]);
  });

  it('does not take one for open that is not there', () => {
    expect(isTenantOpen(undefined)).toBe(false);
  });

  it('waits longer for requests that are under way than a function of the API may run', () => {
    expect(computeDeletionSettledAt(100)).toBeGreaterThan(100 + 29);
  });

  it('shreds when the table can no longer be restored to a time when the data keys were there', () => {
    expect(computeShredAfter(5)).toBe(5 + 7 * 86_400);
    expect([isShredDue(PENDING, 999), isShredDue(PENDING, 1_000), isShredDue(DELETING, 1e9)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});
