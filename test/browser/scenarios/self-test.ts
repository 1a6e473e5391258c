import assert from 'node:assert/strict';
import { inspectPage } from '../inspect-page.ts';
import { Visitor, type Scene } from '../visitor.ts';

/** A page that does wrong what the checks look for. */
const FAULTY_PAGE = `<html><meta name="viewport" content="width=device-width, user-scalable=no">
<style>:root{color-scheme:light dark}.pale{color:#999;background:#fff}a{outline:none!important}.wide{width:500px}</style>
<h1></h1><h1>Second</h1><h3>Too deep</h3><ul></ul><p class="pale">pale</p><p class="wide">wide</p>
<a href="/">x</a><button tabindex="-1"></button><input><label>lonely</label>
<script>document.title=''</script><img src="http://elsewhere.invalid/x.png">`;

/** Each must be among what is found. */
const EXPECTED_FAULTS: readonly string[] = [
  'no doctype',
  'no language',
  'no title',
  'the viewport forbids zooming',
  '0 main landmarks',
  '2 h1',
  'headings skip a level',
  'an empty heading',
  'an empty list',
  'an image without alt',
  'a button without a name',
  'a textbox without a name',
  'light: contrast of "pale"',
  'dark: contrast of "pale"',
  'scrolls sideways',
  'px to tap',
  'one does not see that a',
  'Tab does not reach button',
  'request to http://elsewhere.invalid',
  'DevTools issue ContentSecurityPolicyIssue',
  'console: Executing inline script violates',
];

/** Shows the checks a page on which each of them must find something: checks that cannot fail are worth nothing. */
export async function selfTest(scene: Scene): Promise<void> {
  const visitor = await Visitor.arrive(scene);
  const address = `${scene.site.app}/faulty`;
  await visitor.context.route(address, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src http:" },
      body: FAULTY_PAGE,
    }),
  );
  await visitor.page.goto(address);
  const found = Object.values(await inspectPage(visitor.page, visitor.watch)).flat();
  for (const fault of EXPECTED_FAULTS) {
    await scene.report.check(`the checks find: ${fault}`, () => {
      assert.ok(
        found.some((text) => text.includes(fault)),
        `found only:\n${found.join('\n')}`,
      );
    });
  }
  await visitor.context.close();
}
