import { findRevokeScope, revokeAll, type RevokeAllReport } from '../../../shared/app/revoke-all.ts';
import { ok } from '../../../shared/result.ts';
import { buildNarrator } from '../build-narrator.ts';
import { buildCommandLine, type Command } from '../command.ts';
import { COMMAND_DEADLINE, describeOwed } from './describe-owed.ts';

export const revokeAllCommand: Command = {
  name: 'revoke-all',
  positionals: [],
  flags: { tenant: { value: 'TENANT', isRequired: false } },
  switches: ['yes'],
  needsTokens: true,
  summary: 'the panic switch: disconnect every connection and revoke it at Discord',
  details: `Without --tenant: those of all tenants. Without --yes it only says how many there are. All connections are closed first, which
stops every call; then they are revoked at Discord, as quickly as that allows. Broken off, run it again: what is done is passed
over. Users can connect again at once. What Discord does not take now, the sweep goes on with.`,
  run: async ({ edges, io, flag, hasSwitch }) => {
    const tenantId = flag('tenant');
    const scope = await findRevokeScope(edges, tenantId);
    if (!scope.ok) return scope;
    const { open, owed } = scope.value.counts;
    const whose = tenantId === undefined ? 'of all tenants' : `of tenant ${tenantId}`;
    if (!hasSwitch('yes')) {
      const again = buildCommandLine('revoke-all', ...(tenantId === undefined ? [] : ['--tenant', tenantId]), '--yes');
      return ok({
        text: `Connections ${whose} to disconnect: ${open}; to revoke at Discord: ${open + owed}. Nothing was done; to do it:\n${again}`,
        json: { open, owed, done: false },
        isIncomplete: true,
      });
    }
    const report = await revokeAll(edges, scope.value, COMMAND_DEADLINE, buildNarrator(io));
    return ok({ ...describe(report), isIncomplete: report.owed > 0 || report.failed > 0 });
  },
};

function describe({ closed, revoked, owed, failed, refusedWith }: RevokeAllReport) {
  const lines = [
    `Connections closed: ${closed}; revoked at Discord: ${revoked}.`,
    ...(failed === 0 ? [] : [`Not even closed, since others wrote to them too often: ${failed}. Run it again.`]),
    ...describeOwed(owed, refusedWith),
  ];
  return {
    text: lines.join('\n'),
    json: {
      closed,
      revoked,
      owed,
      failed,
      ...(refusedWith === undefined ? {} : { refused_with: refusedWith }),
      done: true,
    },
  };
}
