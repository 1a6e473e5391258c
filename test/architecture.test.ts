import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSources, type SourceFile, type SourceImport } from './support/read-source.ts';

const sources = readSources(['infra', 'functions', 'shared']);
const byPath = new Map(sources.map((source) => [source.path, source]));

const PURE_FOLDERS = [
  'shared/domain/',
  'shared/discord/',
  'shared/problems/',
  'shared/catalogue/',
  'shared/authority/',
];

/** What a pure file may take from outside: data schemas, digests and ciphers whose randomness comes in as an argument. */
const PURE_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'zod/mini': ['*', 'z'],
  'node:crypto': ['createHash', 'createHmac', 'createCipheriv', 'createDecipheriv', 'timingSafeEqual'],
  'node:util': ['inspect'],
};

/** The only places that put edges together. */
const LIVE = 'shared/edges/live.ts';
const OPERATOR_EDGES = 'infra/operator/operator-edges.ts';

/** Log and metrics alone: a function that needs nothing else would carry the whole AWS SDK for them (437 KB instead of 59). */
const SDK_FREE_EDGES = ['shared/edges/log.ts', 'shared/edges/metrics.ts'];

/** What runs in the operator's browser. It has a world of its own, and none of ours but what goes over HTTP. */
const PORTAL_APP = 'functions/portal/app/';

const PORTAL_PACKAGES = ['preact', 'preact/hooks', 'preact-iso', '@picocss/pico/css/pico.classless.indigo.min.css'];

const MAX_LINES = 250;

function isIn(filePath: string, ...folders: readonly string[]): boolean {
  return folders.some((folder) => filePath.startsWith(folder));
}

/** Files directly in `shared/`: plain data and types, the environment apart. */
function isSharedRoot(filePath: string): boolean {
  return path.posix.dirname(filePath) === 'shared' && filePath !== 'shared/env.ts';
}

/** Every import of the chosen files that the rule does not accept, as text for the failure. */
function findBroken(
  isChecked: (source: SourceFile) => boolean,
  isAccepted: (found: SourceImport, source: SourceFile) => boolean,
): string[] {
  return sources
    .filter(isChecked)
    .flatMap((source) =>
      source.imports
        .filter((found) => !isAccepted(found, source))
        .map((found) => `${source.path} → ${found.target}${found.isTypeOnly ? ' (type)' : ''}`),
    );
}

/** Everything that a file pulls in at run time, itself included: repository files and packages. */
function collectReachable(entry: string): Set<string> {
  const reached = new Set<string>();
  const queue = [entry];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    queue.push(...(byPath.get(next)?.imports ?? []).filter((found) => !found.isTypeOnly).map(({ target }) => target));
  }
  return reached;
}

/** One file for each import cycle, with the way back to itself. */
function findCycles(): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (filePath: string, trail: readonly string[]): void => {
    if (state.get(filePath) === 'open') cycles.push([...trail.slice(trail.indexOf(filePath)), filePath].join(' → '));
    if (state.has(filePath)) return;
    state.set(filePath, 'open');
    for (const { target } of byPath.get(filePath)?.imports ?? []) {
      if (byPath.has(target)) visit(target, [...trail, filePath]);
    }
    state.set(filePath, 'done');
  };
  for (const { path: filePath } of sources) visit(filePath, []);
  return cycles;
}

