import { describe, expect, it } from 'vitest';
import type { Connection } from '../../shared/domain/connection.ts';
import type { Sealed } from '../../shared/domain/envelope.ts';
import { checkCustody, checkTidiness, type CustodyView } from './check-world.ts';

const USER = '80351110224678912';

const connection = (changes: Partial<Connection> = {}): Connection => ({
  id: 'con_a',
  tenantId: 'default',
  userId: 'u',
  status: 'active',
  clientId: '1',
  discordUser: { id: USER, username: 'n', globalName: null },
  scopes: [],
  guilds: [],
  webhooks: [],
  sealedTokens: 'v1.x' as Sealed,
  grantMember: 'con_a:s:1',
  tokensVersion: 1,
  tokenObtainedAtEpochSeconds: 0,
  tokenExpiresAtEpochSeconds: 0,
  createdAtEpochSeconds: 0,
  updatedAtEpochSeconds: 0,
  revision: 1,
  ...changes,
});

const HELD = { holder: 'connection con_a', accessToken: 'a', refreshToken: 'r', isUsable: true, discordUserId: USER };
const GRANT = { pk: `GRANT#1#${USER}`, sk: 'GRANT', members: new Set(['con_a:s:1']) };

const view = (changes: Partial<CustodyView> = {}): CustodyView => ({
  items: [GRANT],
  connections: [connection()],
  pairs: [HELD],
  authorizations: [{ clientId: '1', userId: USER, isLive: true }],
  ...changes,
});

const NO_EXCUSE = { isLossUnseen: false, isRevokedUnseen: false };
const LOST = { pairLostOf: USER, isLossUnseen: true, isRevokedUnseen: false };

describe('checkCustody', () => {
  it('is content with a connection that holds a live token', () => {
    expect(checkCustody(view(), NO_EXCUSE)).toEqual([]);
  });

  it('counts a session or a spill as a holder', () => {
    const session = { ...HELD, holder: 'session cs_x' };
    expect(checkCustody(view({ connections: [], pairs: [session] }), NO_EXCUSE)).toEqual([]);
    const spilled = [
      { ...HELD, isUsable: false },
      { ...HELD, holder: 'spill of con_a' },
    ];
    expect(checkCustody(view({ pairs: spilled }), NO_EXCUSE)).toEqual([]);
  });

  it.each([
    ['nobody holds a token', []],
    ['the held token is dead', [{ ...HELD, isUsable: false }]],
    ['the held token is of another user', [{ ...HELD, holder: 'connection con_b', discordUserId: '1' }]],
  ])('finds an orphan and a dead connection when %s', (_what, pairs) => {
    const found = checkCustody(view({ pairs }), NO_EXCUSE);

    expect(found).toEqual([
      `nobody holds a live token of Discord user ${USER}, whose authorization is alive`,
      'connection con_a is active without a usable token',
    ]);
    expect(checkCustody(view({ pairs }), LOST)).toEqual([]);
  });

  it('excuses a connection whose user has revoked it, not an orphan', () => {
    const excuses = { ...NO_EXCUSE, isRevokedUnseen: true };
    expect(checkCustody(view({ pairs: [], authorizations: [] }), excuses)).toEqual([]);
    expect(checkCustody(view({ pairs: [] }), excuses)).toHaveLength(1);
  });
});

describe('checkTidiness', () => {
  it('excuses what a confirmation left in the grant only where its pair may be lost', () => {
    const left = view({ items: [{ ...GRANT, members: new Set(['con_a:s:1', 'con_b:s:1']) }] });
    expect(checkTidiness(left, { pairLostOf: USER })).toEqual([]);
    expect(checkTidiness(left, { pairLostOf: '1' })).toHaveLength(1);
  });

  it('is content with what is in order', () => {
    expect(checkTidiness(view(), {})).toEqual([]);
    const litter = { pk: `GRANT#1#${USER}`, sk: 'GRANT', revokingSinceEpochSeconds: 1 };
    expect(checkTidiness(view({ items: [litter], connections: [], authorizations: [] }), {})).toEqual([]);
  });

  it.each<[string, Partial<CustodyView>, number]>([
    ['a to-do', { items: [GRANT, { pk: 'TODO#REVOKE', sk: 'con_a' }] }, 1],
    ['a part in a grant that nobody has', { items: [{ ...GRANT, members: new Set(['con_a:s:1', 'con_a:t:2']) }] }, 1],
    [
      'a part in a grant of somebody who is not there',
      { items: [{ ...GRANT, members: new Set(['con_a:s:1', 'con_b:t:0']) }] },
      1,
    ],
    ['no fault in a former part', { items: [{ ...GRANT, members: new Set(['con_a:s:1', 'con_a:t:0']) }] }, 0],
    ['a grant that lacks a part', { items: [{ ...GRANT, members: undefined }] }, 1],
    ['a revocation that never ended', { items: [{ ...GRANT, revokingSinceEpochSeconds: 1 }] }, 1],
    [
      'an owed revocation with its tokens, of a user who is still authorized',
      { items: [], connections: [connection({ status: 'disconnected', isRevocationOwed: true })] },
      3,
    ],
  ])('finds %s', (_what, changes, count) => {
    expect(checkTidiness(view(changes), {})).toHaveLength(count);
  });
});
