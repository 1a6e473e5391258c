import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { PromptAbortedError } from '../../infra/operator/operator-error.ts';
import { readCredentials } from '../../infra/operator/read-credentials.ts';
import { BOT_TOKEN, CLIENT_SECRET } from './operator-world.ts';

/** A terminal on which these keys are pressed, each burst when the prompts so far contain its text. */
async function typeAtTerminal(...bursts: readonly (readonly [waitFor: string, keys: string])[]) {
  const keyboard = Object.assign(new PassThrough(), { isTTY: true });
  const waiting = [...bursts];
  let shown = '';
  const show = {
    write: (text: string) => {
      shown += text;
      while (waiting[0] !== undefined && shown.includes(waiting[0][0])) keyboard.write(waiting.shift()?.[1]);
    },
  };
  const reading = readCredentials({ stdin: keyboard, stdout: show, stderr: show, env: {}, localDir: '' });
  const outcome = await reading.catch((error: unknown) => error);
  return { outcome, shown };
}

describe('readCredentials at a terminal', () => {
  it('asks for both and shows neither', async () => {
    const { outcome, shown } = await typeAtTerminal(
      ['Client secret', `${CLIENT_SECRET}\r`],
      ['Bot token', `${BOT_TOKEN}\r`],
    );

    expect(outcome).toMatchObject({ clientSecret: { reveal: expect.any(Function) as unknown } });
    const { clientSecret, botToken } = outcome as Awaited<ReturnType<typeof readCredentials>>;
    expect([clientSecret.reveal(), botToken?.reveal()]).toEqual([CLIENT_SECRET, BOT_TOKEN]);
    expect(shown).toBe(
      'Client secret (not shown): \nBot token (not shown; Enter for none, or to keep the stored one): \n',
    );
  });

  it('takes Enter for no bot token, and editing keys as usual', async () => {
    const { outcome } = await typeAtTerminal(
      ['Client secret', `wrong\x15${CLIENT_SECRET}x\x7f\r`],
      ['Bot token', '\r'],
    );

    const { clientSecret, botToken } = outcome as Awaited<ReturnType<typeof readCredentials>>;
    expect([clientSecret.reveal(), botToken]).toEqual([CLIENT_SECRET, undefined]);
  });

  it('keeps a second line that is pasted before it is asked for', async () => {
    const { outcome, shown } = await typeAtTerminal(['Client secret', `${CLIENT_SECRET}\r${BOT_TOKEN}\r`]);

    expect((outcome as Awaited<ReturnType<typeof readCredentials>>).botToken?.reveal()).toBe(BOT_TOKEN);
    expect(shown).not.toContain(BOT_TOKEN);
  });

  it.each([
    ['Ctrl-C', '\x03'],
    ['Ctrl-D', '\x04'],
  ])('breaks off on %s, at the first question and at the second', async (_name, key) => {
    const first = await typeAtTerminal(['Client secret', `half a secr${key === '\x04' ? '\x15' : ''}${key}`]);
    const second = await typeAtTerminal(['Client secret', `${CLIENT_SECRET}\r`], ['Bot token', key]);

    for (const { outcome } of [first, second]) expect(outcome).toBeInstanceOf(PromptAbortedError);
  });
});
