import { randomBytes } from 'node:crypto';
import type { Answer } from '../answer.ts';
import { buildRedirectAnswer } from '../answer.ts';
import { isFromElsewhere, isFromThisMachine } from '../http/caller.ts';
import type { FormFields } from '../http/form.ts';
import { parseFormBody } from '../http/form.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import { parseMediaType } from '../http/incoming.ts';
import { buildPageAnswer, escapeHtml } from '../oauth/page.ts';
import type { Simulation } from '../simulation.ts';
import type { ApplicationRecord } from '../state/records.ts';
import { applyChange, createApplication } from './application-changes.ts';
import { buildBotPage, buildInformationPage, buildListPage, buildOAuth2Page } from './application-pages.ts';
import {
  APPLICATION_PAGES,
  APPLICATIONS_PATH,
  FORM_TOKEN_FIELD,
  type ApplicationPage,
  type PortalView,
} from './portal-page.ts';

const BUILDERS: Readonly<Record<ApplicationPage, (application: ApplicationRecord, view: PortalView) => Answer>> = {
  information: buildInformationPage,
  oauth2: buildOAuth2Page,
  bot: buildBotPage,
};

/** The query with which a page is opened after a form has done its work, so that loading it again does nothing twice. */
const SAVED_QUERY = 'saved';

/**
 * Makes what answers below `/developers`: pages on which a person does for the simulated applications what he would do in
 * Discord's Developer Portal. They change the same records as the control API.
 */
export function createDeveloperPortal(simulation: Simulation): (request: IncomingRequest) => Answer {
  // Another site's page can send a form, but cannot read this one's. It lasts as long as the process.
  const formToken = randomBytes(16).toString('base64url');
  return (request) => answer(simulation, formToken, request);
}

function answer(simulation: Simulation, formToken: string, request: IncomingRequest): Answer {
  if (!isFromThisMachine(request)) return refuse(403, 'Forbidden', 'These pages are for this machine.');
  const [, folder, clientId, page, ...more] = request.segments ?? [];
  if (folder === undefined) return buildRedirectAnswer(APPLICATIONS_PATH);
  if (folder !== 'applications' || more.length > 0) return NOT_FOUND;
  const form = request.method === 'GET' ? undefined : readForm(simulation, formToken, request);
  if (form !== undefined && 'refusal' in form) return form.refusal;
  const view: PortalView = {
    formToken,
    notice: form === undefined && request.rawQuery === SAVED_QUERY ? { kind: 'saved' } : undefined,
  };
  if (clientId === undefined) return answerList(simulation, view, form?.fields);
  const application = simulation.store.findApplication(clientId);
  if (application === undefined) return NOT_FOUND;
  if (page === undefined) return buildRedirectAnswer(`${APPLICATIONS_PATH}/${clientId}/information`);
  return isApplicationPage(page) ? answerPage(simulation, page, application, view, form?.fields) : NOT_FOUND;
}

function answerList(simulation: Simulation, view: PortalView, fields: FormFields | undefined): Answer {
  const applications = simulation.store.listApplications();
  if (fields === undefined) return buildListPage(applications, view);
  const made = createApplication(simulation, fields);
  return 'notice' in made
    ? buildListPage(applications, { ...view, notice: made.notice, entered: fields })
    : buildRedirectAnswer(`${APPLICATIONS_PATH}/${made.application.clientId}/information?${SAVED_QUERY}`);
}

function answerPage(
  simulation: Simulation,
  page: ApplicationPage,
  application: ApplicationRecord,
  view: PortalView,
  fields: FormFields | undefined,
): Answer {
  if (fields === undefined) return BUILDERS[page](application, view);
  const notice = applyChange(simulation, page, application, fields);
  if (notice.kind === 'saved') {
    return buildRedirectAnswer(`${APPLICATIONS_PATH}/${application.clientId}/${page}?${SAVED_QUERY}`);
  }
  const changed = simulation.store.findApplication(application.clientId) ?? application;
  return BUILDERS[page](changed, { ...view, notice, entered: notice.kind === 'problem' ? fields : undefined });
}

/** The fields of a form that one of these pages has sent, without its token. */
function readForm(
  simulation: Simulation,
  formToken: string,
  request: IncomingRequest,
): { readonly fields: FormFields } | { readonly refusal: Answer } {
  if (request.method !== 'POST') return { refusal: refuse(405, 'Method Not Allowed', 'Use GET or POST.') };
  if (isFromElsewhere(request, simulation.baseUrl())) {
    return { refusal: refuse(403, 'Forbidden', 'The form was sent from another site.') };
  }
  if (request.bodyTooLarge) return { refusal: refuse(413, 'Too Large', 'The form is too large.') };
  if (parseMediaType(request) !== 'application/x-www-form-urlencoded') {
    return { refusal: refuse(415, 'Unsupported Media Type', 'Send application/x-www-form-urlencoded.') };
  }
  const form = parseFormBody(request.body);
  if (!form.ok) return { refusal: refuse(400, 'Invalid Form Body', `The form cannot be read: ${form.problem}.`) };
  if (form.fields.get(FORM_TOKEN_FIELD) !== formToken) {
    return { refusal: refuse(403, 'Forbidden', 'The form is not of this run of the simulator. Load its page again.') };
  }
  return { fields: new Map([...form.fields].filter(([name]) => name !== FORM_TOKEN_FIELD)) };
}

function isApplicationPage(name: string): name is ApplicationPage {
  return Object.hasOwn(APPLICATION_PAGES, name);
}

function refuse(status: number, title: string, detail: string): Answer {
  return buildPageAnswer(
    status,
    title,
    `<p>${escapeHtml(detail)}</p><p><a href="${APPLICATIONS_PATH}">Applications</a></p>`,
  );
}

const NOT_FOUND = refuse(404, 'Not Found', 'The simulated Developer Portal has no such page.');
