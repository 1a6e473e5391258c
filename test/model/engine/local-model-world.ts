import { toPassingAnswer } from '../reference/answers.ts';
import { TENANTS, type Tenant } from '../reference/state.ts';
import type { World } from '../world.ts';
import { buildContext } from './local-gateway.ts';
import { openLocalWorld } from './local-world.ts';

const NO_STRIKE = { hasStruck: false, isAnswerGone: false };

/** The whole product in this process, as the model's {@link World}. */
export async function openInProcessWorld(): Promise<World> {
  const local = await openLocalWorld(TENANTS);
  let requests = 0;
  const run = ({ sandbox, fault, wait }: Parameters<World['send']>[1]) => {
    requests += 1;
    const chosen = local.sandboxes[sandbox];
    if (chosen === undefined) throw new Error(`there is no sandbox ${sandbox}`);
    return { chosen, options: { requestId: `request-${requests}`, fault, ...(wait === undefined ? {} : { wait }) } };
  };
  return {
    engine: 'handlers, KMS, Secrets Manager and simulator in one process; table in memory',
    isSteered: true,
    clock: local.clock,
    keys: local.keys as Record<Tenant, string>,
    origin: local.origin,
    clientId: local.clientId,
    get control() {
      return local.discord.control;
    },
    expiries: {
      ofAccessToken: (token) => local.discord.store.findByAccessToken(token)?.accessExpiresAtEpochMs ?? 0,
      ofCode: (code) =>
        local.discord.store.snapshot().codes.find((record) => record.code === code)?.expiresAtEpochMs ?? 0,
    },
    send: (call, how) => {
      const { chosen, options } = run(how);
      return chosen.send(call, options);
    },
    sweep: async (how) => {
      const { chosen, options } = run(how);
      const context = buildContext(options.requestId, () => local.clock.nowEpochMs());
      try {
        const isDone = await chosen.run((invoke) => invoke('MaintenanceFunction', {}, context), options);
        return isDone ? 'swept' : '503 gateway';
      } catch (error) {
        return toPassingAnswer(error instanceof Error ? error.message : '');
      }
    },
    strikeOf: (sandbox) => local.sandboxes[sandbox]?.strike() ?? NO_STRIKE,
    decideAtDiscord: (location, form) => {
      const { headers, status, body } = local.decideAtDiscord(location, form);
      const back = headers['location'];
      if (back === undefined) throw new Error(`the consent page answered ${status}: ${body}`);
      return Promise.resolve(back);
    },
    enterSecret: (secret) => local.enterSecret(secret),
    listItems: () => Promise.resolve(local.listItems()),
    open: (context, sealed) => local.inspector.vault.open(context, sealed),
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
