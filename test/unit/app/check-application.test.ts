import { describe, expect, it } from 'vitest';
import { buildApplicationPage, checkApplication } from '../../../shared/app/check-application.ts';
import type { ApplicationFacts } from '../../../shared/discord/application-facts.ts';

const ID = '1157382094513872926';
const REDIRECT = 'https://connect.example/integration-callback';
const FACTS: ApplicationFacts = {
  id: ID,
  name: 'Example App',
  verifyKey: '00',
  intents: ['GUILD_MEMBERS', 'MESSAGE_CONTENT'],
  redirectUris: [REDIRECT],
  isCodeGrantRequired: true,
};
const EXPECTED = {
  clientId: ID,
  redirectUri: REDIRECT,
  page: buildApplicationPage('https://discord.com', ID),
  hasConnection: false,
};

const find = (facts: ApplicationFacts | undefined, more: Partial<typeof EXPECTED> = {}) =>
  checkApplication(facts, { ...EXPECTED, ...more });
const findRedirect = (facts: ApplicationFacts | undefined, more: Partial<typeof EXPECTED> = {}) =>
  find(facts, more).find(({ id }) => id === 'redirect_uri');

describe('checkApplication', () => {
  it('has nothing to mend where all is as it should be', () => {
    expect(find(FACTS).map(({ id, state, mend }) => [id, state, mend])).toEqual(
      ['bot_application', 'redirect_uri', 'intent_server_members', 'intent_message_content', 'code_grant'].map((id) => [
        id,
        'ok',
        undefined,
      ]),
    );
  });

  it.each([
    ['a slash at the end', `${REDIRECT}/`],
    ['another scheme', REDIRECT.replace('https', 'http')],
    ['an upper-case letter', REDIRECT.replace('connect', 'Connect')],
    ['a query', `${REDIRECT}?x=1`],
  ])('does not take a redirect with %s for the right one: Discord compares letter by letter', (_what, registered) => {
    const check = findRedirect({ ...FACTS, redirectUris: [registered] });

    expect(check).toMatchObject({ state: 'failed', mend: { copy: REDIRECT, url: `${EXPECTED.page}/oauth2` } });
    expect(check?.detail).toBe(`Discord has ${registered}; missing is ${REDIRECT}.`);
  });

  it('finds the right one among others, and says that there is none', () => {
    expect(findRedirect({ ...FACTS, redirectUris: ['https://other.example/', REDIRECT] })?.state).toBe('ok');
    expect(findRedirect({ ...FACTS, redirectUris: [] })?.detail).toContain('Discord has none');
  });

  it('does not know of the redirect when Discord does not show it, unless somebody has come back', () => {
    const { redirectUris: _hidden, ...hidden } = FACTS;
    for (const facts of [undefined, hidden]) {
      expect(findRedirect(facts)).toMatchObject({ state: 'unknown', mend: { copy: REDIRECT } });
      expect(findRedirect(facts, { hasConnection: true })).toMatchObject({ state: 'ok' });
    }
    // What Discord shows counts for more: it may have been taken away since.
    expect(findRedirect({ ...FACTS, redirectUris: [] }, { hasConnection: true })?.state).toBe('failed');
  });

  it('says nothing of a bot that there is not', () => {
    expect(find(undefined).map(({ id }) => id)).toEqual(['redirect_uri']);
  });
});

describe('buildApplicationPage', () => {
  it('leads to the list while there is no application', () => {
    expect(buildApplicationPage('https://discord.com', undefined)).toBe('https://discord.com/developers/applications');
  });
});
