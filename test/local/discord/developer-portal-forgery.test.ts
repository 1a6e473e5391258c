import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../infra/local/discord/simulator.ts';
import { LIST, submitForm } from './developer-forms.ts';
import { sendAsIs, ScriptedApp, startTestSimulator, type Fields } from './scripted-app.ts';

let simulator: Simulator;
let app: ScriptedApp;
let pages: string;

beforeAll(async () => {
  simulator = await startTestSimulator();
  app = new ScriptedApp(simulator);
  pages = `${LIST}/${simulator.application.clientId}`;
});

afterAll(() => simulator.stop());

describe('forms of the simulated Developer Portal', () => {
  const reset = { change: 'reset_secret' };
  const secret = () => simulator.application.clientSecret;

  it.each([{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
    'are refused from elsewhere: %j',
    async (headers) => {
      const before = secret();
      expect((await submitForm(app, `${pages}/oauth2`, reset, headers)).status).toBe(403);
      expect(secret()).toBe(before);
    },
  );

  it('are taken from the page itself', async () => {
    const headers = { origin: simulator.baseUrl, 'sec-fetch-site': 'same-origin' };
    expect((await submitForm(app, `${pages}/oauth2`, reset, headers)).status).toBe(200);
  });

  it.each([undefined, '', 'x'])('are refused with the token %j', async (token) => {
    const before = secret();
    expect((await app.postForm(`${pages}/oauth2`, { ...reset, form_token: token }, {})).status).toBe(403);
    expect(secret()).toBe(before);
  });

  it.each<[what: string, fields: Fields]>([
    ['another page’s change', { change: 'reset_token' }],
    ['an unknown change', { change: 'constructor' }],
    ['no change', {}],
    ['an unknown field', { ...reset, client_secret: 'mine' }],
  ])('are refused: %s', async (_what, fields) => {
    const before = simulator.application;
    expect((await submitForm(app, `${pages}/oauth2`, fields)).status).toBe(400);
    expect(simulator.application).toEqual(before);
  });

  it('are refused when they are no form', async () => {
    expect((await app.send(`${pages}/oauth2`, { method: 'POST', body: '{}' })).status).toBe(415);
    expect((await app.send(`${pages}/oauth2`, { method: 'DELETE' })).status).toBe(405);
  });

  it('and pages are not shown under another name of this machine', async () => {
    expect((await sendAsIs(simulator.baseUrl, `${pages}/oauth2`, { host: 'evil.example' })).status).toBe(403);
  });
});
