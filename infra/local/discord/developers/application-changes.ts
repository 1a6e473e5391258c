import type { NewApplication } from '../application.ts';
import { buildApplication, findRedirectUriProblem, MAX_APPLICATION_NAME_LENGTH } from '../application.ts';
import type { FormFields } from '../http/form.ts';
import { buildBotToken, buildClientSecret } from '../secret-shapes.ts';
import type { Simulation } from '../simulation.ts';
import type { ApplicationRecord, PrivilegedIntent } from '../state/records.ts';
import type { ApplicationPage, Notice } from './portal-page.ts';

type Change = (simulation: Simulation, application: ApplicationRecord, fields: FormFields) => Notice;

interface KnownChange {
  /** Fields that the form may have besides its token and the change's name. */
  readonly fields: readonly string[];
  readonly apply: Change;
}

const SAVED: Notice = { kind: 'saved' };

const CHANGES: Readonly<Record<ApplicationPage, Readonly<Record<string, KnownChange>>>> = {
  information: {},
  oauth2: {
    reset_secret: { fields: [], apply: resetSecret },
    add_redirect: { fields: ['redirect_uri'], apply: addRedirect },
    remove_redirect: { fields: ['redirect_uri'], apply: removeRedirect },
  },
  bot: {
    reset_token: { fields: [], apply: resetToken },
    save: { fields: ['bot_public', 'bot_require_code_grant', 'guild_members', 'message_content'], apply: saveBot },
  },
};

/** Field names of the bot's form for Discord's names of the intents. */
const INTENT_FIELDS: readonly (readonly [field: string, intent: PrivilegedIntent])[] = [
  ['guild_members', 'GUILD_MEMBERS'],
  ['message_content', 'MESSAGE_CONTENT'],
];

/**
 * What Discord gives an application that somebody has just made. Neither secret has been shown: whoever wants to know
 * one resets it.
 */
const AS_DISCORD_MAKES_IT: Omit<NewApplication, 'name'> = {
  bot_public: true,
  bot_require_code_grant: false,
  intents: [],
};

/**
 * Does what a form on one of an application's pages asks for.
 * @param fields - of the form, without its token
 */
export function applyChange(
  simulation: Simulation,
  page: ApplicationPage,
  application: ApplicationRecord,
  fields: FormFields,
): Notice {
  const name = fields.get('change') ?? '';
  const change = Object.hasOwn(CHANGES[page], name) ? CHANGES[page][name] : undefined;
  const isKnown = [...fields.keys()].every((field) => field === 'change' || change?.fields.includes(field) === true);
  if (change === undefined || !isKnown) return refuse('The form is none of this page.');
  return change.apply(simulation, application, fields);
}

/** Makes the application that somebody asks for, or says why not. */
export function createApplication(
  simulation: Simulation,
  fields: FormFields,
): { readonly application: ApplicationRecord } | { readonly notice: Notice } {
  const name = (fields.get('name') ?? '').trim();
  if (fields.get('change') !== 'create' || fields.size !== 2)
    return { notice: refuse('The form is none of this page.') };
  if (name.length === 0 || name.length > MAX_APPLICATION_NAME_LENGTH) {
    return { notice: refuse(`A name has 1 to ${MAX_APPLICATION_NAME_LENGTH} characters.`) };
  }
  const application = buildApplication(simulation, { ...AS_DISCORD_MAKES_IT, name });
  simulation.store.saveApplication(application);
  return { application };
}

function resetSecret({ store, random }: Simulation, application: ApplicationRecord): Notice {
  const clientSecret = buildClientSecret(random);
  store.saveApplication({ ...application, clientSecret });
  return { kind: 'secret', label: 'client secret', value: clientSecret };
}

function resetToken({ store, random }: Simulation, application: ApplicationRecord): Notice {
  const botToken = buildBotToken(random, application.clientId);
  store.saveApplication({ ...application, botToken });
  return { kind: 'secret', label: 'bot token', value: botToken };
}

function addRedirect({ store }: Simulation, application: ApplicationRecord, fields: FormFields): Notice {
  const uri = fields.get('redirect_uri') ?? '';
  if (application.redirectUris.includes(uri)) return refuse('It is registered already.');
  const redirectUris = [...application.redirectUris, uri];
  const problem = findRedirectUriProblem(redirectUris);
  if (problem !== undefined) return refuse(`Not saved: ${problem}.`);
  store.saveApplication({ ...application, redirectUris });
  return SAVED;
}

function removeRedirect({ store }: Simulation, application: ApplicationRecord, fields: FormFields): Notice {
  const redirectUris = application.redirectUris.filter((uri) => uri !== fields.get('redirect_uri'));
  store.saveApplication({ ...application, redirectUris });
  return SAVED;
}

/** A checkbox that is off is not sent. */
function saveBot({ store }: Simulation, application: ApplicationRecord, fields: FormFields): Notice {
  store.saveApplication({
    ...application,
    botPublic: fields.has('bot_public'),
    botRequireCodeGrant: fields.has('bot_require_code_grant'),
    intents: INTENT_FIELDS.filter(([field]) => fields.has(field)).map(([, intent]) => intent),
  });
  return SAVED;
}

function refuse(text: string): Notice {
  return { kind: 'problem', text };
}
