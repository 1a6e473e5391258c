import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import { loadPortalFiles, type PortalFiles } from '../../functions/portal/portal-files.ts';

/** The portal as it was built for the assembly that all tests share. */
export function loadBuiltPortal(): PortalFiles {
  const assemblyDir = inject('assemblyDir');
  const asset = readdirSync(assemblyDir)
    .map((name) => path.join(assemblyDir, name))
    .find((dir) => existsSync(path.join(dir, 'portal', 'index.html')));
  if (asset === undefined) throw new Error(`no asset of ${assemblyDir} holds the portal`);
  return loadPortalFiles(asset);
}
