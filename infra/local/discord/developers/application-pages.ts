import type { Answer } from '../answer.ts';
import { MAX_APPLICATION_NAME_LENGTH, MAX_REDIRECT_URIS } from '../application.ts';
import { escapeHtml, escapeName } from '../oauth/page.ts';
import { computeVerifyKey } from '../secret-shapes.ts';
import type { ApplicationRecord } from '../state/records.ts';
import {
  APPLICATIONS_PATH,
  buildApplicationPage,
  buildCopyField,
  buildForm,
  buildHidden,
  buildPortalPage,
  type PortalView,
} from './portal-page.ts';

/** The list of all applications: there is no sign-in, so everyone has them all. */
export function buildListPage(applications: readonly ApplicationRecord[], view: PortalView): Answer {
  const items = applications.map(
    ({ clientId, name }) =>
      `<li><a href="${APPLICATIONS_PATH}/${clientId}/information">${escapeName(name)}</a> <span class="soft">${clientId}</span></li>`,
  );
  const name = view.entered?.get('name') ?? '';
  const fields = `<label class="above" for="name">Name</label>
<input class="text" id="name" name="name" required maxlength="${MAX_APPLICATION_NAME_LENGTH}" autocomplete="off" value="${escapeHtml(name)}">
<p class="soft">Users see it when they are asked to allow it. Discord has terms to accept here; the simulator has none.</p>`;
  return buildPortalPage(
    'Applications',
    view,
    `<p>This stands in for Discord's Developer Portal. Whoever opens it may change everything: there is no sign-in.</p>
<ul>${items.join('\n')}</ul>
<h2>New Application</h2>
${buildForm(APPLICATIONS_PATH, view, fields, { change: 'create', text: 'Create', isMain: true })}`,
  );
}

/** Who the application is. */
export function buildInformationPage(application: ApplicationRecord, view: PortalView): Answer {
  return buildApplicationPage(
    'information',
    application,
    view,
    `${buildCopyField('application_id', 'Application ID', application.clientId)}
<p class="soft">It is the client id, too.</p>
${buildCopyField('public_key', 'Public Key', computeVerifyKey(application.signingSeedHex))}`,
  );
}

/** Client id, secret and redirects. */
export function buildOAuth2Page(application: ApplicationRecord, view: PortalView): Answer {
  const path = `${APPLICATIONS_PATH}/${application.clientId}/oauth2`;
  const { redirectUris } = application;
  const registered = redirectUris.map((uri) => {
    const label = `Remove ${uri}`;
    const button = { change: 'remove_redirect', text: 'Remove', label };
    return `<li><code>${escapeHtml(uri)}</code>${buildForm(path, view, buildHidden('redirect_uri', uri), button)}</li>`;
  });
  const entered = view.entered?.get('redirect_uri') ?? '';
  const fields = `<label class="above" for="redirect_uri">Another redirect</label>
<input class="text" id="redirect_uri" name="redirect_uri" required autocomplete="off" spellcheck="false" value="${escapeHtml(entered)}">
<p class="soft">Character for character what the application sends. At most ${MAX_REDIRECT_URIS}, no wildcards.</p>`;
  return buildApplicationPage(
    'oauth2',
    application,
    view,
    `${buildCopyField('client_id', 'Client ID', application.clientId)}
<h2>Client Secret</h2>
<p class="soft">Nobody can read the one that there is. A new one voids it at once.</p>
${buildForm(path, view, '', { change: 'reset_secret', text: 'Reset Secret' })}
<h2>Redirects</h2>
${registered.length === 0 ? '<p>None is registered: nobody can come back from Discord.</p>' : `<ul>${registered.join('\n')}</ul>`}
${buildForm(path, view, fields, { change: 'add_redirect', text: 'Add Redirect', isMain: true })}`,
  );
}

/** Token, who may add the bot, and what it may see. */
export function buildBotPage(application: ApplicationRecord, view: PortalView): Answer {
  const path = `${APPLICATIONS_PATH}/${application.clientId}/bot`;
  const { botPublic, botRequireCodeGrant, intents } = application;
  const fields = `<fieldset><legend>Authorization Flow</legend>
${buildCheckbox('bot_public', 'Public Bot', 'Others than you may add it to their servers.', botPublic)}
${buildCheckbox('bot_require_code_grant', 'Requires OAuth2 Code Grant', 'It joins when the code is exchanged, not by a mere link.', botRequireCodeGrant)}
</fieldset>
<fieldset><legend>Privileged Gateway Intents</legend>
${buildCheckbox('guild_members', 'Server Members Intent', 'It may list the members of a server.', intents.includes('GUILD_MEMBERS'))}
${buildCheckbox('message_content', 'Message Content Intent', 'It may read what others have written.', intents.includes('MESSAGE_CONTENT'))}
</fieldset>`;
  return buildApplicationPage(
    'bot',
    application,
    view,
    `<h2>Token</h2>
<p class="soft">Nobody can read the one that there is. A new one voids it at once.</p>
${buildForm(path, view, '', { change: 'reset_token', text: 'Reset Token' })}
<h2>Settings</h2>
${buildForm(path, view, fields, { change: 'save', text: 'Save Changes', isMain: true })}`,
  );
}

function buildCheckbox(name: string, title: string, meaning: string, isChecked: boolean): string {
  return `<label><input type="checkbox" name="${name}"${isChecked ? ' checked' : ''} aria-describedby="${name}_meaning">
<span>${title} <span class="soft" id="${name}_meaning">${meaning}</span></span></label>`;
}
