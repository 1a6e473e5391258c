/** Tells what it was called with, or gives one of the answers that a function may give. CommonJS, as on Lambda. */
const ANSWERS = {
  plain: { hello: 'world' },
  text: 'just text',
  number: 42,
  empty: { statusCode: 204 },
  untyped: { statusCode: 200, body: 'no type' },
  binary: {
    statusCode: 200,
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from([0, 255, 128, 10]).toString('base64'),
    isBase64Encoded: true,
  },
  redirect: {
    statusCode: 302,
    headers: { Location: 'https://app.example/back?x=1#y', 'cache-control': 'no-store' },
    cookies: ['a=1; Path=/; HttpOnly', 'b=2; Secure; SameSite=Lax'],
  },
  problem: {
    statusCode: 403,
    headers: { 'content-type': 'application/problem+json', 'x-number': 7 },
    body: '{"title":"é"}',
  },
  malformed: { statusCode: 'none', body: 'x' },
};

exports.handler = async (event) => {
  const name = event.pathParameters?.answer;
  if (name === 'throw') throw new TypeError('thrown on purpose');
  if (name !== undefined) return ANSWERS[name];
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) };
};
