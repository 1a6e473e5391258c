import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTokenToDispose, normalizeTokenAnswer, parseTokenAnswer } from '../../../shared/discord/token-answer.ts';

function expiresInOf(expiresIn: unknown): unknown {
  const text = JSON.stringify({ access_token: 'a', expires_in: expiresIn });
  return (JSON.parse(normalizeTokenAnswer(text)) as { expires_in: unknown }).expires_in;
}

describe('normalizeTokenAnswer', () => {
  it.each([
    [604_800, 604_800],
    ['604800', 604_800],
    [3600.9, 3600],
    [0, 0],
    [-1, 0],
    [undefined, 0],
    [null, 0],
    ['soon', 0],
    [{}, 0],
    [true, 0],
    [{ toString: '', valueOf: 7 }, 0],
    [1e12, 604_800],
  ])('reads an expires_in of %j as %j seconds [hostile 16]', (expiresIn, seconds) => {
    expect(expiresInOf(expiresIn)).toBe(seconds);
  });

  it('reads 1e400 and other numbers beyond range as unknown', () => {
    expect(JSON.parse(normalizeTokenAnswer('{"expires_in":1e400}'))).toEqual({ expires_in: 0 });
  });

  it('gives a whole number from 0 to 604800 for every value of it, and touches nothing else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (expiresIn, others) => {
        fc.pre(!('expires_in' in others));
        const answer = JSON.parse(normalizeTokenAnswer(JSON.stringify({ ...others, expires_in: expiresIn }))) as Record<
          string,
          unknown
        >;
        const { expires_in: seconds, ...rest } = answer;

        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(0);
        expect(seconds).toBeLessThanOrEqual(604_800);
        expect(rest).toEqual(JSON.parse(JSON.stringify(others)));
      }),
    );
  });

  it.each(['', '<html>502</html>', '{"access_token":"a"', '[]', '"text"', 'null', '7'])(
    'leaves %j as it is: no JSON object',
    (text) => {
      expect(normalizeTokenAnswer(text)).toBe(text);
    },
  );
});

describe('parseTokenAnswer', () => {
  const base = { access_token: 'access', token_type: 'bearer', expires_in: 604_800, scope: 'identify guilds' };
  const guild = { id: '197038439483310086', name: 'Engines', roles: [] };
  const webhook = {
    ...{ id: '347114750880120863', channel_id: '345626669114982402', guild_id: '290926792226357250' },
    ...{ token: 'hook-token', url: 'https://discord.com/api/webhooks/347114750880120863/hook-token' },
  };

  it('reads pair, life, granted scopes, guild and webhook', () => {
    expect(parseTokenAnswer({ ...base, refresh_token: 'refresh', guild, webhook }, ['identify'])).toEqual({
      accessToken: 'access',
      refreshToken: 'refresh',
      expiresInSeconds: 604_800,
      scopes: ['identify', 'guilds'],
      guild: { id: guild.id, name: guild.name },
      webhook: {
        id: webhook.id,
        channelId: webhook.channel_id,
        guildId: webhook.guild_id,
        token: webhook.token,
      },
    });
  });

  it('has no refresh token when Discord sent none', () => {
    expect(parseTokenAnswer(base, [])).not.toHaveProperty('refreshToken');
  });

  it('takes the asked scopes when the answer names none (RFC 6749 §5.1)', () => {
    expect(parseTokenAnswer({ ...base, scope: undefined }, ['identify', 'email']).scopes).toEqual([
      'identify',
      'email',
    ]);
  });

  it.each([
    ['null', null],
    ['a text', 'x'],
    ['without a name', { id: guild.id }],
    ['with a number for an id', { ...guild, id: 197038439483310 }],
    ['with a path for an id', { ...guild, id: '../1' }],
    ['with 21 digits', { ...guild, id: '1'.repeat(21) }],
  ])('leaves out a guild that is %s, and keeps the tokens', (_, odd) => {
    const answer = parseTokenAnswer({ ...base, guild: odd }, []);

    expect(answer).not.toHaveProperty('guild');
    expect(answer.accessToken).toBe('access');
  });

  it('takes a webhook without a token, and leaves out one without a channel', () => {
    const { token: _token, ...tokenless } = webhook;
    const { channel_id: _channel, ...homeless } = webhook;

    expect(parseTokenAnswer({ ...base, webhook: tokenless }, []).webhook).toEqual({
      id: webhook.id,
      channelId: webhook.channel_id,
      guildId: webhook.guild_id,
    });
    expect(parseTokenAnswer({ ...base, webhook: homeless }, [])).not.toHaveProperty('webhook');
  });
});

describe('findTokenToDispose', () => {
  it.each([
    ['{"token_type":"Bearer","access_token":"abcdefgh.ijk-1_2","expires_', 'abcdefgh.ijk-1_2'],
    ['{ "refresh_token" :\n "abcdefgh" ', 'abcdefgh'],
    ['{"access_token":"first-token","refresh_token":"second-token"}', 'first-token'],
  ])('finds the token in %j', (text, token) => {
    expect(findTokenToDispose(text)).toBe(token);
  });

  it.each([
    '',
    '<html>',
    '{"access_token":"abc',
    '{"access_token":""}',
    '{"access_token":"short"}',
    '{"access_token":"has spaces in it"}',
    '{"access_token":12345678901}',
    `{"access_token":"${'a'.repeat(513)}"}`,
  ])('finds none in %j', (text) => {
    expect(findTokenToDispose(text)).toBeUndefined();
  });
});
