import { disconnectConnection } from '../../../shared/app/disconnect-connection.ts';
import { refuse } from '../../../shared/app/operate-tenants.ts';
import { CONNECTION_ID_PATTERN } from '../../../shared/domain/ids.ts';
import { ok } from '../../../shared/result.ts';
import type { Command } from '../command.ts';
import { COMMAND_DEADLINE, describeOwed } from './describe-owed.ts';

export const disconnectCommand: Command = {
  name: 'disconnect',
  positionals: ['CONNECTION'],
  flags: {},
  needsTokens: true,
  summary: 'disconnect one connection and revoke it at Discord, unless another connection shares the authorization',
  details: 'CONNECTION is its id, con_ and 22 characters. The user can connect again. Repeating it is safe.',
  run: async ({ edges, positional }) => {
    const id = positional(0);
    if (!CONNECTION_ID_PATTERN.test(id)) return refuse('a connection id is con_ and 22 letters, digits, - and _');
    const connection = await edges.connections.load(id);
    if (connection === undefined) return refuse(`there is no connection ${id}`);
    const order = { reason: 'disconnected_by_operator', actor: { kind: 'operator' } } as const;
    const ended = await disconnectConnection(edges, connection, order, COMMAND_DEADLINE);
    const stored = ended.ok ? ended.value : await edges.connections.load(id);
    if (stored?.status !== 'disconnected') return refuse('others wrote to it too often; run it again');
    const isOwed = stored.isRevocationOwed === true;
    const owed = describeOwed(Number(isOwed), ended.ok ? undefined : ended.failure.reason);
    return ok({
      text: [`Connection ${id} of tenant ${stored.tenantId} is disconnected.`, ...owed].join('\n'),
      json: { id, tenant: stored.tenantId, status: stored.status, status_reason: stored.statusReason, owed: isOwed },
      isIncomplete: isOwed,
    });
  },
};
