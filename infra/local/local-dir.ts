import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The folder in which a local run keeps its state: store, keys, simulator state, demo key. Not for version control. */
export const LOCAL_DIR = '.local';

/** Paths below the local folder. */
export function localPaths(dir: string = LOCAL_DIR) {
  return {
    dir,
    aws: path.join(dir, 'aws'),
    assembly: path.join(dir, 'cdk.out'),
    simulatorState: path.join(dir, 'discord.json'),
    demoKey: path.join(dir, 'demo-api-key'),
    log: path.join(dir, 'gateway.log'),
  };
}

/** Makes the folder readable by its owner only: it holds the local stand-in for KMS, and a demo key. */
export function prepareLocalDir(options: {
  readonly isFresh: boolean;
  readonly dir?: string;
}): ReturnType<typeof localPaths> {
  const paths = localPaths(options.dir);
  if (options.isFresh) rmSync(paths.dir, { recursive: true, force: true });
  mkdirSync(paths.dir, { recursive: true });
  chmodSync(paths.dir, 0o700);
  return paths;
}

export function loadDemoKey(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

export function saveDemoKey(file: string, key: string): void {
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
}
