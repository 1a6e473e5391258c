import * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildBodyErrorAnswer, buildJsonAnswer } from '../answer.ts';
import { bodyInteger, bodyText, maybe, parseJsonBody } from '../api/body.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { INTENT_FLAGS, toApplication, toPublicUser } from '../api/wire-objects.ts';
import { PRIVILEGED_INTENTS } from '../application.ts';
import { isScopeOffered, SCOPES } from '../oauth/scopes.ts';
import { findUser } from '../world/world.ts';
import { requireBot } from './access.ts';

const SHARED = { credentials: ['bot'], path: '/applications/@me' } as const;

/** The flags that an application may set itself. Discord docs: resources/application#edit-current-application */
const SETTABLE_FLAGS = (1 << 13) | INTENT_FLAGS.GUILD_MEMBERS | INTENT_FLAGS.MESSAGE_CONTENT;

const applicationEdit = z.object({
  description: maybe(bodyText(0, 400)),
  flags: maybe(bodyInteger(0, 2 ** 31 - 1)),
});

/**
 * The bot's own application.
 * @see Discord docs: resources/application
 */
export const APPLICATION_ROUTES: readonly ApiRoute[] = [
  { ...SHARED, method: 'GET', bucket: 'applications/@me', handle: readApplication },
  { ...SHARED, method: 'PATCH', bucket: 'applications/@me', handle: editApplication },
];

function readApplication(call: ApiCall): Answer {
  const application = requireBot(call);
  const owner = findUser(call.simulation.world, application.ownerUserId);
  return buildJsonAnswer(200, {
    ...toApplication(application),
    redirect_uris: application.redirectUris,
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: owner === undefined ? null : toPublicUser(owner),
    team: null,
    approximate_guild_count: call.simulation.guilds.listGuildsOfUser(application.clientId).length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: Object.keys(SCOPES).filter((scope) =>
      isScopeOffered(scope, application.approvedScopes, 'consent'),
    ),
    event_webhooks_url: null,
    event_webhooks_status: 1,
    event_webhooks_types: [],
  });
}

function editApplication(call: ApiCall): Answer {
  const body = parseJsonBody(call.request, applicationEdit);
  if (!body.ok) return body.answer;
  const application = requireBot(call);
  const { flags, description } = body.value;
  if (typeof flags === 'number' && (flags & ~SETTABLE_FLAGS) !== 0) {
    const message = 'Only limited intent flags can be set.';
    return buildBodyErrorAnswer([{ path: ['flags'], code: 'APPLICATION_FLAGS_INVALID', message }]);
  }
  call.simulation.store.saveApplication({
    ...application,
    description: description ?? application.description,
    intents:
      typeof flags === 'number'
        ? PRIVILEGED_INTENTS.filter((intent) => (flags & INTENT_FLAGS[intent]) !== 0)
        : application.intents,
  });
  const saved = call.simulation.store.findApplication(application.clientId) ?? application;
  return readApplication({ ...call, credential: { kind: 'bot', application: saved } });
}
