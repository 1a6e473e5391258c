import type { Connection } from '../../shared/domain/connection.ts';
import { sealContexts } from '../../shared/domain/seal-contexts.ts';
import { parseConnection, parseConnectSession, parseCredentialGate, parseTodo } from '../../shared/edges/records.ts';
import type { ConnectSession } from '../../shared/domain/connect-session.ts';
import { ACCOUNT_IDS, ACCOUNTS, Draft, type Account, type Pair, type Spilled, type Tenant } from './reference/state.ts';
import { toHeldAnswer } from './reference/answers.ts';
import type { World } from './world.ts';

type Item = Readonly<Record<string, unknown>>;

const ACCESS_LIFE_MS = 604_800_000;

/** What there really is, in the model's terms, and what is wrong with it whatever the model says. */
export interface Observation {
  readonly state: Draft;
  /** One line for each stored pair that does not open or belongs to somebody else. */
  readonly faults: readonly string[];
}

/**
 * Reads table and simulator.
 * @param expected - the model's state: what cannot be seen is taken from there
 * @param codes - session → authorization code that its browser brought back
 */
export async function observe(world: World, expected: Draft, codes: ReadonlyMap<string, string>): Promise<Observation> {
  const state = new Draft();
  const faults: string[] = [];
  state.isSecretRight = expected.isSecretRight;
  const accountOf = (id: string): Account => (ACCOUNT_IDS.ada === id ? 'ada' : 'grace');

  const inspectSpill = async (connection: Connection, account: Account): Promise<Spilled | undefined> => {
    const { id, tenantId, tokensVersion, refreshLease } = connection;
    // Only a refresh that never gave its lease back leaves one.
    if (refreshLease === undefined) return undefined;
    const sealed = await world.loadSpill(id, tokensVersion + 1);
    if (sealed === undefined) return undefined;
    const text = await world.open(sealContexts.spill(tenantId, id, tokensVersion + 1), sealed);
    const { pair, expiresAtEpochSeconds } = JSON.parse(text) as { pair: object; expiresAtEpochSeconds: number };
    return {
      pair: await inspect(id, account, JSON.stringify(pair), undefined),
      expiresAtSeconds: expiresAtEpochSeconds,
    };
  };
  const inspect = async (holder: string, account: Account, text: string, known: Pair | undefined): Promise<Pair> => {
    const { accessToken, refreshToken } = JSON.parse(text) as { accessToken: string; refreshToken: string };
    const refresh = await world.control.inspectToken({ token: refreshToken });
    const access = await world.control.inspectToken({ token: accessToken });
    for (const owner of [refresh.user_id, access.user_id]) {
      if (owner !== null && owner !== ACCOUNT_IDS[account]) faults.push(`${holder} holds a token of somebody else`);
    }
    const accessUntilMs = world.expiries?.ofAccessToken(accessToken) ?? known?.accessUntilMs;
    return {
      isAlive: refresh.is_usable,
      accessUntilMs: access.is_usable ? (accessUntilMs ?? world.clock.worldEpochMs() + ACCESS_LIFE_MS) : 0,
    };
  };
  const findCodeExpiry = ({ id, status }: ConnectSession, known: number): number => {
    if (status !== 'open' && status !== 'returned' && status !== 'confirming') return 0;
    return world.expiries?.ofCode(codes.get(id) ?? '') ?? known;
  };
  const readConnection = async (connection: Connection): Promise<void> => {
    const account = accountOf(connection.discordUser.id);
    const { id, tenantId, tokensVersion, sealedTokens } = connection;
    const known = expected.connections.get(id);
    const context = sealContexts.tokens(tenantId, id, tokensVersion);
    const knownPair = known?.version === tokensVersion ? known.pair : undefined;
    const pair =
      sealedTokens === undefined
        ? undefined
        : await inspect(id, account, await world.open(context, sealedTokens), knownPair);
    const spilled = await inspectSpill(connection, account);
    state.connections.set(id, {
      who: { tenant: tenantId as Tenant, user: connection.userId, account },
      status: connection.status,
      ...(connection.statusReason === undefined ? {} : { reason: connection.statusReason }),
      isOwed: connection.isRevocationOwed === true,
      version: tokensVersion,
      ...(pair === undefined ? {} : { pair }),
      expiresAtSeconds: connection.tokenExpiresAtEpochSeconds,
      connectedAtSeconds: connection.connectedAtEpochSeconds ?? connection.createdAtEpochSeconds,
      ...(connection.refreshHold === undefined
        ? {}
        : {
            hold: {
              untilMs: connection.refreshHold.untilEpochMs,
              reason: toHeldAnswer(connection.refreshHold.reason),
            },
          }),
      ...(connection.refreshLease === undefined ? {} : { leaseUntilMs: connection.refreshLease.untilEpochMs }),
      isUncertain: connection.refreshUncertainSinceEpochSeconds !== undefined,
      ...(connection.grantMember === undefined ? {} : { member: connection.grantMember }),
      ...(spilled === undefined ? {} : { spilled }),
    });
  };
  const readSession = async (session: ConnectSession): Promise<void> => {
    const known = expected.sessions.get(session.id);
    const who = known?.who ?? { tenant: session.tenantId as Tenant, user: session.userId, account: 'ada' };
    const context = sealContexts.tokenAnswer(session.tenantId, session.id);
    const kept =
      session.sealedAnswer === undefined
        ? undefined
        : await inspect(session.id, who.account, await world.open(context, session.sealedAnswer), known?.kept);
    state.sessions.set(session.id, {
      who,
      ...(session.connectionId === undefined ? {} : { repairs: session.connectionId }),
      isRefused: known?.isRefused ?? false,
      status: session.status,
      wrongConfirmations: session.wrongConfirmations,
      createdAtSeconds: session.createdAtEpochSeconds,
      returnedAtSeconds: session.returnedAtEpochSeconds ?? session.createdAtEpochSeconds,
      confirmableUntilSeconds: session.confirmableUntilEpochSeconds ?? session.expiresAtEpochSeconds,
      ...(session.claimedUntilEpochMs === undefined ? {} : { claimUntilMs: session.claimedUntilEpochMs }),
      codeUntilMs: findCodeExpiry(session, known?.codeUntilMs ?? 0),
      ...(world.expiries === undefined && session.sealedCode !== undefined ? { isCodeUnknown: true } : {}),
      ...(kept === undefined ? {} : { kept }),
    });
  };

  for (const item of await world.listItems()) {
    const pk = String(item['pk']);
    if (pk.startsWith('CONNECTION#')) await readConnection(parsed(parseConnection, item));
    else if (pk.startsWith('SESSION#')) await readSession(parsed(parseConnectSession, item));
    else if (pk.startsWith('GRANT#')) readGrant(state, accountOf(pk.split('#')[2] ?? ''), item);
    else if (pk.startsWith('TODO#')) {
      const { kind, id, notBeforeEpochSeconds } = parsed(parseTodo, item);
      (kind === 'REVOKE' ? state.revocations : state.answers).set(id, notBeforeEpochSeconds);
    } else if (pk.startsWith('GATE#')) {
      const gate = parsed(parseCredentialGate, item);
      state.gate = { state: gate.state, sinceMs: gate.sinceEpochMs, nextProbeAtMs: gate.nextProbeAtEpochMs };
    }
  }
  const { items } = await world.control.listAuthorizations();
  for (const account of ACCOUNTS) {
    const found = items.find(({ user_id }) => user_id === ACCOUNT_IDS[account]);
    state.changeAccount(account, { livePairs: found?.live_refresh_tokens ?? 0 });
  }
  return { state, faults };
}

function readGrant(state: Draft, account: Account, item: Item): void {
  const members = item['members'];
  const since = item['revokingSinceEpochSeconds'];
  state.changeAccount(account, {
    members: members instanceof Set ? [...members].map(String) : [],
    ...(typeof since === 'number' ? { revokingSinceSeconds: since } : {}),
  });
}

function parsed<T>(parse: (item: Item) => T | undefined, item: Item): T {
  const value = parse(item);
  if (value === undefined) throw new Error('an item without content');
  return value;
}
