import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PORTAL_ASSETS_PATH, PORTAL_DIR, PORTAL_PATH } from '../../shared/connect-paths.ts';
import type { HttpResponse } from '../../shared/http/respond.ts';

/**
 * Headers of the portal's page. It runs our own script and nothing else, talks to this gateway only, and nothing may frame it. No
 * script may turn text into markup, in browsers that know how to forbid it.
 * @see CSP Level 3 · Trusted Types (W3C)
 */
export const PORTAL_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  // Its script and style have other names after the next deployment.
  'cache-control': 'no-cache',
  vary: 'Accept-Encoding',
} as const;

const ASSET_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Best first, as they are made at build time. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** Page, script and style of the portal by path below its directory, as they were built. */
export type PortalFiles = ReadonlyMap<string, Uint8Array>;

/** Reads them once, when a sandbox starts. @param taskRoot - where the function's code lies */
export function loadPortalFiles(taskRoot: string): PortalFiles {
  const root = path.join(taskRoot, PORTAL_DIR);
  const names = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  return new Map(names.map((name) => [name.split(path.sep).join('/'), readFileSync(path.join(root, name))]));
}

/**
 * Answers a request below `/portal`: a file of the build, or for every other path the page, whose script knows its own paths.
 * @param acceptEncoding - the request's header (RFC 9110 §12.5.3)
 * @returns nothing for an asset that there is not
 */
export function respondPortalFile(
  files: PortalFiles,
  requestPath: string,
  acceptEncoding: string | undefined,
): HttpResponse | undefined {
  const isAsset = requestPath.startsWith(`${PORTAL_ASSETS_PATH}/`);
  const name = isAsset ? requestPath.slice(PORTAL_PATH.length + 1) : 'index.html';
  const type = isAsset ? ASSET_TYPES[path.posix.extname(name)] : PORTAL_HEADERS['content-type'];
  if (type === undefined || !files.has(name)) return undefined;
  const headers = isAsset
    ? { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable', vary: 'Accept-Encoding' }
    : PORTAL_HEADERS;
  return { statusCode: 200, ...encode(files, name, headers, acceptEncoding) };
}

function encode(
  files: PortalFiles,
  name: string,
  headers: Readonly<Record<string, string>>,
  acceptEncoding = '',
): Pick<HttpResponse, 'headers' | 'body' | 'isBase64Encoded'> {
  const [encoding, ending] = ENCODINGS.find(([known]) => isAccepted(acceptEncoding, known)) ?? [undefined, ''];
  const body = Buffer.from(files.get(`${name}${ending}`) ?? []).toString('base64');
  return {
    headers: { ...headers, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) },
    body,
    isBase64Encoded: true,
  };
}

/** Browsers name what they take; `q=0` says no. */
function isAccepted(acceptEncoding: string, coding: string): boolean {
  return acceptEncoding
    .toLowerCase()
    .split(',')
    .some((part) => {
      const [name, weight = ''] = part.split(';').map((text) => text.trim());
      return name === coding && !/^q=0(\.0*)?$/.test(weight);
    });
}
