import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { MAX_JSON_BYTES, parseJsonBody } from '../../../shared/http/json-body.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';

const schema = z.strictObject({
  name: z.string().check(z.minLength(1, 'must not be empty')),
  tags: z.optional(z.array(z.string())),
});

function parse(body: string, contentType: string | undefined = 'application/json') {
  const request = { headers: { 'content-type': contentType }, body: Buffer.from(body) };
  return parseJsonBody(request as unknown as HttpRequest, schema);
}

function failureOf(...request: Parameters<typeof parse>): unknown {
  const parsed = parse(...request);
  return parsed.ok ? undefined : parsed.failure;
}

describe('parseJsonBody', () => {
  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
  ])('takes %s', (type) => {
    expect(parse('{"name":"a"}', type)).toEqual({ ok: true, value: { name: 'a' } });
  });

  it.each([
    undefined,
    '',
    'text/plain',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/jsonp',
    'application/json, text/html',
    'application/problem+json',
    'json',
    'application/json; charset=utf-8; charset=utf-16',
  ])('refuses the content type %j [hostile 32]', (type) => {
    const request = { headers: type === undefined ? {} : { 'content-type': type }, body: Buffer.from('{"name":"a"}') };

    expect(parseJsonBody(request as unknown as HttpRequest, schema)).toEqual({
      ok: false,
      failure: { reason: 'input_media_type' },
    });
  });

  it('refuses a body above its limit before it reads it [hostile 32]', () => {
    const largest = `{"name":"${'a'.repeat(MAX_JSON_BYTES - 11)}"}`;

    expect(parse(largest).ok).toBe(true);
    expect(failureOf(`${largest} `)).toEqual({ reason: 'input_too_large', maxBytes: MAX_JSON_BYTES });
    expect(failureOf('['.repeat(MAX_JSON_BYTES + 1))).toMatchObject({ reason: 'input_too_large' });
  });

  it.each([
    ['an unknown field', '{"name":"a","isAdmin":true}', '/isAdmin', 'is not a known field'],
    ['a missing field', '{}', '/name', 'is required and must be string'],
    ['a wrong type', '{"name":7}', '/name', 'must be string'],
    ['null for a text', '{"name":null}', '/name', 'must be string'],
    ['a wrong type deep inside', '{"name":"a","tags":["x",7]}', '/tags/1', 'must be string'],
    ['a value that breaks a rule', '{"name":""}', '/name', 'must not be empty'],
    ['no object', '[]', '', 'must be object'],
  ])('points at %s', (_, body, pointer, detail) => {
    expect(failureOf(body)).toEqual({ reason: 'input_invalid', errors: [{ pointer, detail }] });
  });

  it('names 20 faults at most and echoes no value', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`x${index}`, 'VALUE']));
    const failure = failureOf(JSON.stringify(many));

    expect(failure).toMatchObject({ errors: { length: 20 } });
    expect(JSON.stringify(failure)).not.toContain('VALUE');
  });
});
