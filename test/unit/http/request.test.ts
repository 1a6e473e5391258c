import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../shared/http/request.ts';

function parse(changes: Partial<APIGatewayProxyEventV2>) {
  const event: Partial<APIGatewayProxyEventV2> = {
    version: '2.0',
    routeKey: 'GET /connections',
    rawPath: '/connections',
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    ...changes,
  };
  const requestContext = { requestId: 'REQUESTID=', http: { method: 'GET' } };
  const context = { getRemainingTimeInMillis: () => 1234 };
  return parseRequest(
    { ...event, requestContext } as unknown as APIGatewayProxyEventV2,
    context as unknown as Context,
    { note: () => undefined, alongside: () => undefined, brand: () => undefined },
  );
}

describe('parseRequest', () => {
  it('decodes the query once and the path not at all', () => {
    const request = parse({ rawPath: '/connections/%252e', rawQueryString: 'a=%2541&b=x+y&a=2' });

    expect(request.path).toBe('/connections/%252e');
    expect([...request.query]).toEqual([
      ['a', '%41'],
      ['b', 'x y'],
      ['a', '2'],
    ]);
  });

  it('keeps the bytes of a body, base64 or not', () => {
    expect(parse({ body: 'é' }).body).toEqual(Buffer.from([0xc3, 0xa9]));
    expect(parse({ body: '/wA=', isBase64Encoded: true }).body).toEqual(Buffer.from([0xff, 0x00]));
    expect(parse({}).body).toHaveLength(0);
  });

  it('knows how long the function may still run, and the id to report', () => {
    expect(parse({}).deadline.remainingMs()).toBe(1234);
    expect(parse({}).requestId).toBe('REQUESTID=');
  });
});

describe('the cookies of a request', () => {
  const cookiesOf = (...cookies: string[]) => Object.fromEntries(parse({ cookies }).cookies);

  it('are read by name, with everything behind the first = as value', () => {
    expect(cookiesOf('__Host-connect-4ba69735=a.b', 'theme=dark==')).toEqual({
      '__Host-connect-4ba69735': 'a.b',
      theme: 'dark==',
    });
  });

  it('may come in one line', () => {
    expect(cookiesOf('a=1; b=2;c=3 ;  d = 4')).toEqual({ a: '1', b: '2', c: '3', d: '4' });
  });

  it('keep the first of two of one name (RFC 6265 §5.4)', () => {
    expect(cookiesOf('a=first', 'a=second; a=third')).toEqual({ a: 'first' });
  });

  it('leave out what has no name, and bear names of object members', () => {
    expect([...parse({ cookies: ['=x', 'novalue', '', ';;', '__proto__=1', 'constructor=2'] }).cookies]).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  it('are case-sensitive and not decoded', () => {
    expect(cookiesOf('A=%41', 'a=b')).toEqual({ A: '%41', a: 'b' });
  });
});
