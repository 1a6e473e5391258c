import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const recorder = new URL('record-connections.js', import.meta.url).href;
/** A whole CLI run takes 5 s alone, and several times that beside the rest of the suite. */
const SYNTH_TIMEOUT_MS = 90_000;

const scratch = mkdtempSync(join(tmpdir(), 'infra-test-'));
const connectionsFile = join(scratch, 'connections');
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** Runs Node without credentials, in an empty home, and gives what it wrote and whom it tried to reach. */
async function runRecorded(args: string[]): Promise<{ stdout: string; stderr: string; connections: string[] }> {
  writeFileSync(connectionsFile, '');
  const env = {
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: scratch,
    NODE_OPTIONS: `--import=${recorder}`,
    CONNECTIONS_FILE: connectionsFile,
  };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
  return { stdout, stderr, connections: readFileSync(connectionsFile, 'utf8').split('\n').filter(Boolean) };
}

describe('cdk synth', () => {
  it('would be caught reaching out: the recorder sees connections, look-ups and detached children', async () => {
    const script = `
      await fetch('http://127.0.0.1:2').catch(() => {});
      require('node:dns').lookup('localhost', () => {});
      require('node:child_process').spawn(process.execPath, ['--version'], { detached: true });`;

    const { connections } = await runRecorded(['-e', `(async () => {${script}})()`]);

    expect(connections).toEqual([
      expect.stringMatching(/^connect .*"127\.0\.0\.1"/),
      'lookup localhost',
      expect.stringContaining('detached '),
    ]);
  });

  it(
    'needs no credentials, opens no connection and says nothing but what it bundles',
    async () => {
      const cli = join(root, 'node_modules/aws-cdk/bin/cdk');

      const { stdout, stderr, connections } = await runRecorded([
        cli,
        'synth',
        '--quiet',
        '--output',
        join(scratch, 'out'),
      ]);

      expect(connections).toEqual([]);
      expect(stdout).toBe('');
      expect(stderr.split('\n').filter((line) => line !== '' && !line.startsWith('Bundling asset '))).toEqual([]);
      expect(JSON.parse(readFileSync(join(scratch, 'out/validation-report.json'), 'utf8'))).toMatchObject({
        pluginReports: [],
      });
    },
    SYNTH_TIMEOUT_MS,
  );
});
