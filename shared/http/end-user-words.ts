import type { ConnectionStatus } from '../domain/connection-status.ts';
import type { Failure } from '../problems/failure.ts';

/*
 * Everything that the pages for end users say, in one place: plain text, names are put in elsewhere. Where a text stands between
 * double brackets the operator's own name is shown in its place, if he has entered one.
 */

const START_AGAIN = 'Go back to [[the app that sent you here]] and start connecting again.';

/** What a page says. */
export interface PageWords {
  readonly title: string;
  readonly advice: string;
}

/** Failures that are told to end users as what they are; of all others he learns only that they are not his fault. */
export const FAILURE_WORDS: Readonly<Partial<Record<Failure['reason'], PageWords>>> = {
  connect_link_invalid: {
    title: 'This link is not valid any more',
    advice: `It may have expired: links work for ten minutes. ${START_AGAIN}`,
  },
  connect_link_used: {
    title: 'This link was already used',
    advice:
      'Each link works once. If [[the app that sent you here]] does not show you as connected, start connecting there again.',
  },
  connect_link_exhausted: {
    title: 'This link was opened too often',
    advice: `A link can be opened five times. ${START_AGAIN}`,
  },
  connect_not_recognized: {
    title: 'We could not match this to a connection you started',
    advice: `This can happen if you started in another browser, waited too long, or have cookies turned off. Nothing was connected. ${START_AGAIN}`,
  },
  callback_malformed: {
    title: 'The answer from Discord was incomplete',
    advice: `The address that brought you here is not the one that Discord made. Nothing was connected. ${START_AGAIN}`,
  },
  confirmation_in_progress: {
    title: 'Your account is being connected',
    advice: 'This takes a few seconds. Wait for the other page, or reload this one.',
  },
  user_link_invalid: {
    title: 'This link to your connection is not valid any more',
    advice:
      'It may have expired: links to your connection work for fifteen minutes, in the browser in which you opened them. Nothing was changed. Go back to [[the app]] and open the page again from there.',
  },
  form_not_recognized: {
    title: 'We could not match this to the page you had open',
    advice:
      'This can happen if you opened another link in the meantime, waited too long, or have cookies turned off. Nothing was changed. Go back to [[the app]] and open the page again from there.',
  },
};

/** For failures that are not the end user's, by what he was about to do. */
export const FAULT_WORDS = {
  connecting: {
    title: 'Connecting does not work right now',
    later: 'This is not your fault, and nothing was connected. Please wait a minute and reload this page.',
    never: `Nothing was connected. ${START_AGAIN}`,
  },
  ownConnection: {
    title: 'This page does not work right now',
    advice:
      'This is not your fault. Please wait a minute and open the page again from [[the app]]; it then shows how things stand.',
  },
} as const;

/** Label of the request id on a page about a failure. */
export const REFERENCE_LABEL = 'Reference for support';

/** The page before Discord's, where the operator has switched it on. */
export const CONNECT_WORDS = {
  title: 'Connect your Discord account',
  asks: '[[The app that sent you here]] asks to be connected to your Discord account. It wants to:',
  next: 'Discord shows you this again, and asks whether you agree. You can say no there, and you can disconnect at any time.',
  go: 'Continue to Discord',
  unwanted: 'If you did not want this, close this page. Nothing happens then.',
} as const;

/** The pages at the end of the way, where no app waits for the user. */
export const RESULT_WORDS = {
  connectedTitle: 'You are connected',
  connected:
    '[[The app that sent you here]] is now connected to your Discord account. You can go on there and close this page. This is what it has:',
  unseen:
    '[[The app that sent you here]] is now connected to your Discord account. You can go on there. This page cannot show more right now.',
  notConnectedTitle: 'Not connected',
  refused:
    'You did not agree at Discord, so nothing was connected. You can close this page, or go back to [[the app that sent you here]] and start connecting again.',
  failed: `Discord did not let you through, so nothing was connected. ${START_AGAIN}`,
} as const;

/** The pages of one's own connection. */
export const MY_CONNECTION_WORDS = {
  title: 'Your connection to Discord',
  intro: '[[The app that sent you here]] is connected to your Discord account. This is what it has:',
  account: 'Discord account',
  scopes: '[[The app]] can',
  guilds: 'Servers with the bot of [[the app]]',
  webhooks: 'Webhooks',
  since: 'Connected since',
  status: 'Status',
  disconnect: 'Disconnect',

  confirmTitle: 'Disconnect this Discord account?',
  consequences: [
    'From then on [[the app]] can no longer use your Discord account through this connection. What it has read or written before stays as it is.',
    'You can connect again at any time in [[the app]].',
  ],
  botStays: 'The bot stays in the servers to which it was added. Whoever manages such a server can remove it there.',
  webhooksStay: 'Webhooks stay in their channels unless you have them removed here.',
  removeWebhooks: 'Also remove the webhooks made for this app',
  confirm: 'Disconnect now',
  keep: 'Keep it connected',

  webhooksLeftTitle: 'Not disconnected yet',
  webhooksLeft:
    'The webhooks could not be removed, because Discord did not answer as it should. Nothing was disconnected. Try again in a minute, or disconnect without removing them.',

  doneTitle: 'Disconnected',
  done: '[[The app]] can no longer use your Discord account through this connection.',
  alreadyTitle: 'Already disconnected',
  already: 'This Discord account was disconnected from [[the app]] before. There is nothing left to do.',
  notConnectedTitle: 'You are not connected',
  notConnected:
    'This Discord account is disconnected from [[the app]]. You can connect again at any time in [[the app]].',
  revocationOwed:
    'Discord could not be told yet. It is disconnected here, and Discord is told as soon as it can be reached. Until then it may still list the app in your Discord settings under Authorized Apps, where you can also remove it yourself.',
  backTo: 'Back to',
} as const;

/** A connection's status, for its user. */
export const STATUS_WORDS: Readonly<Record<ConnectionStatus, string>> = {
  active: 'Connected',
  reconnect_required:
    'Not working: Discord no longer accepts it. You can connect again in [[the app]], or disconnect it here.',
  disconnected: 'Disconnected',
};

/** What each scope lets an app do, for its user. One that is missing here is shown by its name. */
export const SCOPE_WORDS: Readonly<Record<string, string>> = {
  identify: 'see your Discord name and picture',
  email: 'see your email address',
  guilds: 'see which servers you are in',
  'guilds.members.read': 'see your nickname and your roles in these servers',
  'messages.read': 'read messages, but only through the Discord program on your own computer',
  connections: 'see which accounts elsewhere you have linked to Discord',
  bot: 'have its bot in servers that you manage',
  'webhook.incoming': 'post in channels that you have chosen',
  'guilds.join': 'add you to servers',
};

export function countWebhooks(count: number): string {
  return count === 1 ? '1, made when you connected' : `${count}, made when you connected`;
}
