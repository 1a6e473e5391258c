import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator } from '../../../infra/local/discord/simulator.ts';
import { StateFileError } from '../../../infra/local/discord/state/state-file.ts';
import { REDIRECT_URI, ScriptedApp, startTestSimulator } from './scripted-app.ts';

let folder: string;
let stateFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  stateFile = join(folder, 'new', 'discord.json');
});

afterEach(() => rm(folder, { recursive: true }));

describe('state file', () => {
  it('keeps application, tokens, codes and webhooks over a restart', async () => {
    const first = await startTestSimulator({ stateFile });
    const app = new ScriptedApp(first);
    const tokens = await app.connect({ scope: 'identify webhook.incoming', channel_id: '197038439483310201' });
    const code = await app.obtainCode();
    await first.stop();
    const second = await startTestSimulator({ stateFile });
    const again = new ScriptedApp(second);
    const me = await again.get('/oauth2/@me', tokens['access_token']);
    const exchanged = await again.exchange(code);
    const refreshed = await again.refresh(tokens['refresh_token']);
    const secrets = (await second.control.listSecrets()).items.map(({ value }) => value);
    await second.stop();

    expect(second.application).toEqual(first.application);
    expect([me.status, exchanged.status, refreshed.status]).toEqual([200, 200, 200]);
    expect(secrets).toContain((tokens['webhook'] as { url: string }).url);
  });

  it('keeps a reset client secret, and a revocation', async () => {
    const first = await startTestSimulator({ stateFile });
    const app = new ScriptedApp(first);
    const tokens = await app.connect();
    await app.revoke(tokens['access_token']);
    const { client_secret: secret } = await first.control.resetClientSecret({});
    await first.stop();
    const second = await startTestSimulator({ stateFile });
    const me = await new ScriptedApp(second).get('/users/@me', tokens['access_token']);
    await second.stop();

    expect(second.application.clientSecret).toBe(secret);
    expect(me.status).toBe(401);
  });

  it('takes the redirect URIs of this run, or those of the last when none are given', async () => {
    await (await startTestSimulator({ stateFile })).stop();
    const same = await startSimulator({ stateFile });
    const kept = (await same.control.listApplications()).items[0]?.redirect_uris;
    await same.stop();
    const other = await startSimulator({ stateFile, application: { redirect_uris: ['https://b.example/'] } });
    const replaced = (await other.control.listApplications()).items[0]?.redirect_uris;
    await other.stop();

    expect(kept).toEqual([REDIRECT_URI]);
    expect(replaced).toEqual(['https://b.example/']);
  });

  it('is readable by its owner only, and nothing is left beside it', async () => {
    const simulator = await startTestSimulator({ stateFile });
    await simulator.stop();

    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'new'))).toEqual(['discord.json']);
  });

  it.each(['{', '{"version":2}', '[]'])('that is not one is refused and stays as it is: %s', async (content) => {
    const path = join(folder, 'other.json');
    await writeFile(path, content);

    await expect(startSimulator({ stateFile: path })).rejects.toThrow(StateFileError);
    expect(await readFile(path, 'utf8')).toBe(content);
  });
});
