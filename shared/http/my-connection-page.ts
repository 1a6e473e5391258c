import { listOwnedWebhooks } from '../app/delete-webhooks.ts';
import { MY_CONNECTION_PATH } from '../connect-paths.ts';
import { toRfc3339, type Connection } from '../domain/connection.ts';
import type { Branding } from '../domain/branding.ts';
import { countWebhooks, MY_CONNECTION_WORDS as WORDS, RESULT_WORDS, STATUS_WORDS } from './end-user-words.ts';
import { escapeHtml, renderList, renderText, type PageContent } from './page.ts';
import { renderScopes } from './scope-list.ts';

/** Names of the form's fields. */
export const FORM_FIELDS = { token: 'form_token', confirmed: 'confirmed', webhooks: 'delete_webhooks' } as const;

/** Value of a field that says yes; anything else says no. */
export const YES = 'yes';

/** What the pages of one connection are made of. */
export interface MyConnectionView {
  readonly connection: Connection;
  readonly formToken: string;
  readonly returnUrl?: URL;
  readonly branding?: Branding | undefined;
}

/**
 * What is connected, with a way to end it.
 * @param isNew - the user has just come back from Discord with it
 */
export function buildMyConnectionPage(view: MyConnectionView, isNew = false): PageContent {
  const { connection } = view;
  if (connection.status === 'disconnected') {
    return {
      title: WORDS.notConnectedTitle,
      paragraphs: [WORDS.notConnected, ...tellOwed(connection)],
      html: `${renderFacts(view)}${renderButtons(renderBack(view))}`,
    };
  }
  const isWelcome = isNew && connection.status === 'active';
  return {
    title: isWelcome ? RESULT_WORDS.connectedTitle : WORDS.title,
    paragraphs: [isWelcome ? RESULT_WORDS.connected : WORDS.intro],
    html: `${renderFacts(view)}${renderButtons(renderDisconnect(view), renderBack(view))}`,
  };
}

/**
 * Asks whether the user means it, and says what follows.
 * @param hasTrouble - the webhooks could not be removed a moment ago, so nothing was disconnected
 */
export function buildConfirmationPage(view: MyConnectionView, hasTrouble: boolean): PageContent {
  const { connection, formToken } = view;
  const hasWebhooks = listOwnedWebhooks(connection).length > 0;
  const choice = `<label><input type="checkbox" name="${FORM_FIELDS.webhooks}" value="${YES}"> <span>${escapeHtml(WORDS.removeWebhooks)}</span></label>`;
  return {
    title: hasTrouble ? WORDS.webhooksLeftTitle : WORDS.confirmTitle,
    paragraphs: [
      ...(hasTrouble ? [WORDS.webhooksLeft] : []),
      ...WORDS.consequences,
      ...(connection.guilds.length > 0 ? [WORDS.botStays] : []),
      ...(hasWebhooks ? [WORDS.webhooksStay] : []),
    ],
    html: `${renderAccount(connection)}
${openForm(formToken)}
<input type="hidden" name="${FORM_FIELDS.confirmed}" value="${YES}">
${hasWebhooks ? choice : ''}
${renderButtons(
  `<button class="act" type="submit">${escapeHtml(WORDS.confirm)}</button>`,
  `<a class="button" href="${MY_CONNECTION_PATH}">${escapeHtml(WORDS.keep)}</a>`,
)}
</form>`,
  };
}

/**
 * Says that it is over.
 * @param wasBefore - it had been already
 */
export function buildDisconnectedPage(view: MyConnectionView, wasBefore: boolean): PageContent {
  return {
    title: wasBefore ? WORDS.alreadyTitle : WORDS.doneTitle,
    paragraphs: [wasBefore ? WORDS.already : WORDS.done, ...tellOwed(view.connection)],
    html: `${renderAccount(view.connection)}${renderButtons(renderBack(view))}`,
  };
}

function tellOwed(connection: Connection): string[] {
  return connection.isRevocationOwed === true ? [WORDS.revocationOwed] : [];
}

/** Names come from Discord's users: escaped, and isolated so that they cannot turn the text around them. */
function renderName(name: string): string {
  return `<bdi>${escapeHtml(name)}</bdi>`;
}

function renderAccount(connection: Connection): string {
  return `<dl>${renderFact(escapeHtml(WORDS.account), renderUser(connection))}</dl>`;
}

function renderUser({ discordUser: { globalName, username } }: Connection): string {
  return globalName === null ? renderName(username) : `${renderName(globalName)} (${renderName(username)})`;
}

function renderFacts({ connection, branding }: MyConnectionView): string {
  const { guilds, webhooks, createdAtEpochSeconds, status } = connection;
  const isOver = status === 'disconnected';
  const label = (text: string): string => renderText(text, branding);
  const facts = [
    renderFact(label(WORDS.account), renderUser(connection)),
    isOver ? '' : renderFact(label(WORDS.scopes), renderScopes(connection.scopes)),
    guilds.length === 0 ? '' : renderFact(label(WORDS.guilds), renderList(guilds.map(({ name }) => renderName(name)))),
    webhooks.length === 0 ? '' : renderFact(label(WORDS.webhooks), escapeHtml(countWebhooks(webhooks.length))),
    isOver ? '' : renderFact(label(WORDS.since), renderDay(createdAtEpochSeconds)),
    renderFact(label(WORDS.status), label(STATUS_WORDS[status])),
  ];
  return `<dl>${facts.join('')}</dl>`;
}

function renderFact(label: string, html: string): string {
  return `<dt>${label}</dt><dd>${html}</dd>`;
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

function renderDay(epochSeconds: number): string {
  return `<time datetime="${toRfc3339(epochSeconds)}">${escapeHtml(DAY.format(epochSeconds * 1000))}</time>`;
}

function openForm(formToken: string): string {
  return `<form method="post" action="${MY_CONNECTION_PATH}/disconnect">
<input type="hidden" name="${FORM_FIELDS.token}" value="${escapeHtml(formToken)}">`;
}

function renderDisconnect({ formToken }: MyConnectionView): string {
  return `${openForm(formToken)}<button type="submit">${escapeHtml(WORDS.disconnect)}</button></form>`;
}

function renderBack({ returnUrl }: MyConnectionView): string {
  if (returnUrl === undefined) return '';
  return `<a href="${escapeHtml(returnUrl.href)}">${escapeHtml(`${WORDS.backTo} ${returnUrl.host}`)}</a>`;
}

function renderButtons(...buttons: readonly string[]): string {
  const shown = buttons.filter((button) => button !== '');
  return shown.length === 0 ? '' : `<div class="buttons">${shown.join('')}</div>`;
}
