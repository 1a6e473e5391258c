import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { buildCall, enterExample, RAW, type Entered } from '../../functions/portal/app/try/build-call.ts';
import { readActions, type ActionSpec, type OpenApiDocument } from '../../functions/portal/app/try/read-actions.ts';
import { toCurl, toDiscordJs, toFetch } from '../../functions/portal/app/try/show-call.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { toOpenApi } from '../../shared/openapi/to-openapi.ts';

const document = toOpenApi(catalogue, {
  publicBaseUrl: 'https://gateway.example',
  version: '0',
}) as unknown as OpenApiDocument;
const actions = readActions(document);
const CONNECTION = 'con_0123456789012345678901';
const BASE = 'https://gateway.example';

function find(id: string): ActionSpec {
  const found = actions.find((action) => action.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

function enter(parameters: Record<string, string>, fields: Record<string, string> = {}, raw?: string): Entered {
  return { parameters, fields, ...(raw === undefined ? {} : { raw }) };
}

describe('the form of "Try it"', () => {
  it('has every action of the catalogue, with its effect', () => {
    expect(actions.map(({ id, effect }) => [id, effect]).sort()).toEqual(
      catalogue.map(({ id, effect }) => [id, effect]).sort(),
    );
  });

  it.each(actions.map((spec) => [spec.id, spec] as const))('builds a whole call of the example of %s', (_id, spec) => {
    const { call, faults } = buildCall(spec, CONNECTION, enterExample(spec));

    expect(faults).toEqual({});
    expect(call.path).toMatch(new RegExp(`^/connections/${CONNECTION}/api/v10/[^{}]*$`));
    expect(call.method).toBe(spec.method);
    const { example } = catalogue.find(({ id }) => id === spec.id) ?? {};
    if (example?.body !== undefined) expect(call.body).toEqual(example.body);
  });

  it('names what is missing or is no id, and leaves its placeholder in the call', () => {
    const spec = find('message.create');

    expect(buildCall(spec, '', enter({})).faults).toEqual({ channel_id: 'is required' });
    expect(buildCall(spec, '', enter({})).call.path).toBe(
      '/connections/{connection_id}/api/v10/channels/{channel_id}/messages',
    );
    expect(buildCall(spec, CONNECTION, enter({ channel_id: '12/../3' })).faults).toEqual({
      channel_id: 'is a Discord id: 15 to 20 digits',
    });
  });

  it('sends numbers, switches and JSON as what they are, and what is empty not at all', () => {
    const entered = enter(
      { channel_id: '197038439483310201' },
      { content: '42', tts: 'true', flags: '4', embeds: '[{"title":"x"}]', nonce: '' },
    );

    expect(buildCall(find('message.create'), CONNECTION, entered).call.body).toEqual({
      content: '42',
      tts: true,
      flags: 4,
      embeds: [{ title: 'x' }],
    });
  });

  it('says which field is no JSON', () => {
    const place = { channel_id: '197038439483310201' };

    expect(buildCall(find('message.create'), CONNECTION, enter(place, { embeds: '[' })).faults).toEqual({
      embeds: 'is not valid JSON',
    });
    expect(buildCall(find('message.create'), CONNECTION, enter(place, {}, '{')).faults).toEqual({
      [RAW]: 'is not JSON',
    });
  });

  it('puts a value into one segment of the path, whatever it holds', () => {
    const spec = find('reaction.add');
    const ids = { channel_id: '197038439483310201', message_id: '197038439483310202' };

    expect(buildCall(spec, CONNECTION, enter({ ...ids, emoji_name: '👍' })).call.path).toContain(
      '/reactions/%F0%9F%91%8D/@me',
    );
    expect(buildCall(spec, CONNECTION, enter({ ...ids, emoji_name: 'a/b?c' })).call.path).toContain(
      '/reactions/a%2Fb%3Fc/@me',
    );
  });
});

describe('the call as code', () => {
  const call = {
    method: 'POST',
    path: `/connections/${CONNECTION}/api/v10/channels/1/messages`,
    body: { content: `it's "$HOME"` },
  };

  it('is safe in a shell: nothing in it is expanded', () => {
    expect(toCurl(call, BASE, { 'Idempotency-Key': "a'b" })).toBe(
      [
        `curl -X POST '${BASE}${call.path}'`,
        `-H "Authorization: Bearer $API_KEY"`,
        `-H 'Idempotency-Key: a'\\''b'`,
        `-H 'Content-Type: application/json'`,
        `-d '{"content":"it'\\''s \\"$HOME\\""}'`,
      ].join(' \\\n  '),
    );
  });

  it('is code that parses, with the key from the environment', () => {
    for (const code of [
      toFetch(call, BASE, { 'Dry-Run': 'true' }),
      toDiscordJs({ ...call, path: `${call.path}?limit=5` }, BASE),
    ]) {
      const { diagnostics } = ts.transpileModule(code, { reportDiagnostics: true });
      expect(diagnostics).toEqual([]);
      expect(code).toContain('process.env.API_KEY');
    }
  });

  it('gives the unmodified client our base address and Discord’s own route', () => {
    const code = toDiscordJs(call, BASE);

    expect(code).toContain(`api: '${BASE}/connections/${CONNECTION}/api'`);
    expect(code).toContain(`rest.post('/channels/1/messages'`);
  });
});
