import type { PrivilegedIntent } from '../catalogue/action.ts';
import type { ApplicationFacts } from '../discord/application-facts.ts';
import type { SetupCheck } from './setup-check.ts';

/** What the application of the bot token is compared with. */
export interface ExpectedApplication {
  /** Absent: none is entered. */
  readonly clientId: string | undefined;
  readonly redirectUri: string;
  /** Page of the application in Discord's developer portal. */
  readonly page: string;
  /** Whether somebody has come back from Discord already: then the redirect is registered, whatever is shown. */
  readonly hasConnection: boolean;
}

const INTENTS: readonly {
  readonly intent: PrivilegedIntent;
  readonly id: SetupCheck['id'];
  readonly name: string;
  readonly need: string;
}[] = [
  {
    intent: 'GUILD_MEMBERS',
    id: 'intent_server_members',
    name: 'Server Members Intent',
    need: 'list the members of a server',
  },
  {
    intent: 'MESSAGE_CONTENT',
    id: 'intent_message_content',
    name: 'Message Content Intent',
    need: 'read what others have written',
  },
];

/** Where the settings of an application are at Discord. Absent: the list of all applications. */
export function buildApplicationPage(discordBaseUrl: string, clientId: string | undefined): string {
  return [`${discordBaseUrl}/developers/applications`, ...(clientId === undefined ? [] : [clientId])].join('/');
}

/**
 * Compares what Discord says of an application with what is needed.
 * @param facts - absent: no bot token is entered, or Discord did not say
 */
export function checkApplication(facts: ApplicationFacts | undefined, expected: ExpectedApplication): SetupCheck[] {
  return [
    ...checkOwner(facts, expected),
    checkRedirect(facts, expected),
    ...(facts === undefined ? [] : [...checkIntents(facts, expected), checkCodeGrant(facts, expected)]),
  ];
}

function checkOwner(facts: ApplicationFacts | undefined, { clientId, page }: ExpectedApplication): SetupCheck[] {
  if (facts === undefined) return [];
  const title = 'The bot belongs to this application';
  if (facts.id === clientId) {
    return [
      { id: 'bot_application', state: 'ok', title, detail: `The bot token is that of ${facts.name} (${facts.id}).` },
    ];
  }
  return [
    {
      id: 'bot_application',
      state: 'failed',
      title,
      detail: `The bot token is of application ${facts.id} (${facts.name}), the client id is ${clientId ?? 'not entered'}.`,
      mend: {
        text: 'Copy the token from the Bot page of the application whose client id is entered.',
        url: `${page}/bot`,
      },
    },
  ];
}

function checkRedirect(facts: ApplicationFacts | undefined, expected: ExpectedApplication): SetupCheck {
  const { redirectUri, page, hasConnection } = expected;
  const title = 'The redirect is registered at Discord';
  const mend = {
    text: 'Add exactly this under OAuth2, Redirects, and save there:',
    url: `${page}/oauth2`,
    copy: redirectUri,
  };
  const registered = facts?.redirectUris;
  if (registered?.includes(redirectUri) === true) {
    return { id: 'redirect_uri', state: 'ok', title, detail: `Discord has ${redirectUri}.` };
  }
  if (registered !== undefined) {
    const others = registered.length === 0 ? 'none' : registered.join(', ');
    return {
      id: 'redirect_uri',
      state: 'failed',
      title,
      detail: `Discord has ${others}; missing is ${redirectUri}.`,
      mend,
    };
  }
  if (hasConnection) {
    return { id: 'redirect_uri', state: 'ok', title, detail: 'A user has come back from Discord through it.' };
  }
  const detail = 'This can be checked once a bot token is entered, or when the first user comes back from Discord.';
  return { id: 'redirect_uri', state: 'unknown', title, detail, mend };
}

function checkIntents(facts: ApplicationFacts, { page }: ExpectedApplication): SetupCheck[] {
  return INTENTS.map(({ intent, id, name, need }): SetupCheck => {
    if (facts.intents.includes(intent)) return { id, state: 'ok', title: name, detail: 'It is on.' };
    return {
      id,
      state: 'warning',
      title: name,
      detail: `It is off: without it the bot cannot ${need}.`,
      mend: { text: 'Switch it on under Bot, Privileged Gateway Intents, if your apps need it.', url: `${page}/bot` },
    };
  });
}

function checkCodeGrant(facts: ApplicationFacts, { page }: ExpectedApplication): SetupCheck {
  const title = 'The bot joins only through this gateway';
  if (facts.isCodeGrantRequired) {
    return { id: 'code_grant', state: 'ok', title, detail: '"Requires OAuth2 Code Grant" is on.' };
  }
  return {
    id: 'code_grant',
    state: 'warning',
    title,
    detail:
      '"Requires OAuth2 Code Grant" is off: the bot can be brought into a server by a link, without a connection here.',
    mend: { text: 'Switch it on under Bot, Authorization Flow.', url: `${page}/bot` },
  };
}
