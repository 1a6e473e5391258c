import type { LockedPackage } from './lock-file.ts';

const HEAD = `# Licences

Made from \`package-lock.json\` and the source maps of the bundles by \`test/infra/deploy/supply-chain.test.ts\`; not written by hand.
This project itself is MIT.`;

const BUNDLED = `## In the Lambda bundles

What ships, besides this project's own code. None of these runs a script when it is installed.`;

const OTHERS = `## To deploy

Production dependencies that are in no bundle: CDK and what it brings along, used on the machine that deploys; and code of the
packages above that the bundles don't need.`;

const SCRIPTS = `## Scripts at installation

Packages that run one, all of them only for development and tests. The project works with \`npm ci --ignore-scripts\`, too: esbuild's
script checks its binary, which comes in a package of its own.`;

/**
 * Writes down the licence of everything that ships or deploys. Pure.
 * @param packages - the lock file
 * @param bundled - paths in the lock file of what is in the bundles
 */
export function toLicencesMarkdown(packages: readonly LockedPackage[], bundled: ReadonlySet<string>): string {
  const production = packages.filter(({ isDev }) => !isDev);
  const shipped = packages.filter((item) => bundled.has(item.path));
  const others = production.filter((item) => !bundled.has(item.path));
  const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript);
  return `${[HEAD, BUNDLED, toTable(shipped), OTHERS, toTable(others), SCRIPTS, toTable(scripted)].join('\n\n')}\n`;
}

function toTable(packages: readonly LockedPackage[]): string {
  const rows = packages.map(({ name, version, licence }) => `| \`${name}\` | ${version} | ${licence} |`);
  return ['| package | version | licence |', '|---|---|---|', ...new Set(rows.toSorted())].join('\n');
}
