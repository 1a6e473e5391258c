import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../shared/app/authenticate.ts';
import { checkActionLimit, checkPlaceLimit } from '../../../shared/app/check-call-limits.ts';
import type { ActionPlace } from '../../../shared/catalogue/action.ts';
import type { TokenLimits } from '../../../shared/domain/connection-token.ts';

interface LimitedCall {
  readonly id: string;
  readonly place: ActionPlace;
  readonly parameters: Readonly<Record<string, string>>;
}

const call = (place: ActionPlace, parameters: Record<string, string> = {}, id = 'thing.read'): LimitedCall => ({
  id,
  place,
  parameters,
});
const checkCallLimits = (caller: Caller, { id, place, parameters }: LimitedCall) => {
  const { guild_id: guildId, channel_id: channelId } = parameters;
  const reached = { ...(guildId === undefined ? {} : { guildId }), ...(channelId === undefined ? {} : { channelId }) };
  return checkActionLimit(caller, id) ?? checkPlaceLimit(caller, place, reached);
};
const key = (keyActions?: string[]): Caller => ({
  tenantId: 'acme',
  keyId: '1',
  ...(keyActions === undefined ? {} : { keyActions }),
});
const token = (limits: TokenLimits, keyActions?: string[]): Caller => ({
  ...key(keyActions),
  token: {
    tokenId: '2',
    connectionId: 'con_a',
    tenantId: 'acme',
    keyId: '1',
    createdAtEpochSeconds: 0,
    expiresAtEpochSeconds: 1,
    ...limits,
  },
});

/** What is refused: `guilds 5` for the limit and the place that was missing, or nothing. */
function refusalOf(limits: TokenLimits, wanted: LimitedCall): string | undefined {
  const failure = checkCallLimits(token(limits), wanted);
  if (failure === undefined) return undefined;
  if (failure.reason !== 'token_not_allowed' || failure.limit === 'routes') throw new Error('unexpected refusal');
  return [failure.limit, ...(failure.missing ?? [])].join(' ');
}

const ACCOUNT = call('account');
const ALL_GUILDS = call('all_guilds');
const GUILD_5 = call('guild', { guild_id: '5' });
const CHANNEL_7 = call('channel', { channel_id: '7' });
const CHANNEL_7_OF_5 = call('channel', { guild_id: '5', channel_id: '7' });

describe('checkActionLimit', () => {
  it('does not limit a caller without limits', () => {
    for (const caller of [key(), token({})]) {
      for (const wanted of [ACCOUNT, ALL_GUILDS, GUILD_5, CHANNEL_7]) {
        expect(checkCallLimits(caller, wanted)).toBeUndefined();
      }
    }
  });

  it('holds a key to its actions and says which they are', () => {
    expect(checkCallLimits(key(['thing.read']), ACCOUNT)).toBeUndefined();
    expect(checkCallLimits(key(['a.read', 'b.read']), ACCOUNT)).toEqual({
      reason: 'key_not_allowed',
      missing: ['thing.read'],
      allowed: ['a.read', 'b.read'],
    });
    expect(checkCallLimits(key([]), ACCOUNT)).toMatchObject({ reason: 'key_not_allowed', allowed: [] });
  });

  it('holds a token to what both it and its key may do', () => {
    const refused = (allowed: string[]) => ({
      reason: 'token_not_allowed',
      limit: 'actions',
      missing: ['thing.read'],
      allowed,
    });
    expect(checkCallLimits(token({ actions: ['thing.read'] }), ACCOUNT)).toBeUndefined();
    expect(checkCallLimits(token({ actions: ['a.read'] }), ACCOUNT)).toEqual(refused(['a.read']));
    expect(checkCallLimits(token({}, ['a.read']), ACCOUNT)).toEqual(refused(['a.read']));
    expect(checkCallLimits(token({ actions: ['thing.read', 'a.read'] }, ['a.read']), ACCOUNT)).toEqual(
      refused(['a.read']),
    );
    expect(checkCallLimits(token({ actions: ['thing.read'] }, ['thing.read']), ACCOUNT)).toBeUndefined();
  });
});

describe('checkCallLimits: guilds and channels', () => {
  it.each<[string, TokenLimits, LimitedCall, string | undefined]>([
    ['a listed guild', { guildIds: ['5'] }, GUILD_5, undefined],
    ['another guild', { guildIds: ['6'] }, GUILD_5, 'guilds 5'],
    ['no guild', { guildIds: [] }, GUILD_5, 'guilds 5'],
    ['the account', { guildIds: ['6'], channelIds: ['8'] }, ACCOUNT, undefined],
    ['all guilds at once', { guildIds: ['5'] }, ALL_GUILDS, 'guilds'],
    ['all guilds at once, by channels', { channelIds: ['7'] }, ALL_GUILDS, 'channels'],
    ['a listed channel', { channelIds: ['7'] }, CHANNEL_7, undefined],
    ['another channel', { channelIds: ['8'] }, CHANNEL_7, 'channels 7'],
    ['a whole guild, by channels', { channelIds: ['7'] }, GUILD_5, 'channels 5'],
    ['a listed guild beside channels', { guildIds: ['5'], channelIds: ['7'] }, GUILD_5, undefined],
    ['a listed channel beside guilds', { guildIds: ['6'], channelIds: ['7'] }, CHANNEL_7, undefined],
    ['a channel of a listed guild', { guildIds: ['5'] }, CHANNEL_7_OF_5, undefined],
    ['a channel of another guild', { guildIds: ['6'] }, CHANNEL_7_OF_5, 'guilds 5'],
    ['a listed channel of another guild', { guildIds: ['6'], channelIds: ['7'] }, CHANNEL_7_OF_5, 'guilds 5'],
    ['another channel of a listed guild', { guildIds: ['5'], channelIds: ['8'] }, CHANNEL_7_OF_5, 'channels 7'],
    ['a channel whose guild is not known', { guildIds: ['5'] }, CHANNEL_7, 'guilds 7'],
  ])('answers for %s', (_what, limits, wanted, refusal) => {
    expect(refusalOf(limits, wanted)).toBe(refusal);
  });

  it('lets through nothing that is not listed, for all lists and places', () => {
    const id: fc.Arbitrary<string> = fc.constantFrom('1', '2', '3');
    const list = fc.option(fc.uniqueArray(id), { nil: undefined });
    const wanted = fc.oneof(
      id.map((guild_id) => call('guild', { guild_id })),
      id.map((channel_id) => call('channel', { channel_id })),
      fc.tuple(id, id).map(([guild_id, channel_id]) => call('channel', { guild_id, channel_id })),
    );
    fc.assert(
      fc.property(list, list, wanted, (guildIds, channelIds, reached) => {
        const limits = { ...(guildIds && { guildIds }), ...(channelIds && { channelIds }) };
        if (refusalOf(limits, reached) !== undefined) return;
        const { guild_id: guildId, channel_id: channelId } = reached.parameters;
        const isGuildListed = guildId !== undefined && guildIds?.includes(guildId);
        const isChannelListed = channelId !== undefined && channelIds?.includes(channelId);
        const isLimited = guildIds !== undefined || channelIds !== undefined;

        expect(!isLimited || isGuildListed || isChannelListed).toBe(true);
        // A list never lets through what it names the kind of and leaves out.
        if (guildIds !== undefined && guildId !== undefined) expect(isGuildListed).toBe(true);
        if (channelIds !== undefined && channelId !== undefined) expect(isChannelListed).toBe(true);
      }),
    );
  });
});
