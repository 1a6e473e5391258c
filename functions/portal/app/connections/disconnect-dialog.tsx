import { call, load, ProblemError } from '../api.ts';
import { toDisplayName } from '../parts/connection-words.ts';
import { ConfirmDialog } from '../parts/dialog.tsx';
import { useAction } from '../parts/use-action.ts';
import type { ConnectionDetail } from './connection-detail-type.ts';

/** Asks before a connection is closed, and says what follows. */
export function DisconnectDialog(props: {
  readonly connection: ConnectionDetail;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { connection, onClose, onDone } = props;
  const disconnect = useAction(async () => {
    await closeConnection(connection.id);
    onDone();
  });
  return (
    <ConfirmDialog title="Disconnect this user?" confirm="Disconnect" action={disconnect} onClose={onClose}>
      <p>
        Your app can do nothing more for <bdi class="break">{toDisplayName(connection)}</bdi> until they connect again.
      </p>
      <ul>
        <li>{describeTokens(connection.shared_with)}</li>
        <li>
          {connection.webhooks_owned === 0 ? 'A bot stays' : 'A bot and the webhooks stay'} in the servers that they
          came to. Administrators can remove them there.
        </li>
      </ul>
    </ConfirmDialog>
  );
}

/**
 * An error of Discord's can mean that the connection is closed and the revocation is not done yet: what counts is how it stands now.
 */
async function closeConnection(id: string): Promise<void> {
  const path = `/operator/connections/${id}`;
  try {
    await call('DELETE', path);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const now = await load<ConnectionDetail>(path);
    if (now.status !== 'disconnected') throw error;
  }
}

function describeTokens(others: number): string {
  if (others === 0) return 'The tokens are revoked at Discord.';
  const times = others === 1 ? 'one more connection lives' : `${others} more connections live`;
  return `The same account is connected more than once: ${times} on the same consent at Discord. They go on working, and Discord is told to revoke only with the last of them.`;
}
