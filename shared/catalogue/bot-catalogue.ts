import type { ActionDefinition } from './action.ts';
import * as bans from './bans.ts';
import * as channels from './channels.ts';
import * as directMessages from './direct-messages.ts';
import * as guilds from './guilds.ts';
import * as members from './members.ts';
import * as messages from './messages.ts';
import * as pins from './pins.ts';
import * as reactions from './reactions.ts';
import * as threadMembers from './thread-members.ts';
import * as threads from './threads.ts';
import * as webhookMessages from './webhook-messages.ts';
import * as webhooks from './webhooks.ts';

/** Sorted here: a bundle keeps a module's exports in the order of the source, the language itself by name. */
function listExported(file: Readonly<Record<string, ActionDefinition>>): ActionDefinition[] {
  return Object.entries(file)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, action]) => action);
}

/** The actions that go through the bot or a webhook: whatever the files export is offered, by file and there by name. */
export const botCatalogue: readonly ActionDefinition[] = [
  guilds,
  members,
  bans,
  channels,
  messages,
  reactions,
  pins,
  threads,
  threadMembers,
  directMessages,
  webhooks,
  webhookMessages,
].flatMap(listExported);
