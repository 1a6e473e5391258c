import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readBundledPackages } from '../../../infra/deploy/bundled-packages.ts';
import { loadLockFile } from '../../../infra/deploy/lock-file.ts';
import { toLicencesMarkdown } from '../../../infra/deploy/to-licences-markdown.ts';
import { synthesize } from '../../../infra/synth.ts';
import { SynthesizedTemplate } from '../synthesized-template.ts';

const scratch = mkdtempSync(join(tmpdir(), 'infra-test-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** Synthesizes, bundles included. */
function build(name: string) {
  const { directory, template } = synthesize({ outdir: join(scratch, name) });
  const bundles = new SynthesizedTemplate(template)
    .ofType('AWS::Lambda::Function')
    .map(({ Metadata }) => join(directory, Metadata['aws:asset:path'] ?? 'none'));
  return { template, bundles };
}

const first = build('first');
const second = build('second');
const packages = loadLockFile();
const bundledPaths = new Set(first.bundles.flatMap(readBundledPackages));
const bundled = packages.filter(({ path }) => bundledPaths.has(path));

/** Every file of a bundle with its hash. */
function hashFiles(bundle: string): string[] {
  const entries = readdirSync(bundle, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return files.map((file) => {
    const hash = createHash('sha256').update(readFileSync(file));
    return `${relative(bundle, file)} ${hash.digest('hex')}`;
  });
}

/** Under these, code may be shipped in a product under any licence, as long as notices are kept. */
const PERMISSIVE = ['MIT', 'MIT-0', 'Apache-2.0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0'];

describe('what ships to Lambda', () => {
  it('is the same, byte for byte, in two builds, and so is the template', () => {
    expect(first.bundles.length).toBeGreaterThan(4);
    expect(second.bundles.map(hashFiles)).toEqual(first.bundles.map(hashFiles));
    expect(second.template).toEqual(first.template);
  });

  it('holds only packages of the lock file', () => {
    expect(bundledPaths.size).toBeGreaterThan(10);
    expect(bundled.map(({ path }) => path).toSorted()).toEqual([...bundledPaths].toSorted());
  });

  it('holds nothing that is there for development only', () => {
    expect(bundled.filter(({ isDev }) => isDev)).toEqual([]);
  });

  it('holds no package that runs a script when it is installed', () => {
    expect(bundled.filter(({ hasInstallScript }) => hasInstallScript)).toEqual([]);
  });

  it('is all under permissive licences', () => {
    expect(bundled.filter(({ licence }) => !PERMISSIVE.includes(licence))).toEqual([]);
  });
});

describe('the lock file', () => {
  it('has a hash for the contents of every package', () => {
    expect(packages.filter(({ isPinned }) => !isPinned)).toEqual([]);
  });

  it('lets nothing but development tools run a script when it is installed', () => {
    const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript);

    expect(scripted.map(({ name }) => name)).toEqual(['classic-level', 'esbuild']);
    expect(scripted.filter(({ isDev }) => !isDev)).toEqual([]);
  });

  it('knows the licence of everything that ships or deploys', async () => {
    expect(packages.filter(({ isDev, licence }) => !isDev && licence === 'unknown')).toEqual([]);
    await expect(toLicencesMarkdown(packages, bundledPaths)).toMatchFileSnapshot('../../../docs/generated/licences.md');
  });
});
