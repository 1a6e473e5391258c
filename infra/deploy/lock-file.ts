import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      version: z.optional(z.string()),
      license: z.optional(z.string()),
      integrity: z.optional(z.string()),
      dev: z.optional(z.boolean()),
      inBundle: z.optional(z.boolean()),
      hasInstallScript: z.optional(z.boolean()),
    }),
  ),
});

/** One installed package, as the lock file has it. */
export interface LockedPackage {
  /** Below the project, `node_modules/zod`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** SPDX expression; `unknown` when the package names none. */
  readonly licence: string;
  /** Needed only to develop and test. */
  readonly isDev: boolean;
  /** The lock file knows its contents: by its own hash, or by that of the package that it came in. */
  readonly isPinned: boolean;
  readonly hasInstallScript: boolean;
}

/** Reads `package-lock.json`. @throws ZodError when it is no lock file of version 3 */
export function loadLockFile(): LockedPackage[] {
  const file = new URL('../../package-lock.json', import.meta.url);
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { version = '', license = 'unknown', integrity, dev, inBundle, hasInstallScript }]) => ({
      path,
      name: toPackageName(path),
      version,
      licence: license,
      isDev: dev ?? false,
      isPinned: integrity !== undefined || inBundle === true,
      hasInstallScript: hasInstallScript ?? false,
    }));
}

/** Name of the package that a file or folder below `node_modules` belongs to. */
export function toPackageName(path: string): string {
  const [first = '', second = ''] = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length).split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
