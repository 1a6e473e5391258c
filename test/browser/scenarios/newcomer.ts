import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { Locator, Page } from 'playwright-core';
import { Visitor, type Scene } from '../visitor.ts';

/** Milliseconds within which an operator who reads nothing but the pages gets to his first action: five minutes. A script reads faster. */
const MAX_MS = 300_000;

/** What `npm start -- --json` prints, as far as a newcomer needs it. */
interface Started {
  readonly portal_url: string;
  readonly setup_code: string;
  readonly gateway_url: string;
  readonly simulator_url: string;
  readonly pid: number;
}

/**
 * From `npm start` to the first action, by what the pages say alone: no command, no API call and no document. It starts from an
 * empty store, makes an application at the simulated Developer Portal and copies what it says there into ours.
 */
export async function newcomer(scene: Scene): Promise<void> {
  const { report } = scene;
  const started = await startEmpty();
  try {
    const { gateway_url: gateway, simulator_url: simulator } = started.told;
    const site = { ...scene.site, gateway, simulator };
    const visitor = await Visitor.arrive({ ...scene, site });
    const person = new Person();
    await report.step('a newcomer gets from npm start to the first action by what the pages say', async () => {
      await setUp(person, visitor.page, started.told);
      await connectAndTry(person, visitor.page);
    });
    const seconds = (performance.now() - person.beganAtMs) / 1_000;
    console.log(`          newcomer: ${person.clicks} clicks, ${person.entries} entries, ${seconds.toFixed(1)} s`);
    await report.check('it takes less than five minutes', () => {
      assert.ok(seconds * 1_000 < MAX_MS);
    });
    await visitor.leave('newcomer');
  } finally {
    await started.stop();
  }
}

/** Counts what a person does. */
class Person {
  readonly beganAtMs = performance.now();
  clicks = 0;
  entries = 0;

  async click(target: Locator): Promise<void> {
    await target.click();
    this.clicks += 1;
  }

  async enter(target: Locator, text: string): Promise<void> {
    await target.fill(text);
    this.entries += 1;
  }
}

async function setUp(person: Person, page: Page, told: Started): Promise<void> {
  await page.goto(told.portal_url);
  await person.click(page.getByRole('button', { name: 'First time here?' }));
  await person.enter(page.getByLabel('Set-up code'), told.setup_code);
  await person.click(page.getByRole('button', { name: 'Make the operator key' }));
  await person.click(page.getByRole('button', { name: 'I have kept it' }));
  const redirect = page.getByRole('region', { name: '2. Tell Discord where users come back to' });
  const redirectUri = (await redirect.locator('.copy code').first().textContent()) ?? '';

  const opened = page.waitForEvent('popup');
  await person.click(page.getByRole('link', { name: 'Open the Developer Portal' }));
  const discord = await opened;
  await person.enter(discord.getByLabel('Name'), 'My first application');
  await person.click(discord.getByRole('button', { name: 'Create' }));
  await person.click(discord.getByRole('link', { name: 'OAuth2' }));
  await person.enter(discord.getByLabel('Another redirect'), redirectUri);
  await person.click(discord.getByRole('button', { name: 'Add Redirect' }));
  const clientId = await discord.getByLabel('Client ID', { exact: true }).inputValue();
  await person.click(discord.getByRole('button', { name: 'Reset Secret' }));
  const secret = await discord.getByLabel('New client secret').inputValue();
  await person.click(discord.getByRole('link', { name: 'Bot', exact: true }));
  await person.click(discord.getByRole('button', { name: 'Reset Token' }));
  const token = await discord.getByLabel('New bot token').inputValue();
  await discord.close();

  await person.enter(page.getByLabel('Client ID', { exact: true }), clientId);
  await person.enter(page.getByLabel('Client secret', { exact: true }), secret);
  await person.click(page.getByText('Bot token (for everything'));
  await person.enter(page.getByLabel('Bot token', { exact: true }), token);
  await person.click(page.getByRole('button', { name: 'Save and check' }));
  await redirect.getByText('done', { exact: true }).waitFor();
}

async function connectAndTry(person: Person, page: Page): Promise<void> {
  await person.click(page.getByRole('button', { name: 'Make an API key' }));
  await page.getByText('It is shown only now').waitFor();
  await person.click(page.getByRole('button', { name: 'Connect a test user' }));
  await person.click(page.getByLabel('@ada.lovelace'));
  await person.click(page.getByRole('button', { name: 'Authorize' }));
  await person.click(page.getByRole('link', { name: 'Try an action' }));
  await person.click(page.getByRole('button', { name: 'Run it' }));
  await page.getByText('"username": "ada.lovelace"').waitFor();
}

/** `npm start -- --empty`, as a newcomer would type it, on ports that are free. */
async function startEmpty(): Promise<{ told: Started; stop: () => Promise<void> }> {
  const port = await findFreePorts();
  const child = spawn('npm', ['start', '--silent', '--', '--empty', '--json'], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const told = await new Promise<Started>((resolve, reject) => {
    lines.once('line', (line) => resolve(JSON.parse(line) as Started));
    child.once('exit', () => reject(new Error('npm start ended before it was ready')));
  });
  return {
    told,
    stop: async () => {
      process.kill(told.pid, 'SIGINT');
      await ended;
    },
  };
}

/** The gateway takes one port, the simulator the next. */
async function findFreePorts(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return Math.min(port, 65_000);
}
