import { computeEarlySeconds } from './act-rules.ts';
import type { Draft, Moment } from './state.ts';

/**
 * Seconds around a moment at which something changes by itself, within which the model does not say what comes. Before it there
 * must be room for the waits of all who are under way at once: one waits 8 s for a refresh, and the clock moves with each.
 */
const BEFORE = 30;
const AFTER = 3;

/** Whether anything changes by itself about now. Then it is better to let a few seconds pass first. */
export function isUnclear(draft: Draft, { gatewayMs, discordMs }: Moment): boolean {
  const byGateway: number[] = [];
  const byDiscord: number[] = [];
  for (const [id, { expiresAtSeconds, hold, leaseUntilMs, pair }] of draft.connections) {
    byGateway.push(expiresAtSeconds - 60, expiresAtSeconds - computeEarlySeconds(id));
    if (hold !== undefined) byGateway.push(hold.untilMs / 1000, hold.untilMs / 1000 - 900);
    if (leaseUntilMs !== undefined) byGateway.push(leaseUntilMs / 1000, leaseUntilMs / 1000 - 900);
    if (pair !== undefined) byDiscord.push(pair.accessUntilMs / 1000);
  }
  for (const session of draft.sessions.values()) {
    byGateway.push(
      session.createdAtSeconds + 600,
      session.returnedAtSeconds + 100,
      session.confirmableUntilSeconds,
      (session.claimUntilMs ?? 0) / 1000,
    );
    byDiscord.push(session.codeUntilMs / 1000);
  }
  for (const { revokingSinceSeconds = 0, members } of Object.values(draft.accounts)) {
    byGateway.push(revokingSinceSeconds + 300, ...members.map((member) => Number(member.split(':')[2]) + 120));
  }
  const { gate } = draft;
  if (gate !== undefined)
    byGateway.push(gate.nextProbeAtMs / 1000, gate.nextProbeAtMs / 1000 - 900, (gate.sinceMs + 600_000) / 1000);
  byGateway.push(...draft.revocations.values(), ...draft.answers.values());
  const isNear = (moments: readonly number[], nowSeconds: number): boolean =>
    moments.some((moment) => moment > nowSeconds - AFTER && moment < nowSeconds + BEFORE);
  return isNear(byGateway, gatewayMs / 1000) || isNear(byDiscord, discordMs / 1000);
}
