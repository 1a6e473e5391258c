import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { startGuildBot } from './guild-bot.ts';
import { CHANNELS, MESSAGES, say } from './message-bot.ts';

const directory = mkdtempSync(join(tmpdir(), 'simulator-messages-'));

afterAll(() => rmSync(directory, { recursive: true }));

describe('messages', () => {
  it('outlive the process, with conversations and nonces', async () => {
    const stateFile = join(directory, 'state.json');
    const first = await startGuildBot(0n, { stateFile });
    const sent = await say(first, { content: 'kept', nonce: 'n', enforce_nonce: true });
    const dm = await first.call('POST', '/users/@me/channels', { recipient_id: SEED_USERS.ada.id });
    await first.simulator.stop();
    const second = await startGuildBot(0n, { stateFile });

    expect((await second.call('GET', `${MESSAGES}/${String(sent['id'])}`)).json['content']).toBe('kept');
    expect((await say(second, { content: 'again', nonce: 'n', enforce_nonce: true }))['id']).toBe(sent['id']);
    const again = await second.call('POST', '/users/@me/channels', { recipient_id: SEED_USERS.ada.id });
    expect(again.json['id']).toBe(dm.json['id']);
    await second.simulator.stop();
  });

  it('go back with a saved state and are gone after a reset', async () => {
    const bot = await startGuildBot();
    const { control } = bot.simulator;
    const count = async () => (await control.listMessages({ channel_id: CHANNELS.general })).items.length;
    await say(bot, { content: 'one' });
    const { state } = await control.saveState();
    await say(bot, { content: 'two' });
    expect(await count()).toBe(2);
    await control.restoreState({ state });
    expect(await count()).toBe(1);
    await control.setDirectMessages({ user_id: SEED_USERS.ada.id, allowed: false });
    await control.reset();

    expect(await count()).toBe(0);
    await bot.arm(0n);
    expect(await bot.outcome('POST', '/users/@me/channels', { recipient_id: SEED_USERS.ada.id })).toEqual([
      200,
      undefined,
    ]);
    await bot.simulator.stop();
  });
});
