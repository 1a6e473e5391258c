import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { catalogue } from '../../shared/catalogue/index.ts';
import { VERSION } from '../../shared/version.ts';
import { buildReference } from './build-reference.ts';

/** `npm run reference [-- <origin>]`: writes the API reference to `.local/api-reference.html`. */
const publicBaseUrl = process.argv[2] ?? 'http://localhost:3000';
const viewer = readFileSync(createRequire(import.meta.url).resolve('rapidoc/dist/rapidoc-min.js'), 'utf8');
const file = path.join('.local', 'api-reference.html');
mkdirSync('.local', { recursive: true });
writeFileSync(file, buildReference({ catalogue, publicBaseUrl, version: VERSION, viewer }));
console.log(`Written: ${file}. Open it in a browser.`);
