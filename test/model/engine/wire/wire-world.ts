import { FunctionFailure, type Invoker } from '../../../../infra/local/gateway/invoker.ts';
import type { LocalTarget } from '../../../../infra/local/stack/local-target.ts';
import { changeIntegration } from '../../../../shared/app/operate-integration.ts';
import { Secret } from '../../../../shared/domain/secret.ts';
import { liveEdges } from '../../../../shared/edges/live.ts';
import { startHarness, type Harness } from '../../../support/harness.ts';
import { TENANTS, type Tenant } from '../../reference/state.ts';
import type { World } from '../../world.ts';
import type { HttpAnswer, HttpCall } from '../http-call.ts';
import { buildContext } from '../invocation-context.ts';
import { ModelClock } from '../model-clock.ts';
import { createSandbox, type RunOptions, type Sandbox } from '../sandbox.ts';
import { NO_STRIKE } from '../turnstile.ts';
import { createGatedClients, createGatedFetch } from './gated-clients.ts';
import { rememberTable } from './remember-table.ts';

/** Sandboxes that can work at the same time. */
const SANDBOXES = 4;

/** Names the sandbox that is to work on a request. */
const SANDBOX_HEADER = 'x-model-sandbox';

/** A spilled pair's version at the most; a sequence is not longer. */
const MAX_VERSIONS = 30;

/** The whole product on the wire, as the model's {@link World}: gateway, AWS servers and simulator behind sockets. */
export async function openWireWorld(): Promise<World> {
  const clock = new ModelClock();
  const sandboxes: Sandbox[] = [];
  const options: RunOptions[] = Array.from({ length: SANDBOXES }, () => ({}));
  let requests = 0;
  const nextId = (): string => `request-${(requests += 1)}`;
  const choose = (number: number): Sandbox => {
    if (sandboxes.length === 0) sandboxes.push(...openSandboxes(harness, clock));
    const sandbox = sandboxes[number];
    if (sandbox === undefined) throw new Error(`there is no sandbox ${number}`);
    return sandbox;
  };
  const invokeIn: Invoker = async (functionLogicalId, event, context) => {
    const { headers } = event as { readonly headers: Readonly<Record<string, string>> };
    const number = Number(headers[SANDBOX_HEADER] ?? 0);
    const done = await choose(number).run(
      ({ invoke }) => invoke(functionLogicalId, event, context),
      options[number] ?? {},
    );
    if (done === undefined) throw new FunctionFailure('died');
    return done.value;
  };
  const harness: Harness = await startHarness({
    clock,
    createInvoker: () => invokeIn,
    simulator: {
      now: () => clock.worldEpochMs(),
      limits: { route: NO_LIMIT, global_per_user: NO_LIMIT, global_per_ip: NO_LIMIT },
    },
  });
  const { simulator, wire, edges, log } = harness;
  const { clientId, clientSecret: firstSecret } = simulator.application;
  const keys = {} as Record<Tenant, string>;
  for (const tenant of TENANTS) keys[tenant] = await harness.makeTenant(tenant);
  const table = await rememberTable(harness);
  const openInspector = () => liveEdges({ clock, log, metrics: harness.metrics });
  // Sets the environment that the inspector reads.
  choose(0);
  let inspector = openInspector();
  let logged = log.entries.length;
  const enterSecret = async (secret: string): Promise<void> => {
    const changed = await changeIntegration(edges, { credentials: { clientId, clientSecret: new Secret(secret) } });
    if (!changed.ok) throw new Error(changed.failure.detail);
  };

  return {
    engine: 'gateway, AWS SDK, AWS servers (dynalite) and simulator over HTTP',
    clock,
    keys,
    origin: harness.origin,
    control: simulator.control,
    send: async (call, { sandbox, ...how }) => {
      options[sandbox] = how;
      return toHttpAnswer(harness, await wire.send(call.method, call.target, toSendOptions(call, sandbox)));
    },
    sweep: async ({ sandbox, ...how }) => {
      const context = buildContext(nextId(), () => clock.nowEpochMs());
      return (await choose(sandbox).run(({ invoke }) => invoke('MaintenanceFunction', {}, context), how)) !== undefined;
    },
    operate: async (command, { sandbox, ...how }) =>
      (await choose(sandbox).run((inside) => command(inside.edges()), how)) !== undefined,
    strikeOf: (sandbox) => sandboxes[sandbox]?.strike() ?? NO_STRIKE,
    decideAtDiscord: (location, { userId, isRefused }) =>
      wire.consent(location, { userId, decision: isRefused ? 'cancel' : 'authorize' }),
    enterSecret,
    listItems: () => harness.scanTable(),
    open: (context, sealed) => inspector.vault.open(context, sealed),
    loadSpill: (connectionId, tokensVersion) => inspector.spills.load({ connectionId, tokensVersion }),
    get log() {
      return log.entries.slice(logged);
    },
    refreshes: [],
    coldStart: () => {
      for (const sandbox of sandboxes) sandbox.coldStart();
    },
    reset: async () => {
      await removeSpills(inspector, log.entries.slice(logged));
      await simulator.control.reset();
      if (simulator.application.clientSecret !== firstSecret) {
        await simulator.control.resetClientSecret({ client_secret: firstSecret });
        await enterSecret(firstSecret);
      }
      await table.restore();
      clock.correct();
      logged = log.entries.length;
      inspector = openInspector();
      for (const sandbox of sandboxes) sandbox.coldStart();
    },
    stop: () => harness.stop(),
  };
}

const NO_LIMIT = { limit: 1_000_000, window_ms: 1000 };

function openSandboxes(harness: Harness, clock: ModelClock): Sandbox[] {
  const target: LocalTarget = harness.stack.target;
  const { log, metrics } = harness;
  return Array.from({ length: SANDBOXES }, () =>
    createSandbox(target, (turnstile) => ({
      clock,
      log,
      metrics,
      sleep: (milliseconds) => turnstile.rest(milliseconds, (passed) => clock.advance(passed)),
      aws: createGatedClients(target, turnstile),
      fetch: createGatedFetch(turnstile),
    })),
  );
}

function toSendOptions({ headers = {}, json }: HttpCall, sandbox: number) {
  return { headers: { ...headers, [SANDBOX_HEADER]: String(sandbox) }, ...(json === undefined ? {} : { json }) };
}

/** What is secret in an answer to a browser is named for the leak scan. */
function toHttpAnswer(harness: Harness, answer: HttpAnswer): HttpAnswer {
  const location = new URL(answer.headers['location'] ?? 'none:');
  for (const [parameter, kind] of [
    ['confirmation_code', 'confirmation code'],
    ['state', 'state'],
  ] as const) {
    const value = location.searchParams.get(parameter);
    if (value !== null) harness.knowSecret({ kind, value, scope: 'logs' });
  }
  return answer;
}

/** Connection ids are the same in every sequence, and so would be the names of what lies in the second place. */
async function removeSpills(
  { spills }: ReturnType<typeof liveEdges>,
  log: readonly { readonly event: string; readonly [field: string]: unknown }[],
): Promise<void> {
  const spilled = log.filter(({ event }) => event === 'rotated_tokens_spilled');
  for (const connectionId of new Set(spilled.map((entry) => String(entry['connection_id'])))) {
    for (let tokensVersion = 1; tokensVersion <= MAX_VERSIONS; tokensVersion += 1) {
      await spills.remove({ connectionId, tokensVersion });
    }
  }
}
