import { TENANTS } from '../../reference/state.ts';
import type { World } from '../../world.ts';
import { DIED } from '../http-call.ts';
import { buildContext } from '../invocation-context.ts';
import { NO_STRIKE } from '../turnstile.ts';
import { invokeFor } from './local-gateway.ts';
import { openLocalWorld } from './local-world.ts';

/** The whole product in this process, as the model's {@link World}. */
export async function openPlainWorld(): Promise<World> {
  const local = await openLocalWorld(TENANTS);
  let requests = 0;
  const now = (): number => local.clock.nowEpochMs();
  const choose = (sandbox: number) => {
    const chosen = local.sandboxes[sandbox];
    if (chosen === undefined) throw new Error(`there is no sandbox ${sandbox}`);
    return chosen;
  };
  const nextId = (): string => `request-${(requests += 1)}`;
  return {
    engine: 'functions, KMS, Secrets Manager and simulator in one process without sockets, table in memory',
    clock: local.clock,
    keys: local.keys,
    origin: local.origin,
    get control() {
      return local.discord.control;
    },
    expiries: {
      ofAccessToken: (token) => local.discord.store.findByAccessToken(token)?.accessExpiresAtEpochMs ?? 0,
      ofCode: (code) =>
        local.discord.store.snapshot().codes.find((record) => record.code === code)?.expiresAtEpochMs ?? 0,
    },
    send: async (call, { sandbox, ...options }) => {
      const where = { origin: local.origin, requestId: nextId(), now };
      const done = await choose(sandbox).run(({ invoke }) => invokeFor(invoke, call, where), options);
      return done?.value ?? DIED;
    },
    sweep: async ({ sandbox, ...options }) => {
      const context = buildContext(nextId(), now);
      const done = await choose(sandbox).run(({ invoke }) => invoke('MaintenanceFunction', {}, context), options);
      return done !== undefined;
    },
    operate: async (command, { sandbox, ...options }) =>
      (await choose(sandbox).run(({ edges }) => command(edges()), options)) !== undefined,
    strikeOf: (sandbox) => local.sandboxes[sandbox]?.strike() ?? NO_STRIKE,
    decideAtDiscord: (location, { userId, isRefused }) => {
      const form = new URLSearchParams(new URL(location).search);
      form.set('user_id', userId);
      form.set('decision', isRefused ? 'cancel' : 'authorize');
      const { headers, status, body } = local.decideAtDiscord(location, form);
      const back = headers['location'];
      if (back === undefined) throw new Error(`the consent page answered ${status}: ${body}`);
      return Promise.resolve(back);
    },
    enterSecret: (secret) => local.enterSecret(secret),
    listItems: () => Promise.resolve(local.listItems()),
    open: (context, sealed) => local.inspector.vault.open(context, sealed),
    loadSpill: (connectionId, tokensVersion) => local.inspector.spills.load({ connectionId, tokensVersion }),
    log: local.log.entries,
    refreshes: local.refreshes,
    coldStart: () => {
      for (const sandbox of local.sandboxes) sandbox.coldStart();
    },
    reset: () => {
      requests = 0;
      local.reset();
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
  };
}
