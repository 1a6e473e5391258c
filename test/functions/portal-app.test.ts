import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PORTAL_HEADERS } from '../../functions/portal/portal-files.ts';
import { useHarness } from '../support/use-harness.ts';

interface Served {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
}

describe('the portal, as it is served', () => {
  const harness = useHarness();

  /** By hand: `fetch` resolves dot segments and undoes encodings. */
  function get(path: string, acceptEncoding?: string): Promise<Served> {
    const { hostname, port } = new URL(harness.origin);
    const headers = acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding };
    return new Promise((resolve, reject) => {
      request({ hostname, port, path, headers }, (response) => {
        const { statusCode = 0, headers: received } = response;
        buffer(response).then((bytes) => resolve({ status: statusCode, headers: received, bytes }), reject);
      })
        .on('error', reject)
        .end();
    });
  }

  /** Script and style as the page names them. */
  async function findAssets(): Promise<string[]> {
    const { bytes } = await get('/portal');
    return [...bytes.toString().matchAll(/(?:src|href)="(\/portal\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
  }

  it('gives the page at every address of its own, and nothing that is not ours may run in it', async () => {
    for (const path of [
      '/portal',
      '/portal/set-up',
      '/portal/connections/con_0123456789012345678901',
      '/portal/%2e%2e',
    ]) {
      const { status, headers, bytes } = await get(path);

      expect(status, path).toBe(200);
      expect(bytes.toString()).toContain('<div id="portal">');
      expect(bytes.toString()).not.toMatch(/<script>|<style|style=|\son[a-z]+=|https?:/);
      expect(headers).toMatchObject(PORTAL_HEADERS);
    }
    const policy = PORTAL_HEADERS['content-security-policy'];
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|http|\*/);
  });

  it('needs two more files, which browsers keep, from this gateway and nowhere else', async () => {
    const assets = await findAssets();

    expect(assets.map((path) => path.split('.').at(-1)).sort()).toEqual(['css', 'js']);
    for (const path of assets) {
      const { status, headers, bytes } = await get(path);
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['content-type']).toMatch(/^text\/(css|javascript); charset=utf-8$/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      if (!path.endsWith('.css')) continue;
      // The pictures of controls are in the style itself.
      expect(bytes.toString()).not.toMatch(/url\(["']?(?!["']?data:)|@import/);
    }
  });

  it('sends what the browser takes: Brotli, gzip or neither', async () => {
    const [script = ''] = (await findAssets()).filter((path) => path.endsWith('.js'));
    const plain = await get(script);
    const brotli = await get(script, 'gzip, deflate, br');
    const gzip = await get(script, 'gzip, br;q=0');

    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['vary']).toBe('Accept-Encoding');
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(brotli.bytes).equals(plain.bytes)).toBe(true);
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.bytes).equals(plain.bytes)).toBe(true);
  });

  it('is at most 150 KB for the first page, compressed', async () => {
    const paths = ['/portal', ...(await findAssets())];
    const sizes = await Promise.all(paths.map(async (path) => (await get(path, 'br')).bytes.byteLength));

    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
  });

  it.each([
    '/portal/assets/portal.js',
    '/portal/assets/',
    '/portal/assets/../index.html',
    '/portal/assets/%2e%2e/index.html',
    '/portal/assets/..%2findex.html',
    '/portal/assets/index.html',
    '/portal/assets/portal.js.br',
  ])('has no file at %s', async (path) => {
    const { status, headers } = await get(path);

    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json']);
  });

  it('takes nothing but reads', async () => {
    const answer = await harness.wire.send('POST', '/portal');

    expect([answer.status, answer.json.code]).toEqual([405, 'method_not_allowed']);
  });
});
