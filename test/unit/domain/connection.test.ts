import { describe, expect, it } from 'vitest';
import { toConnectionJson, toRfc3339, type Connection } from '../../../shared/domain/connection.ts';
import type { Sealed } from '../../../shared/domain/envelope.ts';

/** A seal in form only: what is tested is that it does not go out. */
const SEALED = 'v1.0123456789abcdef.sealed' as Sealed;

const connection: Connection = {
  id: 'con_a',
  tenantId: 'acme',
  userId: 'alice',
  status: 'active',
  clientId: '157730590492196864',
  discordUser: { id: '175928847299117063', username: 'ada', globalName: null },
  scopes: ['identify'],
  guilds: [{ id: '197038439483310086', name: 'Engines' }],
  webhooks: [{ id: '1', channelId: '2', guildId: '3', sealedToken: SEALED }],
  sealedTokens: SEALED,
  tokensVersion: 4,
  tokenObtainedAtEpochSeconds: 1,
  tokenExpiresAtEpochSeconds: 2,
  createdAtEpochSeconds: 1_783_711_145,
  updatedAtEpochSeconds: 1_783_711_146,
  revision: 7,
};

describe('toConnectionJson', () => {
  it('shows callers what a connection is, in the documented form', () => {
    expect(toConnectionJson(connection)).toEqual({
      id: 'con_a',
      user_id: 'alice',
      status: 'active',
      discord_user: { id: '175928847299117063', username: 'ada', global_name: null },
      scopes: ['identify'],
      guilds: [{ id: '197038439483310086', name: 'Engines' }],
      webhooks: [{ id: '1', channel_id: '2', guild_id: '3' }],
      created_at: '2026-07-10T19:19:05Z',
      updated_at: '2026-07-10T19:19:06Z',
    });
  });

  it('shows nothing sealed, no tenant and no inner counters', () => {
    const text = JSON.stringify(toConnectionJson(connection));

    for (const hidden of [SEALED, 'acme', 'revision', 'tokens', 'client']) expect(text).not.toContain(hidden);
  });

  it('says why a connection does not work', () => {
    const json = toConnectionJson({ ...connection, status: 'reconnect_required', statusReason: 'grant_dead' });

    expect(json).toMatchObject({ status: 'reconnect_required', status_reason: 'grant_dead' });
  });
});

describe('toRfc3339', () => {
  it('writes whole seconds in UTC', () => {
    expect(toRfc3339(0)).toBe('1970-01-01T00:00:00Z');
    expect(toRfc3339(1_783_711_145)).toBe('2026-07-10T19:19:05Z');
  });
});
