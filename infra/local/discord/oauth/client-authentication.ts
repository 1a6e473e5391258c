import type { Answer } from '../answer.ts';
import { buildOAuthErrorAnswer } from '../answer.ts';
import type { FormFields } from '../http/form.ts';
import { parseFormBody } from '../http/form.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import { parseMediaType } from '../http/incoming.ts';
import type { ApplicationRecord } from '../state/records.ts';
import type { SimulatorStore } from '../state/store.ts';

/** The application that proved itself and the form it sent, or the error to answer. */
export type ClientResult =
  | { readonly ok: true; readonly application: ApplicationRecord; readonly fields: FormFields }
  | { readonly ok: false; readonly answer: Answer };

/**
 * Reads the form of a token or revocation request and authenticates the application, by Basic or by the form fields
 * `client_id` and `client_secret`, not by both. Basic is compared as it is, without the percent-decoding of RFC 6749
 * §2.3.1: Discord is not known to do it, so a client that escapes `-` or `_` must fail here too.
 * @see Discord docs: topics/oauth2 (client authentication, form bodies only)
 */
export function authenticateClient(store: SimulatorStore, request: IncomingRequest): ClientResult {
  if (parseMediaType(request) !== 'application/x-www-form-urlencoded') {
    return refuse('invalid_request', 'The content type must be application/x-www-form-urlencoded.');
  }
  const form = parseFormBody(request.body);
  if (!form.ok) return refuse('invalid_request', `The form is malformed: ${form.problem}.`);
  const header = request.headers.authorization;
  const basic = header === undefined ? undefined : parseBasic(header);
  if (request.authorizationCount > 1) return refuse('invalid_request', 'More than one Authorization header.');
  if (header !== undefined && basic === undefined) return refuse('invalid_client');
  if (basic !== undefined && form.fields.has('client_secret')) {
    return refuse('invalid_request', 'More than one way of client authentication.');
  }
  const clientId = basic?.clientId ?? form.fields.get('client_id');
  const clientSecret = basic?.clientSecret ?? form.fields.get('client_secret');
  const application = clientId === undefined ? undefined : store.findApplication(clientId);
  const isOtherClientNamed = (form.fields.get('client_id') ?? clientId) !== clientId;
  if (application === undefined || isOtherClientNamed || application.clientSecret !== clientSecret) {
    return refuse('invalid_client');
  }
  return { ok: true, application, fields: form.fields };
}

function parseBasic(header: string): { clientId: string; clientSecret: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const cut = text.indexOf(':');
  return cut === -1 ? undefined : { clientId: text.slice(0, cut), clientSecret: text.slice(cut + 1) };
}

function refuse(error: 'invalid_request' | 'invalid_client', description?: string): ClientResult {
  return { ok: false, answer: buildOAuthErrorAnswer(error, description) };
}
