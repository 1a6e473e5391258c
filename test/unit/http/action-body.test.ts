import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import type { ActionBody } from '../../../shared/catalogue/action.ts';
import { buildMultipart, type AttachedFile } from '../../../shared/discord/build-multipart.ts';
import { MAX_ACTION_BODY_BYTES, parseActionBody } from '../../../shared/http/action-body.ts';

const BODY: ActionBody = {
  schema: z.looseObject({ content: z.optional(z.string().check(z.maxLength(5, 'is too long'))) }),
  isRequired: true,
  takesFiles: true,
};
const JSON_TYPE = 'application/json';
const FORM = 'multipart/form-data; boundary=xyz';

function read(bytes: string | Uint8Array, contentType?: string, body: ActionBody = BODY) {
  const headers = contentType === undefined ? {} : { 'content-type': contentType };
  return parseActionBody(
    { method: 'POST', body },
    { headers, body: typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes },
  );
}

function failureOf(...call: Parameters<typeof read>): unknown {
  const parsed = read(...call);
  return parsed.ok ? parsed.value : parsed.failure;
}

function form(...parts: readonly string[]): Uint8Array {
  return Buffer.from(`${parts.map((part) => `--xyz\r\n${part}\r\n`).join('')}--xyz--\r\n`, 'latin1');
}

const PAYLOAD = 'Content-Disposition: form-data; name="payload_json"\r\n\r\n{"content":"x"}';

describe('parseActionBody of JSON', () => {
  it('keeps the text as sent', () => {
    const text = '{ "content": "\\ud800", "x": 1.0 }';

    expect(read(text, JSON_TYPE)).toMatchObject({ ok: true, value: { text, files: [], contentType: JSON_TYPE } });
  });

  it('names each fault by its pointer', () => {
    expect(failureOf('{"content":"too long"}', JSON_TYPE)).toEqual({
      reason: 'input_invalid',
      errors: [{ pointer: '/content', detail: 'is too long' }],
    });
  });

  it.each(['{"a":1,"a":2}', '{"__proto__":1}', '{"n":9007199254740993}', '{', '['.repeat(40) + ']'.repeat(40)])(
    'refuses %s',
    (text) => {
      expect(failureOf(text, JSON_TYPE)).toMatchObject({ reason: 'input_not_json' });
    },
  );

  it('refuses a body that is too large, and takes one that just fits', () => {
    const padding = ' '.repeat(MAX_ACTION_BODY_BYTES - 2);

    expect(failureOf(`{}${padding} `, JSON_TYPE)).toEqual({
      reason: 'input_too_large',
      maxBytes: MAX_ACTION_BODY_BYTES,
    });
    expect(read(`{}${padding}`, JSON_TYPE).ok).toBe(true);
  });

  it.each([undefined, 'text/plain', 'multipart/form-data', 'multipart/mixed; boundary=xyz'])(
    'refuses the media type %s',
    (contentType) => {
      expect(failureOf('{}', contentType)).toEqual({ reason: 'input_media_type' });
    },
  );
});

describe('parseActionBody without a body', () => {
  it('is told when one is needed, and when none is taken', () => {
    expect(failureOf('', JSON_TYPE)).toEqual({
      reason: 'input_invalid',
      errors: [{ pointer: '', detail: 'is required' }],
    });
    expect(parseActionBody({ method: 'GET' }, { headers: {}, body: Buffer.from('{}') })).toEqual({
      ok: false,
      failure: {
        reason: 'input_invalid',
        errors: [{ pointer: '', detail: 'is not taken by this action; send GET without one' }],
      },
    });
  });

  it('goes on where it may be left out', () => {
    expect(read('', undefined, { ...BODY, isRequired: false })).toMatchObject({
      ok: true,
      value: { json: undefined, text: undefined, files: [] },
    });
  });
});

