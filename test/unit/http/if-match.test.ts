import { describe, expect, it } from 'vitest';
import { buildEtag, parseIfMatch } from '../../../shared/http/if-match.ts';
import type { HttpRequest } from '../../../shared/http/request.ts';

const parse = (value?: string) =>
  parseIfMatch({ headers: value === undefined ? {} : { 'if-match': value } } as unknown as HttpRequest);

describe('parseIfMatch', () => {
  it.each([0, 1, 42, 999_999_999_999_999])('reads back the tag of version %i', (version) => {
    expect(parse(buildEtag(version))).toEqual({ ok: true, value: version });
    expect(parse(` ${buildEtag(version)} `)).toEqual({ ok: true, value: version });
  });

  it('asks for the header where there is none (RFC 6585 §3)', () => {
    expect(parse()).toEqual({ ok: false, failure: { reason: 'precondition_required' } });
  });

  it.each(['', '*', '1', '"01"', '"-1"', '"1.0"', '"1", "2"', 'W/"1"', '"abc"', '"9999999999999999"', "'1'"])(
    'refuses %j, since it names not one version that was read',
    (value) => {
      expect(parse(value)).toMatchObject({
        ok: false,
        failure: { reason: 'input_invalid', errors: [{ parameter: 'If-Match' }] },
      });
    },
  );
});
