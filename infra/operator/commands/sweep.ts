import { runSweep, type SweepReport } from '../../../shared/app/sweep/run-sweep.ts';
import { ok } from '../../../shared/result.ts';
import { buildTable } from '../build-table.ts';
import type { Command } from '../command.ts';

/** Milliseconds. As long as a person may want to look on; what is left, the next run goes on with. */
const RUN_MS = 15 * 60_000;

export const sweepCommand: Command = {
  name: 'sweep',
  positionals: [],
  flags: {},
  needsTokens: true,
  summary: 'do now what the schedule does every five minutes',
  details: `Revocations owed, confirmations that were broken off, tenants that are being deleted, and a look at all connections if one is due
(once in 24 hours, or after a rotation or a new idle expiry). Harmless beside the schedule's own runs, and as often as you like.`,
  run: async ({ edges }) => {
    const endEpochMs = edges.clock.nowEpochMs() + RUN_MS;
    const report = await runSweep(edges, { remainingMs: () => endEpochMs - edges.clock.nowEpochMs() });
    return ok({ text: toText(report), json: toJson(report) });
  },
};

function toText(report: SweepReport): string {
  const yes = (is: boolean): string => (is ? 'yes' : 'no');
  return buildTable([
    ['revocations done', String(report.revocationsDone)],
    ['revocations owed', String(report.revocationsOwed)],
    ['confirmations settled', String(report.answersSettled)],
    ['confirmations left', String(report.answersLeft)],
    ['tenants shredded', String(report.shredded)],
    ['connections looked at', String(report.connectionsSeen)],
    ['idle ones closed', String(report.idleDisconnected)],
    ['sealed anew', String(report.resealed)],
    ['spilled pairs recovered', String(report.spillsRecovered)],
    ['old data keys deleted', String(report.dataKeysDeleted)],
    ['pass complete', yes(report.isPassComplete)],
    ['behind', yes(report.isBehind)],
  ]);
}

function toJson(report: SweepReport): unknown {
  const toSnakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(report).map(([name, value]) => [toSnakeCase(name), value]));
}
