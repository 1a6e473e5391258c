import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../../shared/domain/audit-record.ts';
import { buildAuditItem } from '../../../shared/edges/audit-store.ts';

const record: AuditRecord = {
  type: 'connection_connected',
  actor: { kind: 'api_key', id: '0011223344556677' },
  tenantId: 'acme',
  connectionId: 'con_a',
  details: { scopes: ['identify'] },
  atEpochMs: Date.UTC(2026, 10, 24, 12, 0, 0, 999),
  position: '2026-11-24T12:00:00.999Z#0000000000000001',
};

describe('buildAuditItem', () => {
  it('holds the event, its end in whole seconds, and its place in the list of the connection', () => {
    expect(buildAuditItem(record, 30)).toEqual({
      type: 'connection_connected',
      actor: { kind: 'api_key', id: '0011223344556677' },
      tenantId: 'acme',
      connectionId: 'con_a',
      details: { scopes: ['identify'] },
      atEpochMs: record.atEpochMs,
      gsi1pk: 'AUDIT#CONNECTION#con_a',
      gsi1sk: '2026-11-24T12:00:00.999Z#0000000000000001',
      expiresAtEpochSeconds: Date.UTC(2026, 11, 24, 12) / 1000,
    });
  });

  it('is in no list when it is about no connection', () => {
    const { connectionId: _connectionId, ...rest } = record;

    expect(Object.keys(buildAuditItem(rest, 30))).not.toEqual(expect.arrayContaining(['gsi1pk']));
  });
});
