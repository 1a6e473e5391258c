import * as z from 'zod/mini';
import { checkSetup, type CheckSetupDeps } from '../../shared/app/check-setup.ts';
import { findChangeFaults, mergeCredentials, type IntegrationChange } from '../../shared/app/integration-change.ts';
import { loadOperatorStatus } from '../../shared/app/load-operator-status.ts';
import { saveIntegration, type IntegrationDeps } from '../../shared/app/operate-integration.ts';
import type { AppSecrets } from '../../shared/app/ports.ts';
import { findRefusedCredentials } from '../../shared/app/probe-credentials.ts';
import type { OperatorAuthDeps } from '../../shared/http/authenticate-operator.ts';
import type { Route } from '../../shared/http/http-handler.ts';
import { buildEtag, parseIfMatch } from '../../shared/http/if-match.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import { mapOperatorInput } from '../../shared/http/operator-input.ts';
import { operatorRoute } from '../../shared/http/operator-route.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import { withoutQuery } from '../../shared/http/without-query.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { integrationBody, toIntegrationChange } from './integration-body.ts';
import { toIntegrationJson } from './integration-json.ts';

export type IntegrationRouteDeps = OperatorAuthDeps &
  IntegrationDeps &
  CheckSetupDeps & { readonly secrets: AppSecrets };

type Outcome = Promise<Result<HttpResponse, Failure>>;

/** The settings: read, written over the version that was read, and checked at Discord. */
export function integrationRoutes(deps: IntegrationRouteDeps): Readonly<Record<string, Route>> {
  return {
    [ROUTES.operator.readIntegration]: operatorRoute(
      deps,
      withoutQuery(async () => ok(await respondSettings(deps))),
    ),
    [ROUTES.operator.writeIntegration]: operatorRoute(
      deps,
      withoutQuery((request) => writeIntegration(deps, request)),
    ),
    [ROUTES.operator.checkIntegration]: operatorRoute(
      deps,
      withoutQuery(async (request) => {
        const body = parseJsonBody(request, z.strictObject({}));
        if (!body.ok) return body;
        return ok(respondJson(200, { items: await checkSetup(deps, request.deadline) }));
      }),
    ),
  };
}

async function writeIntegration(deps: IntegrationRouteDeps, request: HttpRequest): Outcome {
  const version = parseIfMatch(request);
  if (!version.ok) return version;
  const body = parseJsonBody(request, integrationBody);
  if (!body.ok) return body;
  const change = toIntegrationChange(body.value);
  const refusal = await findRefusal(deps, change, version.value, request);
  if (refusal !== undefined) return fail(refusal);
  const saved = mapOperatorInput(await saveIntegration(deps, change, version.value));
  if (!saved.ok) return saved;
  // This sandbox would otherwise go on with the former secret for minutes.
  if (change.credentials !== undefined) await deps.secrets.reload();
  return ok(await respondSettings(deps, { checks: await checkSetup(deps, request.deadline) }));
}

/** What can be told before anything is written: all faults of form at once, then the version, then what Discord says. */
async function findRefusal(
  deps: IntegrationRouteDeps,
  change: IntegrationChange,
  version: number,
  { deadline }: HttpRequest,
): Promise<Failure | undefined> {
  const faults = findChangeFaults(change, deps.publicBaseUrl);
  if (faults.length > 0) return { reason: 'input_invalid', errors: faults };
  const stored = await deps.integrations.load();
  const currentVersion = stored?.version ?? 0;
  if (version !== currentVersion) return { reason: 'settings_changed_meanwhile', currentVersion };
  if (change.credentials === undefined) return undefined;
  const { clientId, clientSecret, botToken } = change.credentials;
  const merged = mergeCredentials(change.credentials, await deps.secretWriter.load(), stored?.clientId);
  if ('fault' in merged) return { reason: 'input_invalid', errors: [merged.fault] };
  const changed = { secret: clientId !== undefined || clientSecret !== undefined, bot: botToken !== undefined };
  const errors = await findRefusedCredentials(deps, merged.merged, changed, deadline);
  return errors.length > 0 ? { reason: 'settings_refused', errors } : undefined;
}

async function respondSettings(
  deps: IntegrationRouteDeps,
  more: Readonly<Record<string, unknown>> = {},
): Promise<HttpResponse> {
  const status = await loadOperatorStatus(deps);
  return respondJson(
    200,
    { ...toIntegrationJson(status), ...more },
    { etag: buildEtag(status.integration?.version ?? 0) },
  );
}
