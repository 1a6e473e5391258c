import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { buildChromiumArguments, findChromium } from './find-chromium.ts';
import { Report, StepFailedError } from './report.ts';
import { gatewayPages } from './scenarios/gateway-pages.ts';
import { journey } from './scenarios/journey.ts';
import { links, otherBrowsers } from './scenarios/links.ts';
import { byKeyboard, oddName, withoutScript } from './scenarios/other-ways.ts';
import { ownConnection } from './scenarios/own-connection.ts';
import { refusals } from './scenarios/refusals.ts';
import { portalForms } from './scenarios/portal-forms.ts';
import { newcomer } from './scenarios/newcomer.ts';
import { portalJourney } from './scenarios/portal-journey.ts';
import { portalByKeyboard } from './scenarios/portal-keyboard.ts';
import { portalLists } from './scenarios/portal-lists.ts';
import { portalPages } from './scenarios/portal-pages.ts';
import { portalSafety } from './scenarios/portal-safety.ts';
import { selfTest } from './scenarios/self-test.ts';
import { startSite } from './start-site.ts';
import type { Scene } from './visitor.ts';

const USAGE = `Usage: npm run test:browser -- [--screenshots DIR] [--update-images] [--only TEXT]

  --screenshots DIR  where pictures of every page go (default .test-output/screenshots)
  --only TEXT        only scenarios whose title holds it
  --update-images    also copies those that the documentation shows to docs/images

CHROMIUM_PATH names the browser, if it is not in one of the usual places.
Exit status: 0 passed, 1 failed, 3 skipped because there is no browser.
`;

/** Exit status when there was no browser to test with: neither passed nor failed. */
const SKIPPED_STATUS = 3;

const SCENARIOS: readonly (readonly [title: string, run: (scene: Scene) => Promise<void>])[] = [
  ['The checks themselves', selfTest],
  ['A journey', journey],
  ['Without JavaScript', withoutScript],
  ['By keyboard', byKeyboard],
  ['A name made of markup', oddName],
  ['Refused, failed, ended', refusals],
  ['Links', links],
  ["Other people's browsers", otherBrowsers],
  ["One's own connection", ownConnection],
  ['Pages of the gateway', gatewayPages],
  ['A newcomer at the portal', newcomer],
  ['The portal from an empty store', portalJourney],
  ['The portal by keyboard', portalByKeyboard],
  ['Pages of the portal', portalPages],
  ['Forms of the portal', portalForms],
  ['Lists of the portal', portalLists],
  ['The portal and others', portalSafety],
];

/** Pictures in `docs/images` and where they come from. */
const DOCS_IMAGES: Readonly<Record<string, string>> = {
  'consent.png': 'consent-1280.png',
  'example-app.png': 'app-connected-1280.png',
  'link-used-phone.png': 'link-used-390.png',
  'problem.png': 'problem-1280.png',
  ...Object.fromEntries(
    [
      'sign-in',
      'set-up-done',
      'test-user',
      'connections',
      'connection',
      'doctor-connection',
      'try',
      'keys',
      'audit-record',
      'health',
      'settings',
      'revoke',
      'simulator',
    ].flatMap((page) => [1280, 390].map((width) => [`portal-${page}-${width}.png`, `portal-${page}-${width}.png`])),
  ),
};

/** `npm run test:browser`: what end users see, in a real Chromium. */
const values = parseOptions();
const browserPath = findChromium(process.env['CHROMIUM_PATH']);
if (values.help === true) console.log(USAGE);
else if (!browserPath.isFound) {
  console.error(`browser: skipped, ${browserPath.advice}`);
  process.exitCode = SKIPPED_STATUS;
} else {
  const screenshotsDir = values.screenshots ?? path.join('.test-output', 'screenshots');
  mkdirSync(screenshotsDir, { recursive: true });
  const failedCount = await runAll(browserPath.path, screenshotsDir);
  if (values['update-images'] === true && failedCount === 0) updateImages(screenshotsDir);
  process.exitCode = failedCount === 0 ? 0 : 1;
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        screenshots: { type: 'string' },
        'update-images': { type: 'boolean' },
        only: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    console.error(`browser: ${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(1);
  }
}

/** @returns how many checks failed */
async function runAll(executablePath: string, screenshotsDir: string): Promise<number> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const report = new Report();
  const site = await startSite();
  try {
    const browser = await chromium.launch({
      executablePath,
      args: buildChromiumArguments(process.getuid?.() === 0),
    });
    console.log(`Chromium ${browser.version()}; screenshots in ${screenshotsDir}`);
    const scene: Scene = { site, browser, report, screenshotsDir };
    for (const [title, run] of SCENARIOS.filter(([name]) => name.includes(values.only ?? ''))) {
      report.section(title);
      await runScenario(scene, run);
    }
    await browser.close();
  } finally {
    await site.stop();
  }
  console.log(`\n${report.summarize()}`);
  return report.failedCount;
}

async function runScenario(scene: Scene, run: (scene: Scene) => Promise<void>): Promise<void> {
  try {
    await run(scene);
  } catch (error) {
    if (error instanceof StepFailedError) console.log('          (the rest of this scenario was left out)');
    else
      await scene.report.none('the scenario runs to its end', [error instanceof Error ? error.message : String(error)]);
  } finally {
    await Promise.all(scene.browser.contexts().map((context) => context.close()));
    await scene.site.control.clearFaults();
    scene.site.aws.faults.clear();
  }
}

function updateImages(screenshotsDir: string): void {
  const directory = path.join('docs', 'images');
  mkdirSync(directory, { recursive: true });
  for (const [image, screenshot] of Object.entries(DOCS_IMAGES)) {
    copyFileSync(path.join(screenshotsDir, screenshot), path.join(directory, image));
  }
}
