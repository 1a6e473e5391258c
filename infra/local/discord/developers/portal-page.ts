import type { Answer } from '../answer.ts';
import { buildPageAnswer, escapeHtml, escapeName } from '../oauth/page.ts';
import type { ApplicationRecord } from '../state/records.ts';

/** Path of the list of applications, as at Discord. */
export const APPLICATIONS_PATH = '/developers/applications';

/** Field of every form with what only this simulator's own pages know. */
export const FORM_TOKEN_FIELD = 'form_token';

/** What the last form has led to. */
export type Notice =
  | { readonly kind: 'saved' }
  | { readonly kind: 'problem'; readonly text: string }
  /** Shown on this page and on no other. */
  | { readonly kind: 'secret'; readonly label: string; readonly value: string };

/** What every page of the portal takes besides its subject. */
export interface PortalView {
  readonly formToken: string;
  readonly notice?: Notice | undefined;
  /** What was typed into a form that was refused, by field. */
  readonly entered?: ReadonlyMap<string, string> | undefined;
}

/** The pages of one application, by the last part of their path. */
export const APPLICATION_PAGES = { information: 'General Information', oauth2: 'OAuth2', bot: 'Bot' } as const;

export type ApplicationPage = keyof typeof APPLICATION_PAGES;

/**
 * One page of the simulated Developer Portal.
 * @param content - HTML, already escaped
 * @param lead - the same, before the notice
 */
export function buildPortalPage(title: string, { notice }: PortalView, content: string, lead = ''): Answer {
  const status = notice?.kind === 'problem' ? 400 : 200;
  const answer = buildPageAnswer(
    status,
    title,
    `${lead}
${notice === undefined ? '' : buildNotice(notice)}
${content}`,
  );
  // These forms lead to no other site, unlike the consent page's.
  const policy = `${answer.headers['content-security-policy'] ?? ''}; form-action 'self'`;
  return { ...answer, headers: { ...answer.headers, 'content-security-policy': policy } };
}

/** One page of an application, with the way to its other pages. */
export function buildApplicationPage(
  page: ApplicationPage,
  { clientId, name }: ApplicationRecord,
  view: PortalView,
  content: string,
): Answer {
  const links = Object.entries(APPLICATION_PAGES).map(
    ([id, title]) =>
      `<a href="${APPLICATIONS_PATH}/${clientId}/${id}"${id === page ? ' aria-current="page"' : ''}>${title}</a>`,
  );
  return buildPortalPage(
    APPLICATION_PAGES[page],
    view,
    content,
    `<p>Application: <strong>${escapeName(name)}</strong></p>
<nav aria-label="Pages of the application"><a href="${APPLICATIONS_PATH}">Applications</a> ${links.join(' ')}</nav>`,
  );
}

/**
 * A form that sends one change to the page on which it stands.
 * @param fields - HTML, already escaped
 */
export function buildForm(action: string, view: PortalView, fields: string, button: FormButton): string {
  return `<form method="post" action="${action}">
${buildHidden(FORM_TOKEN_FIELD, view.formToken)}
${buildHidden('change', button.change)}
${fields}
<div class="buttons"><button${button.isMain === true ? ' class="act"' : ''} type="submit"${
    button.label === undefined ? '' : ` aria-label="${escapeHtml(button.label)}"`
  }>${button.text}</button></div>
</form>`;
}

/** What a form does and how it says so. */
export interface FormButton {
  readonly change: string;
  readonly text: string;
  /** Says more to those who do not see what stands beside it. */
  readonly label?: string;
  readonly isMain?: boolean;
}

/** A field that nobody writes into: its text is there to be copied. */
export function buildCopyField(id: string, label: string, value: string): string {
  return `<label class="above" for="${id}">${label}</label>
<input class="text" id="${id}" readonly spellcheck="false" value="${escapeHtml(value)}">`;
}

export function buildHidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
}

function buildNotice(notice: Notice): string {
  switch (notice.kind) {
    case 'saved':
      return '<p class="notice" role="status">Saved.</p>';
    case 'problem':
      return `<p class="notice warn" role="alert">${escapeHtml(notice.text)}</p>`;
    case 'secret':
      return `<div class="notice" role="status">
${buildCopyField('new_secret', `New ${notice.label}`, notice.value)}
<p>Copy it now: it is not shown again. The earlier one has stopped working.</p>
</div>`;
  }
}
