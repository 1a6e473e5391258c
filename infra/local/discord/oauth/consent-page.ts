import type { Answer } from '../answer.ts';
import type { FormFields } from '../http/form.ts';
import type { World, WorldUser } from '../world/world.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import type { InstallNeeds, InstallTarget } from './install-targets.ts';
import { buildPageAnswer, escapeHtml, escapeName } from './page.ts';
import { SCOPES } from './scopes.ts';

/** Fields that the form sets itself, so they are not carried along from the query. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['user_id', 'guild_id', 'channel_id', 'decision']);

/**
 * First page: who signs in. When no server has to be chosen it is also the last and has the Authorize button.
 * @param needs - whether a page for server and channel follows
 * @param likelyUserId - the user of last time, preselected
 */
export function buildSignInPage(
  world: World,
  request: AuthorizeRequest,
  fields: FormFields,
  needs: InstallNeeds,
  likelyUserId: string | undefined,
): Answer {
  const chosen = world.users.some((user) => user.id === likelyUserId) ? likelyUserId : world.users[0]?.id;
  const users = world.users.map((user) => buildUserRadio(user, user.id === chosen)).join('\n');
  const guildId = fields.get('guild_id');
  const content = `${describeGrant(request)}
<form method="${needs.guild ? 'get' : 'post'}" action="/oauth2/authorize">
${buildHiddenFields(fields)}
${guildId === undefined ? '' : buildHidden('guild_id', guildId)}
<fieldset><legend>Sign in as</legend>
${users}
</fieldset>
<div class="buttons">${CANCEL_BUTTON}${
    needs.guild ? '<button class="act" type="submit">Continue</button>' : AUTHORIZE_BUTTON
  }</div>
</form>`;
  return buildPageAnswer(200, buildTitle(request), content);
}

/** Second page, for `bot`, `applications.commands` and `webhook.incoming`: which server and channel. */
export function buildInstallPage(
  user: WorldUser,
  request: AuthorizeRequest,
  fields: FormFields,
  needs: InstallNeeds,
  targets: readonly InstallTarget[],
): Answer {
  const choice = needs.channel ? buildChannelSelect(targets, request) : buildGuildSelect(targets, request);
  const none = `<p><strong>No server to choose.</strong> ${escapeName(displayName(user))} may not ${
    needs.channel ? 'create webhooks' : 'add anything'
  } in ${request.isGuildLocked ? 'the server that the application asks for' : 'any server'}.</p>`;
  const content = `<p>Signed in as <strong>${escapeName(displayName(user))}</strong>.
<a href="/oauth2/authorize?${escapeHtml(buildQueryWithoutUser(fields))}">Use another account</a></p>
${describeGrant(request)}
<form method="post" action="/oauth2/authorize">
${buildHiddenFields(fields)}
${buildHidden('user_id', user.id)}
${needs.channel && request.isGuildLocked ? buildHidden('guild_id', request.guildId ?? '') : ''}
${targets.length === 0 ? none : choice}
<div class="buttons">${CANCEL_BUTTON}${targets.length === 0 ? '' : AUTHORIZE_BUTTON}</div>
</form>`;
  return buildPageAnswer(200, buildTitle(request), content);
}

/** Last page of an install link that the user turned down. */
export function buildCancelledPage(): Answer {
  return buildPageAnswer(200, 'Cancelled', '<p>Nothing was granted. You may close this page.</p>');
}

/** Last page of an install link, which has no redirect URI. */
export function buildInstalledPage(request: AuthorizeRequest, guildName: string): Answer {
  const content = `<p>${escapeName(request.application.name)} was added to ${escapeName(guildName)}. You may close this page.</p>`;
  return buildPageAnswer(200, 'Authorized', content);
}

const AUTHORIZE_BUTTON = '<button class="act" type="submit" name="decision" value="authorize">Authorize</button>';
const CANCEL_BUTTON = '<button type="submit" formmethod="post" name="decision" value="cancel">Cancel</button>';

function buildTitle(request: AuthorizeRequest): string {
  return `${request.application.name} wants to access your account`;
}

function describeGrant(request: AuthorizeRequest): string {
  const scopes = request.scopes.map(
    (scope) => `<li>${escapeHtml(SCOPES[scope]?.meaning ?? '')} <code class="soft">${escapeHtml(scope)}</code></li>`,
  );
  const permissions = request.scopes.includes('bot')
    ? `<p class="soft">Permissions of the bot: <code>${request.permissions}</code></p>`
    : '';
  const target =
    request.redirectUri === null
      ? ''
      : `<p class="soft">Afterwards you return to <code>${escapeHtml(request.redirectUri)}</code></p>`;
  return `<h2>This will allow it to</h2><ul>${scopes.join('')}</ul>${permissions}${target}`;
}

function buildUserRadio(user: WorldUser, isChecked: boolean): string {
  const checked = isChecked ? ' checked' : '';
  return `<label><input type="radio" name="user_id" value="${user.id}" required${checked}>
<span>${escapeName(displayName(user))} <span class="soft">@${escapeHtml(user.username)} · ${user.id}</span></span></label>`;
}

function buildGuildSelect(targets: readonly InstallTarget[], request: AuthorizeRequest): string {
  const options = targets.map(
    ({ guild }) =>
      `<option value="${guild.id}"${guild.id === request.guildId ? ' selected' : ''}>${escapeHtml(guild.name)}</option>`,
  );
  return `<label class="above" for="guild_id">Add to server</label>
<select id="guild_id" name="guild_id" required>${options.join('')}</select>`;
}

/** One list for both: without script a list of channels could not follow a list of servers. */
function buildChannelSelect(targets: readonly InstallTarget[], request: AuthorizeRequest): string {
  const ordered = targets.toSorted(
    (left, right) => Number(right.guild.id === request.guildId) - Number(left.guild.id === request.guildId),
  );
  const options = ordered.flatMap(({ guild, channels }) =>
    channels.map(({ id, name }) => `<option value="${id}">${escapeHtml(guild.name)} · #${escapeHtml(name)}</option>`),
  );
  return `<label class="above" for="channel_id">Server and channel</label>
<select id="channel_id" name="channel_id" required>${options.join('')}</select>`;
}

function buildHiddenFields(fields: FormFields): string {
  return [...fields]
    .filter(([name]) => !OWN_FIELDS.has(name))
    .map(([name, value]) => buildHidden(name, value))
    .join('\n');
}

function buildHidden(name: string, value: string): string {
  return `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;
}

function buildQueryWithoutUser(fields: FormFields): string {
  return new URLSearchParams([...fields].filter(([name]) => name !== 'user_id')).toString();
}

function displayName(user: WorldUser): string {
  return user.global_name ?? user.username;
}
