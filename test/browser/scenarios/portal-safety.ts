import assert from 'node:assert/strict';
import { arriveAsOperator } from '../operator.ts';
import { Visitor, type Scene } from '../visitor.ts';

/** Bytes of the first page, compressed, with everything that it needs. */
const MAX_FIRST_PAGE = 150 * 1024;

/** What other sites and other people can do with the portal, and what its first page weighs. */
export async function portalSafety(scene: Scene): Promise<void> {
  await weigh(scene);
  const { site, report } = scene;
  const { visitor } = await arriveAsOperator(scene);
  const { page, context } = visitor;

  await report.check(
    'the cookie is of this origin only, out of reach for scripts, and sent from our own pages only',
    async () => {
      const cookies = (await context.cookies(site.gateway)).filter(({ name }) => name === '__Host-operator');
      assert.deepEqual(
        cookies.map(({ path, secure, httpOnly, sameSite }) => ({ path, secure, httpOnly, sameSite })),
        [{ path: '/', secure: true, httpOnly: true, sameSite: 'Strict' }],
      );
      assert.doesNotMatch(await page.evaluate<string>('document.cookie'), /operator/);
      assert.deepEqual(await page.evaluate('[localStorage.length, sessionStorage.length]'), [0, 0]);
    },
  );
  await report.check('nothing frames it', async () => {
    const other = await context.newPage();
    await other.goto(site.app);
    await other.evaluate(
      `document.body.append(Object.assign(document.createElement('iframe'), { src: ${JSON.stringify(`${site.gateway}/portal`)} }))`,
    );
    await other.waitForTimeout(300);
    const [frame] = other.frames().slice(1);
    assert.equal(await frame?.locator('#portal').count(), 0);
    await other.close();
  });
  await report.check("another site's form and script change nothing", async () => {
    const other = await context.newPage();
    await other.goto(site.app);
    const status = await other.evaluate<string>(
      `fetch(${JSON.stringify(`${site.gateway}/operator/sessions`)}, { method: 'DELETE', credentials: 'include' }).then((r) => String(r.status), () => 'refused')`,
    );
    assert.notEqual(status, '204');
    await other.close();
    await page.reload();
    await page.getByRole('navigation', { name: 'Portal' }).waitFor();
  });
  await report.check('no script may turn text into markup', async () => {
    const outcome = await page.evaluate<string>(
      `(() => { try { document.body.innerHTML = '<b>x</b>'; return 'done'; } catch (error) { return error.name; } })()`,
    );
    assert.equal(outcome, 'TypeError');
  });
  await report.check('no text may become a handler', async () => {
    const outcome = await page.evaluate<string>(
      `(() => { try { document.createElement('img').setAttribute('onerror', 'window.ran = 1'); return 'done'; } catch (error) { return error.name; } })()`,
    );
    assert.equal(outcome, 'TypeError');
  });
  await visitor.watch.takeFaults();
  await visitor.leave('portal safety');
}

/** With an empty cache: what is sent, how often one waits for an answer, and how long. */
async function weigh(scene: Scene): Promise<void> {
  const { site, report } = scene;
  const visitor = await Visitor.arrive(scene);
  const { page } = visitor;
  const sizes: { path: string; bytes: number }[] = [];
  page.on('requestfinished', (request) => {
    void request.sizes().then(({ responseBodySize }) => {
      sizes.push({ path: new URL(request.url()).pathname, bytes: responseBodySize });
    });
  });
  await report.check('the first page weighs at most 150 KB, and comes with one round of assets', async () => {
    await page.goto(`${site.gateway}/portal`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.waitForLoadState('networkidle');
    const files = sizes.filter(({ path }) => path.startsWith('/portal'));
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const shown = await page.evaluate<number>(
      "Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)",
    );
    const listed = files.map(
      ({ path, bytes }) => `${path.replace(/-[A-Z0-9]{8}\./, '.')} ${(bytes / 1024).toFixed(1)} KB`,
    );
    console.log(
      `          first page: ${(total / 1024).toFixed(1)} KB (${listed.join(', ')}), painted after ${shown} ms`,
    );
    assert.ok(total > 0 && total <= MAX_FIRST_PAGE);
    assert.equal(files.length, 3);
  });
  await visitor.leave('weight of the portal');
}
