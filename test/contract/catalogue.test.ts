import { describe, expect, it } from 'vitest';
import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { LEFT_OUT } from '../../shared/catalogue/left-out.ts';
import { isKnownScope } from '../../shared/domain/scopes.ts';
import { readDiscordOpenApi } from './discord-openapi.ts';

const { info, serverUrl, operations } = readDiscordOpenApi();

const find = (operationId: string | undefined) => operations.find((candidate) => candidate.operationId === operationId);

/** Discord's operations that an action stands for: by the bot or the user, by the webhook's own token, or by either. */
const listOperationIds = ({ operationId, byToken }: ActionDefinition) => [
  ...new Set([operationId, ...(byToken === undefined ? [] : [byToken.operationId])]),
];

/** Statuses that Discord names as successes and that never reach a caller as such. */
const OTHER_SUCCESSES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  guild_search: { 202: 'the history is not indexed yet: a problem to try again' },
  execute_webhook: { 204: 'only without wait=true, which is always sent' },
};

describe("Discord's OpenAPI document", () => {
  it('is the API version that our paths name', () => {
    expect([info.title, info.version]).toEqual(['Discord HTTP API (Preview)', '10']);
    expect(serverUrl).toMatch(/\/api\/v10$/);
  });

  it('has 242 operations, and none that is neither offered nor left out for a reason', () => {
    const ids = operations.map(({ operationId }) => operationId);
    const known = [...catalogue.flatMap(listOperationIds), ...Object.keys(LEFT_OUT)];

    expect(ids).toHaveLength(242);
    expect(known.toSorted()).toEqual(ids.toSorted());
  });

  it('gives us no deprecated operation to offer', () => {
    expect(catalogue.flatMap(listOperationIds).filter((id) => id.startsWith('deprecated'))).toEqual([]);
  });
});

describe.each(catalogue.map((action) => [action.id, action] as const))('action %s', (_, action) => {
  const operation = find(action.operationId);
  const byToken = find(action.byToken?.operationId);

  it('is an operation of Discord with this method and path', () => {
    const path = action.credential === 'webhook' ? action.byToken?.path : action.path;
    expect(operation).toMatchObject({ method: action.method, path });
    if (action.byToken === undefined) return;
    expect(byToken).toMatchObject({ method: action.method, path: action.byToken.path });
    expect(action.byToken.path.replace('/{webhook_token}', '')).toBe(action.path);
  });

  it('has the credential that Discord names', () => {
    if (action.credential === 'user') expect(operation?.oauthScopes).toEqual(action.scopes);
    if (action.credential === 'bot') expect(operation?.isForBots).toBe(true);
    if (action.credential === 'webhook') expect(byToken?.isOpen).toBe(true);
    expect(action.byToken === undefined ? true : byToken?.isOpen).toBe(true);
    expect(action.scopes.filter((scope) => !isKnownScope(scope))).toEqual([]);
  });

  it('takes exactly the path and query parameters of Discord', () => {
    const named = (place: string) =>
      operation?.parameters.filter((found) => found.in === place).map(({ name }) => name) ?? [];
    const ours = Object.keys(action.pathParameters);
    const fixed = Object.keys(action.byToken?.fixedQuery ?? {});

    expect((action.credential === 'webhook' ? [...ours, 'webhook_token'] : ours).toSorted()).toEqual(
      named('path').toSorted(),
    );
    expect([...Object.keys(action.query), ...fixed].toSorted()).toEqual(named('query').toSorted());
  });

  it('counts the successes that Discord names', () => {
    const others = Object.keys(OTHER_SUCCESSES[action.operationId] ?? {});

    expect([...action.successStatuses.map(String), ...others]).toEqual(
      operation?.statuses.filter((status) => /^2\d\d$/.test(status)),
    );
    if (byToken !== undefined && byToken !== operation) {
      expect(byToken.statuses).toEqual(expect.arrayContaining(action.successStatuses.map(String)));
    }
  });

  it("links Discord's documentation", () => {
    expect(action.docs).toMatch(/^https:\/\/discord\.com\/developers\/docs\/[a-z-/]+#[a-z-]+$/);
  });
});
