import { cp, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Packages that Lambda's Node.js runtimes bring along. */
const RUNTIME_SCOPES = ['@aws-sdk', '@smithy'];

/** Copies of function code, as they would be unpacked under `/var/task`. */
export interface TaskRoots {
  /** Copies one asset directory (each only once) and returns where it is. */
  readonly prepare: (assetDir: string) => Promise<string>;
  /** Removes all copies. */
  readonly remove: () => Promise<void>;
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** The nearest `node_modules` above this file that holds the scope. */
async function findScope(scope: string): Promise<string | undefined> {
  for (let dir = dirname(fileURLToPath(import.meta.url)); dir !== dirname(dir); dir = dirname(dir)) {
    const candidate = join(dir, 'node_modules', scope);
    if (await isDirectory(candidate)) return candidate;
  }
  return undefined;
}

/**
 * Makes room for copies of function code in the system's temporary directory. Below the project they would behave otherwise than
 * on Lambda: its `package.json` would turn `index.js` into an ES module, and its `node_modules` would hide that a bundle lacks
 * something. As on Lambda, only the AWS SDK is found outside the bundle.
 * @see Lambda Developer Guide, "Building Lambda functions with Node.js" (runtime-included SDK versions)
 */
export async function createTaskRoots(): Promise<TaskRoots> {
  const root = await mkdtemp(join(tmpdir(), 'local-gateway-'));
  await writeFile(join(root, 'package.json'), '{"type":"commonjs"}');
  await mkdir(join(root, 'node_modules'));
  for (const scope of RUNTIME_SCOPES) {
    const found = await findScope(scope);
    if (found !== undefined) await symlink(found, join(root, 'node_modules', scope), 'dir');
  }
  const copies = new Map<string, Promise<string>>();

  async function copy(assetDir: string, index: number): Promise<string> {
    const taskRoot = join(root, `task-${index}`);
    await cp(assetDir, taskRoot, { recursive: true, dereference: true });
    return taskRoot;
  }

  return {
    prepare: (assetDir) => {
      const known = copies.get(assetDir) ?? copy(assetDir, copies.size);
      copies.set(assetDir, known);
      return known;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
