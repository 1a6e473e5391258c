import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripWebhookSecrets } from '../../../shared/discord/strip-webhook-secrets.ts';

const HOOK = '"id":"10","type":1,"channel_id":"20"';

describe('stripWebhookSecrets', () => {
  it.each([
    [`{"token":"a",${HOOK},"url":"u"}`, `{${HOOK}}`],
    [`{${HOOK},"token":"a","url":"u"}`, `{${HOOK}}`],
    [`{"url":"u","token":"a",${HOOK}}`, `{${HOOK}}`],
    [`{ ${HOOK} , "token" : "a" , "n" : 12345678901234567890 }`, `{ ${HOOK} , "n" : 12345678901234567890 }`],
    [`[{${HOOK},"\\u0074oken":"a"},{${HOOK}}]`, `[{${HOOK}},{${HOOK}}]`],
    [`{"x":{"source":{"id":"1","token":"a"}}}`, `{"x":{"source":{"id":"1"}}}`],
    [
      `{"id":"1","type":2,"channel_id":null,"url":null,"source_guild":{"id":"2"}}`,
      `{"id":"1","type":2,"channel_id":null,"source_guild":{"id":"2"}}`,
    ],
  ])('makes of %s what it is without secrets', (text, expected) => {
    expect(stripWebhookSecrets(text).text).toBe(expected);
  });

  it('tells what it took, in the order of the text', () => {
    const url = 'https://discord.com/api/webhooks/30/in-url?x';
    const { secrets } = stripWebhookSecrets(
      `[{${HOOK},"guild_id":"5","token":"a"},{"id":"30","type":1,"channel_id":null,"url":"${url}"},{${HOOK},"token":null}]`,
    );

    expect(secrets).toEqual([
      { webhookId: '10', token: 'a', channelId: '20', guildId: '5' },
      { webhookId: '30', token: 'in-url' },
    ]);
  });

  it.each([
    '{"id":"1","author":{"id":"2"},"embeds":[{"type":"rich","url":"https://discord.com/api/webhooks/1/x"}]}',
    '{"attachments":[{"id":"1","url":"https://cdn.discordapp.com/x"}],"content":"\\"token\\":\\"x\\""}',
    '[]',
    '"token"',
    ' null ',
  ])('leaves %s alone', (text) => {
    expect(stripWebhookSecrets(text)).toEqual({ text, secrets: [] });
  });

  it('bears any depth', () => {
    const text = `${'['.repeat(100_000)}{${HOOK},"token":"a"}${']'.repeat(100_000)}`;

    expect(stripWebhookSecrets(text).text).toBe(text.replace(',"token":"a"', ''));
  });

  /** JSON as pieces of text, so that numbers of any size and every spelling of strings take part. */
  interface Written {
    readonly full: string;
    readonly stripped: string;
  }
  const plain = fc
    .oneof(
      fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map(String),
      fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
      fc.constantFrom('null', 'true', '1.0', '1e400', '"\\ud800"', '"\\/token\\""'),
    )
    .map((text): Written => ({ full: text, stripped: text }));
  const { value } = fc.letrec<{ value: Written }>((tie) => {
    const member = fc
      .tuple(
        fc.string().filter((key) => !['id', 'type', 'channel_id', 'token', 'url', '__proto__'].includes(key)),
        tie('value'),
      )
      .map(([key, inner]) => ({
        full: `${JSON.stringify(key)}:${inner.full}`,
        stripped: `${JSON.stringify(key)}:${inner.stripped}`,
      }));
    const secret = fc
      .tuple(fc.constantFrom('"token"', '"url"', '"tok\\u0065n"'), plain)
      .map(([key, inner]) => ({ full: `${key}:${inner.full}`, stripped: undefined }));
    const object = fc
      .tuple(fc.array(member, { maxLength: 3 }), fc.array(secret, { maxLength: 3 }), fc.boolean())
      .chain(([members, secrets, isHook]) => {
        const own = ['"id":"1"', '"type":1', '"channel_id":null'].map((text) => ({ full: text, stripped: text }));
        const all = isHook ? [...members, ...secrets, ...own] : members;
        return fc.shuffledSubarray(all, { minLength: all.length });
      })
      .map((parts) => ({
        full: `{${parts.map(({ full }) => full).join(',')}}`,
        stripped: `{${parts.flatMap(({ stripped }) => stripped ?? []).join(',')}}`,
      }));
    const array = fc.array(tie('value'), { maxLength: 3 }).map((parts) => ({
      full: `[${parts.map(({ full }) => full).join(',')}]`,
      stripped: `[${parts.map(({ stripped }) => stripped).join(',')}]`,
    }));
    return { value: fc.oneof({ maxDepth: 4 }, plain, object, array) };
  });

  it('changes nothing but webhooks, to the character', () => {
    let changed = 0;
    fc.assert(
      fc.property(value, ({ full, stripped }) => {
        if (full !== stripped) changed += 1;
        expect(stripWebhookSecrets(full).text).toBe(stripped);
      }),
      { numRuns: 1_000 },
    );
    expect(changed).toBeGreaterThan(50);
  });
});
