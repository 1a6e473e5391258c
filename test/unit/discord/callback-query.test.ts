import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCallbackQuery } from '../../../shared/discord/callback-query.ts';

const parse = (text: string) => parseCallbackQuery(new URLSearchParams(text));

describe('parseCallbackQuery', () => {
  it('reads state and code', () => {
    expect(parse('state=s&code=c')).toEqual({ ok: true, value: { state: 's', code: 'c' } });
  });

  it('reads a refusal', () => {
    expect(parse('error=access_denied&error_description=no&state=s')).toEqual({
      ok: true,
      value: { state: 's', error: 'access_denied' },
    });
  });

  it.each([
    'code=c',
    'state=s',
    'state=&code=c',
    'state=s&code=',
    '',
    'state=s&code=c&error=access_denied',
    'state=s&state=s&code=c',
    'state=s&state=t&code=c',
    'state=s&code=c&code=c',
    'state=s&error=a&error=b',
    `state=${'s'.repeat(513)}&code=c`,
    `state=s&code=${'c'.repeat(513)}`,
    `state=s&error=${'e'.repeat(513)}`,
  ])('refuses %s [hostile 6]', (text) => {
    expect(parse(text)).toEqual({ ok: false, failure: { reason: 'callback_malformed' } });
  });

  it('takes a parameter without a value for one that is not there (RFC 6749 §3.1)', () => {
    expect(parse('state=s&code=c&error=')).toMatchObject({ ok: true, value: { code: 'c' } });
    expect(parse('state=s&code=&error=access_denied')).toMatchObject({ ok: true, value: { error: 'access_denied' } });
  });

  it('maps every error it does not know to server_error and passes no text on [hostile 5]', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 400 }), fc.string(), (error, description) => {
        const query = new URLSearchParams({ state: 's', error: `<script>${error}`, error_description: description });

        expect(parseCallbackQuery(query)).toEqual({ ok: true, value: { state: 's', error: 'server_error' } });
      }),
    );
  });

  it('does not look at guild and permissions: they are the browser’s word [hostile 7]', () => {
    expect(parse('state=s&code=c&guild_id=1&guild_id=2&permissions=8')).toEqual(parse('state=s&code=c'));
  });
});
