import type { ChildProcess } from 'node:child_process';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../../infra/local/discord/main.ts', import.meta.url));

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  children.push(child);
  return child;
}

async function readExit(child: ChildProcess): Promise<{ errors: string; exitCode: unknown }> {
  const [errors, exit] = await Promise.all([text(child.stderr ?? process.stdin), once(child, 'exit')]);
  return { errors, exitCode: exit[0] };
}

async function readFirstLine(child: ChildProcess): Promise<Record<string, string>> {
  const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return JSON.parse(chunk.toString().split('\n', 1)[0] ?? '') as Record<string, string>;
}

describe('npm run simulator', () => {
  it('prints one line of JSON when ready and ends on SIGTERM', async () => {
    const child = start(['--port', '0', '--json']);
    const line = await readFirstLine(child);
    const page = await fetch(`${line['url'] ?? ''}/oauth2/authorize?client_id=${line['client_id'] ?? ''}`);
    child.kill('SIGTERM');
    const [exitCode] = (await once(child, 'exit')) as [number | null];

    expect(line['client_secret']).toMatch(/^[\w-]{32}$/);
    expect(line['control_url']).toBe(`${line['url'] ?? ''}/_control`);
    expect(page.status).toBe(400);
    expect(exitCode).toBe(0);
  });

  it('says in one line that the port is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const child = start([], { PORT: String(port) });
    const { errors, exitCode } = await readExit(child);
    blocker.close();

    expect(errors).toBe(`simulator: port ${port} is already in use\n`);
    expect(exitCode).toBe(1);
  });

  it.each([
    [[], ['http://localhost:3000/integration-callback']],
    [['--no-redirect-uri'], []],
  ])('with %j has the redirect URIs %j', async (args, redirectUris) => {
    const child = start(['--port', '0', '--json', ...args]);
    const line = await readFirstLine(child);
    const answer = await fetch(`${line['control_url'] ?? ''}/applications`);
    const { items } = (await answer.json()) as { items: { redirect_uris: string[] }[] };

    expect(items.map((item) => item.redirect_uris)).toEqual([redirectUris]);
  });

  it('refuses to register a redirect URI and none', async () => {
    const child = start(['--no-redirect-uri', '--redirect-uri', 'http://localhost/back']);
    const { errors, exitCode } = await readExit(child);

    expect(errors).toContain('contradict');
    expect(exitCode).toBe(1);
  });

  it('refuses flags that it does not know', async () => {
    const child = start(['--prot', '1']);
    const { errors, exitCode } = await readExit(child);

    expect(errors).toContain('--prot');
    expect(errors).toContain('Usage:');
    expect(exitCode).toBe(1);
  });

  it('tells its parent when it is ready, prints no secret, and ends when the parent goes', async () => {
    const child = fork(MAIN, ['--port', '0'], { execArgv: ['--import', 'tsx'], silent: true });
    children.push(child);
    const output = text(child.stdout ?? process.stdin);
    const [message] = (await once(child, 'message')) as [Record<string, string>];
    child.disconnect();
    const [exitCode] = (await once(child, 'exit')) as [number | null];

    expect(message).toMatchObject({
      type: 'ready',
      baseUrl: expect.stringMatching(/^http:\/\/localhost:\d+$/) as string,
    });
    expect(await output).toBe('');
    expect(exitCode).toBe(0);
  });
});
