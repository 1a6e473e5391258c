import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addToBody } from '../../../shared/discord/outgoing-body.ts';

const QUIET = { quietMentions: 'body' } as const;

function textOf(...call: Parameters<typeof addToBody>): unknown {
  const added = addToBody(...call);
  return added.ok ? added.value : added.failure;
}

describe('addToBody', () => {
  it('changes nothing else: numbers above 2^53, order, spaces and half surrogates stay', () => {
    const text = ' { "b": 9007199254740993.0, "a" : "\\ud800 \\u00e9", "b2":1e2 } ';

    expect(textOf(text, QUIET)).toBe(
      ' {"allowed_mentions":{"parse":[]}, "b": 9007199254740993.0, "a" : "\\ud800 \\u00e9", "b2":1e2 } ',
    );
  });

  it('writes no comma into an empty object', () => {
    expect(textOf('{ }', QUIET)).toBe('{"allowed_mentions":{"parse":[]} }');
    expect(textOf(undefined, QUIET)).toBe('{"allowed_mentions":{"parse":[]}}');
  });

  it.each(['{"allowed_mentions":{"parse":["users"]}}', '{"allowed_mentions":{}}', '{"\\u0061llowed_mentions":{}}'])(
    'leaves the mentions that the caller allows: %s',
    (text) => {
      expect(textOf(text, QUIET)).toBe(text);
    },
  );

  it('is not misled by the same key elsewhere', () => {
    const text = '{"embeds":[{"allowed_mentions":null}],"content":"\\"allowed_mentions\\":null"}';

    expect(textOf(text, QUIET)).toBe(`{"allowed_mentions":{"parse":[]},${text.slice(1)}`);
  });

  it('refuses null, which for Discord means everybody', () => {
    expect(textOf('{"allowed_mentions": null}', QUIET)).toMatchObject({
      reason: 'input_invalid',
      errors: [{ pointer: '/allowed_mentions' }],
    });
    expect(textOf('{"message":{"allowed_mentions":null}}', { quietMentions: 'message' })).toMatchObject({
      errors: [{ pointer: '/message/allowed_mentions' }],
    });
  });

  it('looks into the message of a post', () => {
    expect(textOf('{"name":"x","message":{"content":"y"}}', { quietMentions: 'message' })).toBe(
      '{"name":"x","message":{"allowed_mentions":{"parse":[]},"content":"y"}}',
    );
    expect(textOf('{"name":"x"}', { quietMentions: 'message' })).toBe('{"name":"x"}');
  });

  it('adds nonce and access token', () => {
    expect(textOf('{"content":"x"}', { ...QUIET, nonce: 'n"1' })).toBe(
      '{"allowed_mentions":{"parse":[]},"nonce":"n\\"1","enforce_nonce":true,"content":"x"}',
    );
    expect(textOf(undefined, { accessToken: 'synthetic' })).toBe('{"access_token":"synthetic"}');
  });

  it('refuses what it would add itself', () => {
    expect(textOf('{"nonce":null,"enforce_nonce":false,"access_token":"x"}', { nonce: 'n', accessToken: 't' })).toEqual(
      {
        reason: 'input_invalid',
        errors: [
          { pointer: '/nonce', detail: 'cannot stand beside an Idempotency-Key' },
          { pointer: '/enforce_nonce', detail: 'cannot stand beside an Idempotency-Key' },
          { pointer: '/access_token', detail: 'is added here and must be left out' },
        ],
      },
    );
    expect(textOf('{"nonce":1}', {})).toBe('{"nonce":1}');
  });

  it.each(['[]', '"x"', '1', 'null'])('refuses %s, which is no object', (text) => {
    expect(textOf(text, QUIET)).toMatchObject({ errors: [{ pointer: '', detail: 'must be object' }] });
  });

  it('adds to every object what is missing, and nothing but that', () => {
    const values = fc.jsonValue({ noUnicodeString: false });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), values), fc.constantFrom(0, 2), (body, indent) => {
        const added = addToBody(JSON.stringify(body, null, indent), { ...QUIET, nonce: 'n' });
        const expected = { allowed_mentions: { parse: [] }, nonce: 'n', enforce_nonce: true, ...body };

        expect(added.ok && JSON.parse(added.value)).toEqual(JSON.parse(JSON.stringify(expected)));
      }),
    );
  });
});
