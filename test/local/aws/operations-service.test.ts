import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAwsServers } from '../../../infra/local/aws/aws-servers.ts';
import type { AwsServers } from '../../../infra/local/aws/aws-servers.ts';

const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=local/20261123/us-east-1/kms/aws4_request, SignedHeaders=host;x-amz-date, Signature=00';
const HEADERS = {
  authorization: AUTHORIZATION,
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-date': '20261123T000000Z',
  'x-amz-target': 'TrentService.DescribeKey',
};

describe('buildOperationsService', () => {
  let servers: AwsServers;

  beforeAll(async () => {
    servers = await startAwsServers();
  });
  afterAll(() => servers.stop());

  async function post(headers: Record<string, string>, body = '{}', path = '/') {
    const response = await fetch(servers.endpoints.kms + path, { method: 'POST', headers, body });
    return { response, problem: (await response.json()) as { __type: string; message?: string } };
  }
  function omit(name: string): Record<string, string> {
    return Object.fromEntries(Object.entries(HEADERS).filter(([header]) => header !== name));
  }

  it('answers errors in the form of AWS: __type, message, content type and a request id', async () => {
    const { response, problem } = await post(HEADERS);

    expect(response.status).toBe(400);
    expect(problem).toEqual({
      __type: 'ValidationException',
      message: "1 validation error detected: Value at 'keyId' failed to satisfy constraint: Member must not be null",
    });
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['without authorization', omit('authorization'), 'MissingAuthenticationTokenException'],
    ['with a bearer token', { ...HEADERS, authorization: 'Bearer x' }, 'MissingAuthenticationTokenException'],
    ['without a date', omit('x-amz-date'), 'IncompleteSignatureException'],
    [
      'without a signature',
      { ...HEADERS, authorization: AUTHORIZATION.replace(/, Signature.*/, '') },
      'IncompleteSignatureException',
    ],
    [
      'signed for another service',
      { ...HEADERS, authorization: AUTHORIZATION.replace('/kms/', '/secretsmanager/') },
      'InvalidSignatureException',
    ],
    [
      'for an operation of another service',
      { ...HEADERS, 'x-amz-target': 'secretsmanager.DescribeKey' },
      'UnknownOperationException',
    ],
    ['for an inherited name', { ...HEADERS, 'x-amz-target': 'TrentService.constructor' }, 'UnknownOperationException'],
    ['without a target', omit('x-amz-target'), 'UnknownOperationException'],
    ['with another content type', { ...HEADERS, 'content-type': 'application/json' }, 'SerializationException'],
  ])('refuses a request %s', async (_case, headers, type) => {
    const { response, problem } = await post(headers);

    expect([response.status, problem.__type]).toEqual([400, type]);
  });

  it.each(['', '{', '[]', 'null', '"x"', '{"KeyId": 5}'])(
    'answers SerializationException to the body %s',
    async (body) => {
      expect((await post(HEADERS, body)).problem.__type).toBe('SerializationException');
    },
  );

  it('answers UnknownOperationException on any other path', async () => {
    expect((await post(HEADERS, '{}', '/keys')).problem.__type).toBe('UnknownOperationException');
  });

  it('refuses a body above 16 MB', async () => {
    const response = await fetch(servers.endpoints.kms, {
      method: 'POST',
      headers: HEADERS,
      body: 'x'.repeat(16 * 1024 * 1024 + 1),
    });

    expect(response.status).toBe(413);
  });
});
