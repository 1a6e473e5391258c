import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { toPackageName } from './lock-file.ts';

const sourceMap = z.object({ sources: z.array(z.string()) });

/**
 * Reads out of a bundle's source map which packages are in it.
 * @param bundleDir - holds `index.js.map`
 * @returns paths below the project, `node_modules/zod`, as in the lock file, each once
 */
export function readBundledPackages(bundleDir: string): string[] {
  const { sources } = sourceMap.parse(JSON.parse(readFileSync(path.join(bundleDir, 'index.js.map'), 'utf8')));
  const fromPackages = sources.filter((source) => source.includes('node_modules/'));
  return [...new Set(fromPackages.map(toPackagePath))].toSorted();
}

function toPackagePath(source: string): string {
  const below = source.slice(source.indexOf('node_modules/'));
  const end = below.lastIndexOf('node_modules/') + 'node_modules/'.length;
  return `${below.slice(0, end)}${toPackageName(below)}`;
}