describe('parseActionBody of a form', () => {
  it('keeps the bytes and names of files and the text of the JSON', () => {
    const every = Uint8Array.from({ length: 256 }, (_, index) => index);
    const files: AttachedFile[] = [
      { field: 'files[1]', filename: 'Bär 🐻.PNG', contentType: 'image/PNG; x=Y', bytes: every },
      { field: 'files[0]', filename: 'b', contentType: 'text/plain', bytes: Buffer.from('\r\n--xy\r\n') },
      { field: 'files[9]', filename: 'leer', contentType: 'text/plain', bytes: Buffer.alloc(0) },
    ];
    const text = '{"content":"ü\\ud800"}';
    const sent = buildMultipart(text, files, 'aB3aB3aB3aB3aB3aB3');
    const parsed = read(sent.bytes, sent.contentType);

    expect(parsed).toMatchObject({ ok: true, value: { text, json: { content: 'ü\ud800' } } });
    expect(parsed.ok && parsed.value.files.map((file) => ({ ...file, bytes: [...file.bytes] }))).toEqual(
      files.map((file) => ({ ...file, bytes: [...file.bytes] })),
    );
  });

  it('lets no name of a file end its header', () => {
    const files = [{ field: 'files[0]', filename: 'a"\r\nX: y', contentType: 'text/plain', bytes: Buffer.from('x') }];
    const sent = buildMultipart(undefined, files, 'aB3aB3aB3aB3aB3aB3');

    expect(read(sent.bytes, sent.contentType)).toMatchObject({
      ok: true,
      value: { files: [{ filename: 'a%22%0D%0AX: y' }] },
    });
  });

  it('reads what the built-in FormData writes', async () => {
    const data = new FormData();
    data.append('payload_json', '{"content":"x"}');
    data.append('files[0]', new Blob([Uint8Array.of(0, 255)]), 'a"b.bin');
    const response = new Response(data);
    const parsed = read(new Uint8Array(await response.arrayBuffer()), response.headers.get('content-type') ?? '');

    expect(parsed.ok && parsed.value.files).toMatchObject([{ filename: 'a%22b.bin' }]);
    expect(parsed.ok && [...(parsed.value.files[0]?.bytes ?? [])]).toEqual([0, 255]);
  });

  it.each([
    ['name=files[0]; filename=a.txt', 'a.txt'],
    ['name="files[0]"; filename="a\\"b.txt"', 'a"b.txt'],
    ['filename="a.txt"; name="files[0]"', 'a.txt'],
    ['name="files[0]"; filename="a"; filename*=UTF-8\'\'b%C3%BC.txt', 'bü.txt'],
  ])('reads the spelling of other clients: %s', (parameters, filename) => {
    const bytes = form(`Content-Type: text/plain\r\nContent-Disposition: form-data; ${parameters}\r\n\r\nx`);

    expect(read(bytes, FORM)).toMatchObject({ ok: true, value: { files: [{ filename }] } });
  });

  const file = (name: string, more = '') =>
    `Content-Disposition: form-data; name="${name}"; filename="a"${more}\r\n\r\nx`;

  it.each([
    ['nothing', Buffer.alloc(1)],
    ['something before', Buffer.concat([Buffer.from('x\r\n'), form(PAYLOAD)])],
    ['something behind', Buffer.concat([form(PAYLOAD), Buffer.from('x')])],
    ['no end', form(PAYLOAD).subarray(0, -6)],
    ['two payloads', form(PAYLOAD, PAYLOAD)],
    ['two files of one name', form(file('files[0]'), file('files[0]'))],
    ['another field', form(PAYLOAD, 'Content-Disposition: form-data; name="content"\r\n\r\nx')],
    ['an eleventh file', form(file('files[10]'))],
    ['a file without a name', form('Content-Disposition: form-data; name="files[0]"\r\n\r\nx')],
    ['a line break in a name', form(file('files[0]', '\nX: y'))],
    ['a media type that is none', form(file('files[0]', '\r\nContent-Type: x'))],
    ['an encoding', form(file('files[0]', '\r\nContent-Transfer-Encoding: base64'))],
    ['the same header twice', form(file('files[0]', '\r\nContent-Disposition: form-data; name="y"'))],
    ['no headers', form('\r\nx')],
    ['no parts', Buffer.from('--xyz--\r\n')],
    ['a name twice', form('Content-Disposition: form-data; name="files[0]"; name="files[1]"; filename="a"\r\n\r\nx')],
  ])('refuses a form with %s', (_, bytes) => {
    expect(failureOf(bytes, FORM)).toMatchObject({ reason: 'input_invalid', errors: [{ pointer: '' }] });
  });

  it('refuses JSON in it that is not UTF-8', () => {
    const bytes = form('Content-Disposition: form-data; name="payload_json"\r\n\r\n{"content":"\xff"}');

    expect(failureOf(bytes, FORM)).toMatchObject({ reason: 'input_not_json' });
  });

  it('takes nothing but files', () => {
    expect(read(form(file('files[0]')), FORM)).toMatchObject({ ok: true, value: { json: {}, text: undefined } });
  });

  it('is refused where no files are taken', () => {
    expect(failureOf(form(PAYLOAD), FORM, { ...BODY, takesFiles: false })).toEqual({ reason: 'input_media_type' });
  });
});
