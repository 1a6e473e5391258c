import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { PORTAL_ASSETS_PATH } from '../../shared/connect-paths.ts';

const APP_DIR = fileURLToPath(new URL('../../functions/portal/app/', import.meta.url));

/** What the page stands on until its script runs, and all that there is without one. */
const NO_SCRIPT =
  'The portal needs JavaScript. Everything that it does, the operator commands and the HTTP API do as well.';

/**
 * Builds the portal's page, script and style into a directory, each as it is and compressed: API Gateway compresses nothing, and a
 * function should not do it with every request. Names of script and style hold a hash of their content, so that browsers keep them.
 */
export function buildPortal(outputDir: string): void {
  const { outputFiles } = buildSync({
    absWorkingDir: APP_DIR,
    entryPoints: { portal: 'main.tsx' },
    outdir: '/assets',
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022', 'chrome111', 'firefox115', 'safari16.4'],
    tsconfig: path.join(APP_DIR, 'tsconfig.json'),
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    logLevel: 'error',
  });
  const files = new Map<string, Uint8Array>(
    outputFiles.map((file) => [`assets/${path.basename(file.path)}`, file.contents]),
  );
  files.set('index.html', Buffer.from(buildIndex([...files.keys()])));
  for (const [name, contents] of [...files]) {
    files.set(`${name}.gz`, gzipSync(contents, { level: 9 }));
    files.set(`${name}.br`, brotliCompressSync(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
  for (const [name, contents] of files) {
    const target = path.join(outputDir, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, contents);
  }
}

/** Script and style stand in the head: both are asked for at once, as soon as the page is there. */
function buildIndex(names: readonly string[]): string {
  const toPath = (extension: string): string => {
    const name = names.find((candidate) => candidate.endsWith(extension));
    if (name === undefined) throw new Error(`the portal's build made no ${extension} file`);
    return `${PORTAL_ASSETS_PATH}/${path.posix.basename(name)}`;
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Discord Integration</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${toPath('.css')}">
<script type="module" src="${toPath('.js')}"></script>
</head>
<body>
<div id="portal"><noscript><p>${NO_SCRIPT}</p></noscript></div>
</body>
</html>
`;
}
