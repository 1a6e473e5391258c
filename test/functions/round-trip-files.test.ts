import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { armGuild, PLACES } from '../clients/armed-guild.ts';
import { tapDiscord, type DiscordTap } from '../clients/discord-tap.ts';
import { addQuiet, NO_MENTIONS, RoundTrip } from '../clients/round-trip.ts';
import { useHarness } from '../support/use-harness.ts';

const harness = useHarness();
let tap: DiscordTap;
let trip: RoundTrip;

beforeAll(async () => {
  const connection = await armGuild(harness);
  tap = await tapDiscord(harness);
  trip = new RoundTrip(harness, connection, tap);
});
afterAll(() => tap.stop());

/** One part of a form as it is on the wire. */
interface Part {
  readonly head: string;
  readonly bytes: Buffer;
}

/** Cuts a form at its boundary; nothing is decoded. */
function cutForm(contentType: string, body: Uint8Array): Part[] {
  const boundary = /boundary=("?)([^";]+)\1/.exec(contentType)?.[2] ?? 'none';
  const pieces = Buffer.from(body).toString('latin1').split(`--${boundary}`).slice(1, -1);
  return pieces.map((piece) => {
    const cut = piece.indexOf('\r\n\r\n');
    const head = Buffer.from(piece.slice(2, cut), 'latin1').toString('utf8');
    return { head, bytes: Buffer.from(piece.slice(cut + 4, -2), 'latin1') };
  });
}

/** Every byte there is, line breaks in every manner, and what looks like the end of a form. */
const HOSTILE = Buffer.concat([
  Buffer.from(Array.from({ length: 256 }, (_, at) => at)),
  Buffer.from('\r\n--\r\n\r\n--boundary--\r\n\n\r\0'),
  Buffer.from([0xff, 0xfe, 0xed, 0xa0, 0x80]),
]);

const file = (name: string, type: string, bytes: Buffer = HOSTILE): File =>
  new File([new Uint8Array(bytes)], name, { type });

function buildForm(payload: string | undefined, files: Readonly<Record<string, File>>): FormData {
  const form = new FormData();
  if (payload !== undefined) form.set('payload_json', payload);
  for (const [name, value] of Object.entries(files)) form.set(name, value, value.name);
  return form;
}

/** Sends a form; the files arrive as they were, and `payload_json` as `arrives`. */
async function expectFiles(method: string, path: string, form: FormData, arrives: string) {
  const encoded = new Response(form);
  const contentType = encoded.headers.get('content-type') ?? '';
  const sent = new Uint8Array(await encoded.arrayBuffer());
  const answer = await trip.send(method, path, sent, { 'content-type': contentType });
  const write = tap.lastWrite();

  expect([answer.status, answer.text]).toEqual([write.answer.status, write.answer.text]);
  expect(answer.status).toBeLessThan(300);
  const [payload, ...files] = cutForm(write.contentType, write.body);
  expect(payload?.bytes.toString('utf8')).toBe(arrives);
  expect(payload?.head).toContain('name="payload_json"');
  expect(files).toEqual(cutForm(contentType, sent).filter(({ head }) => !head.includes('"payload_json"')));
  expect(write.contentType).toMatch(/^multipart\/form-data; boundary=[a-z0-9]{32}$/);
  return answer.json;
}

const MESSAGES = `/channels/${PLACES.general}/messages`;

