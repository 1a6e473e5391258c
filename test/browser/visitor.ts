import type { Browser, BrowserContext, Page } from 'playwright-core';
import { inspectPage, takeScreenshots } from './inspect-page.ts';
import type { Report } from './report.ts';
import type { Site } from './start-site.ts';
import { watchContext, type Watch } from './watch-context.ts';

/** What every scenario gets. */
export interface Scene {
  readonly site: Site;
  readonly browser: Browser;
  readonly report: Report;
  readonly screenshotsDir: string;
}

/** Milliseconds that anything awaited may take before its check fails. */
const PATIENCE_MS = 10_000;

/** One person with a browser of his own: cookies, tabs, and eyes on everything that goes on in it. */
export class Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly watch: Watch;
  readonly #scene: Scene;

  constructor(scene: Scene, context: BrowserContext, page: Page, watch: Watch) {
    this.#scene = scene;
    this.context = context;
    this.page = page;
    this.watch = watch;
  }

  static async arrive(scene: Scene, { javaScript = true }: { javaScript?: boolean } = {}): Promise<Visitor> {
    const context = await scene.browser.newContext({ javaScriptEnabled: javaScript });
    context.setDefaultTimeout(PATIENCE_MS);
    const { gateway, simulator, app } = scene.site;
    const watch = watchContext(context, [gateway, simulator, app]);
    return new Visitor(scene, context, await context.newPage(), watch);
  }

  /** Checks the page that is open now, in every respect, and takes its pictures. */
  async inspect(name: string, options: { readonly page?: Page; readonly isDarkShown?: boolean } = {}): Promise<void> {
    const { report, screenshotsDir } = this.#scene;
    const page = options.page ?? this.page;
    // What is on its way is not what the page looks like.
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    await takeScreenshots(page, screenshotsDir, name, options.isDarkShown ?? false);
    for (const [aspect, faults] of Object.entries(await inspectPage(page, this.watch))) {
      await report.none(`${name} ${aspect}`, faults);
    }
  }

  /** Presses "Connect Discord" at the example app without following: the link that the app would send him to. */
  async takeLink(): Promise<string> {
    const response = await this.context.request.post(`${this.#scene.site.app}/connect`, { maxRedirects: 0 });
    return response.headers()['location'] ?? '';
  }

  /** Closes the browser; what went wrong on pages that were not inspected is told now. */
  async leave(scenario: string): Promise<void> {
    await this.#scene.report.none(`${scenario}: nothing goes wrong unseen`, await this.watch.takeFaults());
    await this.context.close();
  }
}