describe('the architecture', () => {
  it('is read from real files', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(byPath.get('shared/app/run-action.ts')?.imports.length).toBeGreaterThan(3);
  });

  it('imports files by their whole name and never by a computed one', () => {
    expect(
      findBroken(
        () => true,
        ({ target, isRelative }) => (isRelative ? existsSync(target) : target !== '(computed)'),
      ),
    ).toEqual([]);
  });

  it('points one way: functions know no infra, shared knows neither', () => {
    expect(
      findBroken(
        ({ path: file }) => isIn(file, 'functions/', 'shared/'),
        ({ target }) => !isIn(target, 'infra/', 'test/'),
      ),
    ).toEqual([]);
    expect(
      findBroken(
        ({ path: file }) => isIn(file, 'shared/'),
        ({ target }) => !isIn(target, 'functions/'),
      ),
    ).toEqual([]);
  });

  it('keeps CDK in infra', () => {
    expect(
      findBroken(
        ({ path: file }) => isIn(file, 'functions/', 'shared/'),
        ({ target }) => !/^(aws-cdk-lib|constructs|cdk-nag|@aws-cdk)(\/|$)/.test(target),
      ),
    ).toEqual([]);
  });

  it('lets infra name the handlers as entries only, never import them', () => {
    expect(
      findBroken(
        ({ path: file }) => isIn(file, 'infra/'),
        ({ target }) => !isIn(target, 'functions/'),
      ),
    ).toEqual([]);
  });

  it('synthesizes without the AWS SDK: what the CDK app takes from shared is plain data', () => {
    const reached = [...collectReachable('infra/app.ts')];

    expect(reached).toContain('shared/table.ts');
    expect(reached.filter((target) => /^(@aws-sdk|@smithy|@aws-lambda-powertools|@middy)\//.test(target))).toEqual([]);
    expect(reached.filter((target) => isIn(target, 'shared/app/', 'shared/edges/', 'infra/local/'))).toEqual([]);
  });

  it('keeps a function in its own folder over shared', () => {
    expect(
      findBroken(
        ({ path: file }) => isIn(file, 'functions/'),
        ({ target, isRelative }, source) =>
          !isRelative ||
          isIn(target, 'shared/', `${path.posix.dirname(source.path)}/`) ||
          (isIn(source.path, PORTAL_APP) && isIn(target, PORTAL_APP)),
      ),
    ).toEqual([]);
  });

  it("keeps the portal's pages apart: of ours the browser's bundle has plain facts of the domain only, and ours has none of it", () => {
    expect(
      findBroken(
        ({ path: file }) => isIn(file, PORTAL_APP),
        ({ target, isRelative }) =>
          isRelative ? isIn(target, PORTAL_APP, 'shared/domain/') : PORTAL_PACKAGES.includes(target),
      ),
    ).toEqual([]);
    expect(
      findBroken(
        ({ path: file }) => !isIn(file, PORTAL_APP),
        ({ target }) => !isIn(target, PORTAL_APP),
      ),
    ).toEqual([]);
  });

  it('keeps the pure folders among themselves; of the ports they see types only', () => {
    expect(
      findBroken(
        ({ path: file }) => isIn(file, ...PURE_FOLDERS),
        ({ target, isRelative, isTypeOnly, names }) =>
          isRelative
            ? isIn(target, ...PURE_FOLDERS) || isSharedRoot(target) || (target === 'shared/app/ports.ts' && isTypeOnly)
            : names.every((name) => PURE_PACKAGES[target]?.includes(name)) && names.length > 0,
      ),
    ).toEqual([]);
  });

  it('gives pure files no network, environment, clock, randomness or output', () => {
    const broken = sources
      .filter(({ path: file, effects }) => isIn(file, ...PURE_FOLDERS) && effects.length > 0)
      .map(({ path: file, effects }) => `${file}: ${effects.join(', ')}`);
    expect(broken).toEqual([]);
  });

  it('gives use cases the world through ports: no edges, no HTTP, no SDK', () => {
    expect(
      findBroken(
        ({ path: file }) => isIn(file, 'shared/app/'),
        ({ target, isRelative }) =>
          isRelative
            ? isIn(target, 'shared/app/', ...PURE_FOLDERS) || isSharedRoot(target)
            : ['zod/mini', 'oauth4webapi'].includes(target),
      ),
    ).toEqual([]);
    const effects = sources.filter(({ path: file }) => isIn(file, 'shared/app/')).flatMap((source) => source.effects);
    expect(effects).toEqual([]);
  });

  it('lets edges know the ports and the pure part; only the one that builds them all knows more', () => {
    expect(
      findBroken(
        ({ path: file }) => isIn(file, 'shared/edges/'),
        ({ target, isRelative, isTypeOnly }, source) =>
          !isRelative ||
          isIn(target, 'shared/edges/', ...PURE_FOLDERS) ||
          isSharedRoot(target) ||
          (target === 'shared/app/ports.ts' && isTypeOnly) ||
          (source.path === LIVE && (target === 'shared/env.ts' || isIn(target, 'shared/app/'))),
      ),
    ).toEqual([]);
  });

  it('keeps edges out of the HTTP layer', () => {
    expect(
      findBroken(
        ({ path: file }) => isIn(file, 'shared/http/'),
        ({ target, isRelative }) =>
          !isRelative || isIn(target, 'shared/http/', 'shared/app/', ...PURE_FOLDERS) || isSharedRoot(target),
      ),
    ).toEqual([]);
  });

  it('puts edges together in one place for functions and in one for operators', () => {
    expect(
      findBroken(
        ({ path: file }) => !isIn(file, 'shared/edges/') && file !== OPERATOR_EDGES,
        ({ target, isTypeOnly }, source) =>
          !isIn(target, 'shared/edges/') ||
          isTypeOnly ||
          (/^functions\/[a-z-]+\/handler\.ts$/.test(source.path) &&
            (target === LIVE || SDK_FREE_EDGES.includes(target))),
      ),
    ).toEqual([]);
  });

  it('talks to AWS in the edges, and in what stands for AWS or the operator on this machine', () => {
    expect(
      findBroken(
        ({ path: file }) => !isIn(file, 'shared/edges/', 'infra/local/', 'infra/operator/'),
        ({ target }) => !isIn(target, '@aws-sdk/', '@smithy/'),
      ),
    ).toEqual([]);
  });

  it('knows Lambda events in the HTTP layer, the handlers and the local gateway only', () => {
    expect(
      findBroken(
        ({ path: file }) => !isIn(file, 'shared/http/', 'functions/', 'infra/local/gateway/'),
        ({ target }) => target !== 'aws-lambda',
      ),
    ).toEqual([]);
    expect(
      findBroken(
        () => true,
        ({ target, isTypeOnly }) => target !== 'aws-lambda' || isTypeOnly,
      ),
    ).toEqual([]);
  });

  it('reads the environment of functions in one file, which names what is missing', () => {
    const readers = sources
      .filter(({ path: file }) => isIn(file, 'shared/', 'functions/') && !isIn(file, PORTAL_APP))
      .filter(({ effects }) => effects.includes('process') || effects.includes('globalThis'))
      .map(({ path: file }) => file);
    expect(readers).toEqual(['shared/env.ts']);
    const imported = findBroken(
      ({ path: file }) => isIn(file, 'shared/', 'functions/'),
      ({ target }) => target !== 'node:process' && target !== 'process',
    );
    expect(imported).toEqual([]);
  });

  it('reads the clock, makes randomness and opens connections in the edges only', () => {
    const effectful = sources
      .filter(({ path: file }) => isIn(file, 'shared/', 'functions/') && !isIn(file, 'shared/edges/', PORTAL_APP))
      .filter(({ path: file, effects }) => effects.length > 0 && file !== 'shared/env.ts')
      .map(({ path: file, effects }) => `${file}: ${effects.join(', ')}`);
    expect(effectful).toEqual([]);
    const random = findBroken(
      ({ path: file }) => isIn(file, 'shared/', 'functions/') && !isIn(file, 'shared/edges/'),
      ({ target, names }) =>
        target !== 'node:crypto' || names.every((name) => PURE_PACKAGES['node:crypto']?.includes(name)),
    );
    expect(random).toEqual([]);
  });

  it('has no import cycle, types included', () => {
    expect(findCycles()).toEqual([]);
  });

  it(`has no file of more than ${MAX_LINES} lines in shared and functions`, () => {
    const long = sources
      .filter(({ path: file, lines }) => isIn(file, 'shared/', 'functions/') && lines > MAX_LINES)
      .map(({ path: file, lines }) => `${file}: ${lines}`);
    expect(long).toEqual([]);
  });

  it('names files in kebab-case after what they hold', () => {
    const misnamed = sources
      .map(({ path: file }) => file)
      .filter(
        (file) =>
          !/^([a-z0-9-]+\/)+[a-z0-9-]+(\.d)?\.tsx?$/.test(file) || /\/(utils?|helpers?|common|types)\.ts$/.test(file),
      );
    expect(misnamed).toEqual([]);
  });
});
