import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { instrumentAwaits, listAwaits, type AwaitPoint } from './await-points.ts';

/** The product's handlers with a switch at every await, as one file that plain Node runs. */
export interface ProcessBundle {
  readonly file: string;
  /** Every await of every file of the product that the bundle contains. */
  readonly awaits: readonly AwaitPoint[];
  remove(): void;
}

/** Files of the product: what lies in these folders is instrumented. */
const PRODUCT = /^(?:shared|functions)\/.*\.ts$/;

/**
 * Bundles `child/main.ts` with everything that it reaches. Which files take part is thereby decided by what the handlers
 * import, not by a list.
 */
export async function buildProcessBundle(): Promise<ProcessBundle> {
  const folder = mkdtempSync(path.join(tmpdir(), 'handler-process-'));
  const file = path.join(folder, 'main.cjs');
  const awaits: AwaitPoint[] = [];
  const root = process.cwd();
  await build({
    entryPoints: ['test/processes/child/main.ts'],
    outfile: file,
    bundle: true,
    platform: 'node',
    // As the functions' own bundles: CommonJS starts faster.
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    logLevel: 'error',
    plugins: [
      {
        name: 'instrument-awaits',
        setup: (context) => {
          context.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) => {
            const name = path.relative(root, loaded).split(path.sep).join('/');
            if (!PRODUCT.test(name)) return undefined;
            const text = readFileSync(loaded, 'utf8');
            awaits.push(...listAwaits(name, text));
            return { contents: instrumentAwaits(name, text), loader: 'ts' };
          });
        },
      },
    ],
  });
  return { file, awaits, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