describe('files', () => {
  it.each([
    ['emoji and four scripts', '🃏 карта 目 ملف é.png', 'image/png'],
    ['characters that mean something in a header', `a;b='c' \\ "d" %22 ,.txt`, 'text/plain;charset=utf-8'],
    ['a half-hidden ending', 'invoice\u202Egnp.exe', 'application/x-msdownload'],
    ['255 characters', `${'n'.repeat(251)}.txt`, 'text/plain'],
    ['no type of its own', 'raw', ''],
  ])('arrive with their names and every byte: %s', async (_what, name, type) => {
    const payload = '{"content":"see","attachments":[{"id":0,"description":"описание 🖼"}]}';
    const form = buildForm(payload, { 'files[0]': file(name, type) });
    const message = await expectFiles('POST', MESSAGES, form, addQuiet(payload));

    expect(message.attachments).toMatchObject([{ size: HOSTILE.length, description: 'описание 🖼' }]);
  });

  it('can be ten, in an order of their own, among them an empty one', async () => {
    const numbers = [3, 9, 0, 1, 2, 4, 5, 6, 7, 8];
    const files = Object.fromEntries(
      numbers.map((n) => [`files[${n}]`, file(`${n}.bin`, 'image/png', n === 4 ? Buffer.alloc(0) : HOSTILE)]),
    );
    const payload = '{ "content" : "ten" }';
    const message = await expectFiles('POST', MESSAGES, buildForm(payload, files), addQuiet(payload));

    expect(message.attachments).toHaveLength(10);
  });

  it('can be all there is', async () => {
    const form = buildForm(undefined, { 'files[0]': file('alone.png', 'image/png') });
    const message = await expectFiles('POST', MESSAGES, form, `{${NO_MENTIONS}}`);

    expect([message.content, message.attachments.length]).toEqual(['', 1]);
  });

  it('can be shown in embeds and components by their names', async () => {
    const embed = '{"embeds":[{"image":{"url":"attachment://a.png"}}]}';
    const v2 = '{"flags":32768,"components":[{"type":13,"file":{"url":"attachment://a.png"}}]}';
    for (const payload of [embed, v2]) {
      const form = buildForm(payload, { 'files[0]': file('a.png', 'image/png') });
      await expectFiles('POST', MESSAGES, form, addQuiet(payload));
    }
  });

  it('are added by an edit beside those that are named, and those that are not named go', async () => {
    const first = buildForm('{"content":"two"}', {
      'files[0]': file('old.txt', 'text/plain'),
      'files[1]': file('older.txt', 'text/plain'),
    });
    const { id, attachments } = await expectFiles('POST', MESSAGES, first, addQuiet('{"content":"two"}'));
    const payload = JSON.stringify({ attachments: [{ id: attachments[1].id }, { id: '0', filename: 'new.txt' }] });
    const form = buildForm(payload, { 'files[0]': file('new.txt', 'text/plain') });
    const edited = await expectFiles('PATCH', `${MESSAGES}/${id}`, form, addQuiet(payload));

    expect(edited.attachments.map(({ filename }: { filename: string }) => filename)).toEqual(['older.txt', 'new.txt']);
  });

  it('arrive with a post in a forum', async () => {
    const wrap = (message: string): string => `{"name":"With a file","message":${message}}`;
    const form = buildForm(wrap('{"content":"x"}'), { 'files[0]': file('🗂.txt', 'text/plain') });
    const thread = await expectFiles(
      'POST',
      `/channels/${PLACES.forum}/threads`,
      form,
      wrap(addQuiet('{"content":"x"}')),
    );

    expect(thread.message.attachments).toHaveLength(1);
  });

  it('arrive with the message of a webhook, and with its edit', async () => {
    const { id } = (await trip.send('POST', `/channels/${PLACES.general}/webhooks`, '{"name":"Files"}')).json;
    const payload = '{"content":"by hook"}';
    const form = () => buildForm(payload, { 'files[0]': file('🪝.txt', 'text/plain') });
    const message = await expectFiles('POST', `/webhooks/${id}`, form(), addQuiet(payload));
    const edited = await expectFiles('PATCH', `/webhooks/${id}/messages/${message.id}`, form(), addQuiet(payload));

    expect([message.attachments.length, edited.attachments.length]).toEqual([1, 2]);
  });

  it('arrive once for one Idempotency-Key although the two forms have boundaries of their own', async () => {
    const send = async () => {
      const encoded = new Response(buildForm('{"content":"twice"}', { 'files[0]': file('a.txt', 'text/plain') }));
      const headers = { 'content-type': encoded.headers.get('content-type') ?? '', 'idempotency-key': 'files' };
      return trip.send('POST', MESSAGES, new Uint8Array(await encoded.arrayBuffer()), headers);
    };
    const [first, again] = [await send(), await send()];

    expect([first.status, again.status, again.json.id]).toEqual([200, 200, first.json.id]);
  });
});
