import type { Account, Draft, Moment, Pair } from './state.ts';

/** Milliseconds that an access token lives. Discord docs: topics/oauth2 */
const ACCESS_LIFE_MS = 604_800_000;
export const ACCESS_LIFE_SECONDS = 604_800;

/** Milliseconds that an authorization code lives. */
export const CODE_LIFE_MS = 100_000;

/** Discord issues a new pair. */
export function issuePair(draft: Draft, account: Account, { discordMs }: Moment): Pair {
  draft.changeAccount(account, { livePairs: draft.accounts[account].livePairs + 1 });
  return { isAlive: true, accessUntilMs: discordMs + ACCESS_LIFE_MS };
}

/** Discord trades a pair for a new one. */
export function rotatePair({ discordMs }: Moment): Pair {
  return { isAlive: true, accessUntilMs: discordMs + ACCESS_LIFE_MS };
}

export function canAct(pair: Pair, { discordMs }: Moment): boolean {
  return pair.isAlive && pair.accessUntilMs > discordMs;
}

/** The authorization ends: every token and every unused code of the account dies. */
export function endAuthorization(draft: Draft, account: Account): void {
  changePairs(draft, account, (pair) => ({ ...pair, isAlive: false }));
  for (const [id, { who }] of draft.sessions) if (who.account === account) draft.changeSession(id, { codeUntilMs: 0 });
  draft.changeAccount(account, { livePairs: 0 });
}

/** Access tokens run out at once; refresh tokens live on. */
export function expireAccessTokens(draft: Draft, account: Account, { discordMs }: Moment): void {
  changePairs(draft, account, (pair) => ({ ...pair, accessUntilMs: Math.min(pair.accessUntilMs, discordMs) }));
}

/** Something happens to all pairs of an account, wherever they are kept. */
function changePairs(draft: Draft, account: Account, change: (pair: Pair) => Pair): void {
  for (const [id, { who, pair, spilled }] of draft.connections) {
    if (who.account !== account) continue;
    draft.changeConnection(id, {
      ...(pair === undefined ? {} : { pair: change(pair) }),
      ...(spilled === undefined ? {} : { spilled: { ...spilled, pair: change(spilled.pair) } }),
    });
  }
  for (const [id, { who, kept }] of draft.sessions) {
    if (who.account === account && kept !== undefined) draft.changeSession(id, { kept: change(kept) });
  }
}
