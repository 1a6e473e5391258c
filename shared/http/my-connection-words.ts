import type { ConnectionStatus } from '../domain/connection-status.ts';

/** Everything that the page of an end user's own connection says, in one place. Plain text; names are put in elsewhere. */
export const MY_CONNECTION_WORDS = {
  title: 'Your connection to Discord',
  intro: 'The app that sent you here is connected to your Discord account. This is what it has:',
  account: 'Discord account',
  scopes: 'The app can',
  guilds: 'Servers with the bot of the app',
  webhooks: 'Webhooks',
  since: 'Connected since',
  status: 'Status',
  disconnect: 'Disconnect',

  confirmTitle: 'Disconnect this Discord account?',
  consequences: [
    'From then on the app can no longer use your Discord account through this connection. What it has read or written before stays as it is.',
    'You can connect again at any time in the app.',
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
  done: 'The app can no longer use your Discord account through this connection.',
  alreadyTitle: 'Already disconnected',
  already: 'This Discord account was disconnected from the app before. There is nothing left to do.',
  notConnectedTitle: 'You are not connected',
  notConnected: 'This Discord account is disconnected from the app. You can connect again at any time in the app.',
  revocationOwed:
    'Discord could not be told yet. It is disconnected here, and Discord is told as soon as it can be reached. Until then it may still list the app in your Discord settings under Authorized Apps, where you can also remove it yourself.',
  backTo: 'Back to',
} as const;

/** A connection's status, for its user. */
export const STATUS_WORDS: Readonly<Record<ConnectionStatus, string>> = {
  active: 'Connected',
  reconnect_required:
    'Not working: Discord no longer accepts it. You can connect again in the app, or disconnect it here.',
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
