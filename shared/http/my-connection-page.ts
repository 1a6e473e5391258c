import { listOwnedWebhooks } from '../app/delete-webhooks.ts';
import { MY_CONNECTION_PATH } from '../connect-paths.ts';
import { toRfc3339, type Connection } from '../domain/connection.ts';
import { countWebhooks, MY_CONNECTION_WORDS as WORDS, SCOPE_WORDS, STATUS_WORDS } from './my-connection-words.ts';
import { escapeHtml, renderPage } from './page.ts';

/** Names of the form's fields. */
export const FORM_FIELDS = { token: 'form_token', confirmed: 'confirmed', webhooks: 'delete_webhooks' } as const;

/** Value of a field that says yes; anything else says no. */
export const YES = 'yes';

/** What the pages of one connection are made of. */
export interface MyConnectionView {
  readonly connection: Connection;
  readonly formToken: string;
  readonly returnUrl?: URL;
}

/** What is connected, with a way to end it. */
export function renderMyConnection(view: MyConnectionView): string {
  const { connection } = view;
  const isOver = connection.status === 'disconnected';
  return renderPage({
    title: isOver ? WORDS.notConnectedTitle : WORDS.title,
    paragraphs: isOver ? [WORDS.notConnected, ...tellOwed(connection)] : [WORDS.intro],
    html: isOver
      ? `${renderFacts(connection)}${renderButtons(renderBack(view))}`
      : `${renderFacts(connection)}${renderButtons(renderDisconnect(view), renderBack(view))}`,
  });
}

/**
 * Asks whether the user means it, and says what follows.
 * @param hasTrouble - the webhooks could not be removed a moment ago, so nothing was disconnected
 */
export function renderConfirmation(view: MyConnectionView, hasTrouble: boolean): string {
  const { connection, formToken } = view;
  const hasWebhooks = listOwnedWebhooks(connection).length > 0;
  const choice = `<label><input type="checkbox" name="${FORM_FIELDS.webhooks}" value="${YES}"> <span>${escapeHtml(WORDS.removeWebhooks)}</span></label>`;
  return renderPage({
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
  });
}

/**
 * Says that it is over.
 * @param wasBefore - it had been already
 */
export function renderDisconnected(view: MyConnectionView, wasBefore: boolean): string {
  return renderPage({
    title: wasBefore ? WORDS.alreadyTitle : WORDS.doneTitle,
    paragraphs: [wasBefore ? WORDS.already : WORDS.done, ...tellOwed(view.connection)],
    html: `${renderAccount(view.connection)}${renderButtons(renderBack(view))}`,
  });
}

function tellOwed(connection: Connection): string[] {
  return connection.isRevocationOwed === true ? [WORDS.revocationOwed] : [];
}

/** Names come from Discord's users: escaped, and isolated so that they cannot turn the text around them. */
function renderName(name: string): string {
  return `<bdi>${escapeHtml(name)}</bdi>`;
}

function renderAccount(connection: Connection): string {
  return `<dl>${renderFact(WORDS.account, renderUser(connection))}</dl>`;
}

function renderUser({ discordUser: { globalName, username } }: Connection): string {
  return globalName === null ? renderName(username) : `${renderName(globalName)} (${renderName(username)})`;
}

function renderFacts(connection: Connection): string {
  const { guilds, webhooks, createdAtEpochSeconds, status } = connection;
  const isOver = status === 'disconnected';
  const facts = [
    renderFact(WORDS.account, renderUser(connection)),
    isOver ? '' : renderFact(WORDS.scopes, renderList(connection.scopes.map(renderScope))),
    guilds.length === 0 ? '' : renderFact(WORDS.guilds, renderList(guilds.map(({ name }) => renderName(name)))),
    webhooks.length === 0 ? '' : renderFact(WORDS.webhooks, escapeHtml(countWebhooks(webhooks.length))),
    isOver ? '' : renderFact(WORDS.since, renderDay(createdAtEpochSeconds)),
    renderFact(WORDS.status, escapeHtml(STATUS_WORDS[status])),
  ];
  return `<dl>${facts.join('')}</dl>`;
}

function renderScope(scope: string): string {
  const words = Object.hasOwn(SCOPE_WORDS, scope) ? SCOPE_WORDS[scope] : undefined;
  return words === undefined ? `<code>${escapeHtml(scope)}</code>` : escapeHtml(words);
}

function renderFact(label: string, html: string): string {
  return `<dt>${escapeHtml(label)}</dt><dd>${html}</dd>`;
}

function renderList(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
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
