/** An await that no scenario passes, and why none needs to. */
export interface Unreached {
  readonly file: string;
  /** How the awaited expression begins; empty: all of the file that are not passed. */
  readonly awaited: string;
  readonly reason: string;
}

const SETTINGS = 'an operator sets something up: no token and no connection is touched, and he sees whether it worked';

const TWO_AT_ONCE = 'only when two processes do the same at one moment; ';

const THROUGH_BOT =
  'a call through the bot: no token of a user is traded in it. What it leaves undone when it dies is a note: without it a message counts as ' +
  "anybody's, a webhook is used by permission, and a repetition is told that the outcome is not known (test/stores, test/functions)";

const FILES_THROUGH_BOT = [
  'functions/connections/explain.ts',
  'shared/app/bot-application.ts',
  'shared/app/bot-client.ts',
  'shared/app/bot-facts.ts',
  'shared/app/decide-action.ts',
  'shared/app/explain-actions.ts',
  'shared/app/filter-answer.ts',
  'shared/app/idempotent-call.ts',
  'shared/app/limit-search.ts',
  'shared/app/note-made.ts',
  'shared/app/own-webhooks.ts',
  'shared/app/run-action.ts',
  'shared/app/run-through-bot.ts',
  'shared/app/send-action.ts',
  'shared/app/send-within-limits.ts',
  'shared/authority/check-authority.ts',
  'shared/authority/filters.ts',
  'shared/authority/resolve-place.ts',
  'shared/authority/rule.ts',
  'shared/authority/rules/channels.ts',
  'shared/authority/rules/guilds.ts',
  'shared/authority/rules/members.ts',
  'shared/authority/rules/messages.ts',
  'shared/authority/rules/reactions.ts',
  'shared/authority/rules/threads.ts',
  'shared/authority/rules/webhooks.ts',
  'shared/authority/side.ts',
  'shared/edges/idempotency-store.ts',
  'shared/edges/made-store.ts',
  'shared/edges/tenant-guild-store.ts',
];

const BY_OPERATOR =
  'an operator signs in, looks at something or sets it up, and sees whether it worked: no token of a user is traded in it. What he disconnects or ' +
  'revokes goes the way of the scenarios that do so, and what he breaks off he begins again (test/functions/operator-*)';

const FILES_BY_OPERATOR = [
  'functions/operator/api-key-routes.ts',
  'functions/operator/audit-routes.ts',
  'functions/operator/connection-routes.ts',
  'functions/operator/doctor.ts',
  'functions/operator/guild-routes.ts',
  'functions/operator/health-routes.ts',
  'functions/operator/integration-routes.ts',
  'functions/operator/reconnect-links.ts',
  'functions/operator/revocation-routes.ts',
  'functions/operator/session-routes.ts',
  'functions/operator/tenant-routes.ts',
  'functions/operator/test-session-routes.ts',
  'functions/operator/try-tokens.ts',
  'shared/app/check-components.ts',
  'shared/app/check-setup.ts',
  'shared/app/find-live-key.ts',
  'shared/app/load-audit-records.ts',
  'shared/app/load-connection-detail.ts',
  'shared/app/load-health.ts',
  'shared/app/load-operator-status.ts',
  'shared/app/load-tenant-status.ts',
  'shared/app/load-work-status.ts',
  'shared/app/merge-audit-lists.ts',
  'shared/app/operate-guilds.ts',
  'shared/app/operate-integration.ts',
  'shared/app/operator-sessions.ts',
  'shared/app/probe-credentials.ts',
  'shared/app/revoke-in-steps.ts',
  'shared/app/roll-api-key.ts',
  'shared/app/search-connections.ts',
  'shared/app/sign-in-limit.ts',
  'shared/edges/app-secret-writer.ts',
  'shared/edges/audit-reader.ts',
  'shared/edges/metric-reader.ts',
  'shared/edges/operator-store.ts',
  'shared/edges/setup-codes.ts',
  'shared/edges/time-limit.ts',
  'shared/edges/token-key-probe.ts',
  'shared/http/authenticate-operator.ts',
  'shared/http/operator-route.ts',
  'shared/http/without-query.ts',
];

/** The awaits that the crash matrix leaves out. */
export const UNREACHED: readonly Unreached[] = [
  ...FILES_THROUGH_BOT.map((file): Unreached => ({ file, awaited: '', reason: THROUGH_BOT })),
  ...FILES_BY_OPERATOR.map((file): Unreached => ({ file, awaited: '', reason: BY_OPERATOR })),
  {
    file: 'functions/callback/callback.ts',
    awaited: 'deps.sessions.load(',
    reason: "the operator's own test is confirmed: the rest of it goes the way of an app's confirmation",
  },
  {
    file: 'functions/callback/callback.ts',
    awaited: 'respondHere(',
    reason: 'the page on which a connect without return URL ends: the connection is stored by then',
  },
  {
    file: 'functions/callback/respond-here.ts',
    awaited: '',
    reason: 'the link of that page: without it the page says the same and shows no way to end the connection',
  },
  {
    file: 'shared/app/accept-callback.ts',
    awaited: 'finishConnection(deps, session,',
    reason: 'the same browser comes back after an outage: it goes the way of a confirmation that is taken up again',
  },
  {
    file: 'shared/app/tenant-deletion/shred-tenant.ts',
    awaited: 'deps.tenantGuilds.remove(',
    reason:
      'the note that the tenant may act in a guild: it names no token, and is removed again when the deletion goes on',
  },
  { file: 'shared/app/operate-tenants.ts', awaited: '', reason: SETTINGS },
  { file: 'shared/edges/integration-store.ts', awaited: '', reason: SETTINGS },
  { file: 'shared/edges/key-use-store.ts', awaited: 'table.getAll(', reason: SETTINGS },
  {
    file: 'shared/edges/connection-token-store.ts',
    awaited: 'table.get(key)',
    reason: 'a connection token of that id is there already: nothing but that token depends on it',
  },
  {
    file: 'shared/edges/data-key-store.ts',
    awaited: 'removeUnused(tenantId, keyId)',
    reason: `${TWO_AT_ONCE}a data key that nothing was sealed with is left over`,
  },
  {
    file: 'shared/edges/spill-store.ts',
    awaited: '',
    reason: 'a second pair of the same version: Discord would have to take one refresh token twice',
  },
  {
    file: 'shared/app/sweep/recover-left-pair.ts',
    awaited: 'deps.connections.releaseRefreshLease(',
    reason: `${TWO_AT_ONCE}the lease then ends by its own time`,
  },
  {
    file: 'shared/app/tenant-deletion/shred-tenant.ts',
    awaited: 'deps.grants.remove(',
    reason: 'what was disconnected has left its grant: there only for what nobody foresaw',
  },
  {
    file: 'shared/app/tenant-deletion/shred-tenant.ts',
    awaited: 'deps.dataKeys.remove(',
    reason: 'the keys went first: there only for what nobody foresaw',
  },
];
