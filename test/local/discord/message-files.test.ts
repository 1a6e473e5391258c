import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMultipart } from '../../../infra/local/discord/http/multipart.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';
import { listErrors, MESSAGES, sendForm } from './message-bot.ts';

let bot: GuildBot;

const MIB = 1024 * 1024;

beforeAll(async () => {
  bot = await startGuildBot();
});

afterAll(() => bot.simulator.stop());

function buildForm(payload: unknown, files: Readonly<Record<string, [name: string, text: string]>>): FormData {
  const form = new FormData();
  if (payload !== undefined)
    form.append('payload_json', new Blob([JSON.stringify(payload)], { type: 'application/json' }));
  for (const [name, [filename, text]] of Object.entries(files)) form.append(name, new Blob([text]), filename);
  return form;
}

interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  readonly url: string;
}

function readAttachments(json: Record<string, unknown>): Attachment[] {
  return json['attachments'] as Attachment[];
}

describe('files in messages', () => {
  it('come back as attachments with links that look signed', async () => {
    const embeds = [{ title: 'card', image: { url: 'attachment://card.png' } }];
    const payload = { attachments: [{ id: 0, filename: 'card.png', description: 'A card' }, { id: 3 }], embeds };
    const files = { 'files[0]': ['x', 'PNG!'], 'files[3]': ['späte notes.txt', 'text'] } as const;
    const reply = await sendForm(bot, 'POST', MESSAGES, buildForm(payload, { ...files } as never));
    const [card, notes] = readAttachments(reply.json);

    expect(card).toMatchObject({ filename: 'card.png', size: 4, content_type: 'image/png', description: 'A card' });
    expect(notes).toMatchObject({ filename: 'sp_te_notes.txt', size: 4 });
    expect([...new URL(card?.url ?? '').searchParams.keys()]).toEqual(['ex', 'is', 'hm']);
    expect(card?.id).toMatch(/^[0-9]+$/);
  });

  it('need neither text nor payload_json', async () => {
    const reply = await sendForm(bot, 'POST', MESSAGES, buildForm(undefined, { 'files[0]': ['a.bin', 'x'] }));

    expect([reply.status, readAttachments(reply.json).length]).toEqual([200, 1]);
  });

  it('stay in an edit only when they are named', async () => {
    const files = { 'files[0]': ['a.txt', 'a'], 'files[1]': ['b.txt', 'b'] } as Record<string, [string, string]>;
    const { json } = await sendForm(bot, 'POST', MESSAGES, buildForm({ content: 'two' }, files));
    const [first] = readAttachments(json);
    const path = `${MESSAGES}/${String(json['id'])}`;
    const kept = await bot.call('PATCH', path, { content: 'still two' });
    expect(readAttachments(kept.json)).toHaveLength(2);
    const form = buildForm({ attachments: [{ id: first?.id }, { id: 0 }] }, { 'files[0]': ['c.txt', 'c'] });
    const edited = await sendForm(bot, 'PATCH', path, form);
    expect(readAttachments(edited.json).map(({ filename }) => filename)).toEqual(['a.txt', 'c.txt']);

    expect(readAttachments((await bot.call('PATCH', path, { attachments: [] })).json)).toEqual([]);
    expect(listErrors(await bot.call('PATCH', path, { attachments: [{ id: first?.id }] }))).toEqual([
      'attachments.0.id ATTACHMENT_NOT_FOUND',
    ]);
  });

  it('are ten at most, of 10 MiB each, in 25 MiB', async () => {
    const send = async (files: Record<string, [string, string]>) => {
      const { status, json } = await sendForm(bot, 'POST', MESSAGES, buildForm({}, files));
      return [status, json['code']];
    };
    const many = Array.from({ length: 11 }, (_, at) => [`files[${at}]`, ['a.txt', 'x']] as const);

    expect(await send(Object.fromEntries(many) as never)).toEqual([400, 30015]);
    expect(await send({ 'files[0]': ['a.bin', 'x'.repeat(10 * MIB)] })).toEqual([200, undefined]);
    expect(await send({ 'files[0]': ['a.bin', 'x'.repeat(10 * MIB + 1)] })).toEqual([413, 50045]);
    expect(await send({ 'files[0]': ['a.bin', 'x'.repeat(26 * MIB)] })).toEqual([413, 40005]);
  });

  it('are the only thing that can be that large', async () => {
    expect(await bot.outcome('POST', MESSAGES, { content: 'a', padding: 'x'.repeat(2 * MIB) })).toEqual([413, 40005]);
    const path = `/guilds/${bot.guildId}/bulk-ban`;
    expect(await bot.outcome('POST', path, { user_ids: ['x'.repeat(2 * MIB)] })).toEqual([413, 40005]);
  });

  it('have the names that Discord gives them', async () => {
    const reply = await sendForm(bot, 'POST', MESSAGES, buildForm({ content: 'a' }, { file: ['a.txt', 'x'] }));

    expect([reply.status, listErrors(reply)]).toEqual([400, ['file FORM_PART_UNKNOWN']]);
    const form = await sendForm(bot, 'POST', `/users/@me/channels`, buildForm({ recipient_id: '1' }, {}));
    expect(listErrors(form)).toEqual(['_misc CONTENT_TYPE_INVALID']);
  });
});

describe('parseMultipart', () => {
  const head = 'Content-Disposition: form-data; name="a"';
  const parse = (text: string, type = 'multipart/form-data; boundary=B') => parseMultipart(type, Buffer.from(text));

  it('reads bytes as they are', () => {
    const text = `--B\r\n${head}; filename="x%22y.bin"\r\nContent-Type: Text/Plain; charset=utf-8\r\n\r\n\r\n--b\r\n--B--\r\n`;
    const body = Buffer.from('\r\n--b');

    expect(parse(text)).toEqual({
      ok: true,
      parts: [{ name: 'a', filename: 'x"y.bin', mediaType: 'text/plain', body }],
    });
  });

  it('takes a quoted boundary and an empty form', () => {
    expect(parse('--a b--'.replace(' ', '_'), 'multipart/form-data; boundary="a_b"')).toEqual({ ok: true, parts: [] });
  });

  it.each([
    ['no boundary', `--B\r\n${head}\r\n\r\nx\r\n--B--`, 'multipart/form-data'],
    ['text in front', `hello\r\n--B\r\n${head}\r\n\r\nx\r\n--B--`],
    ['no end', `--B\r\n${head}\r\n\r\nx`],
    ['no last boundary', `--B\r\n${head}\r\n\r\nx\r\n--B\r\n`],
    ['bare line feeds', `--B\n${head}\n\nx\n--B--`],
    ['no name', '--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--'],
    ['no disposition', '--B\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--'],
    ['a header twice', `--B\r\n${head}\r\n${head}\r\n\r\nx\r\n--B--`],
    ['a name twice', `--B\r\n${head}\r\n\r\nx\r\n--B\r\n${head}\r\n\r\ny\r\n--B--`],
    ['text behind', `--B\r\n${head}\r\n\r\nx\r\n--B--\r\nmore`],
    ['a boundary that goes on', `--B\r\n${head}\r\n\r\nx\r\n--BB--`],
    ['nothing', ''],
  ])('refuses %s', (_what, text, type?: string) => {
    expect(parse(text, type).ok).toBe(false);
  });
});
