import { useState } from 'preact/hooks';
import { call, toQuery } from '../api.ts';
import { Copy } from '../parts/copy.tsx';
import { ConfirmDialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Time } from '../parts/time.tsx';
import { useAction } from '../parts/use-action.ts';
import { useIntegration } from '../parts/use-integration.ts';
import type { ConnectionDetail } from './connection-detail-type.ts';

/** What an operator can do with one connection. */
export function ConnectionActions(props: { readonly connection: ConnectionDetail; readonly onChanged: () => void }) {
  const { connection, onChanged } = props;
  const [asked, setAsked] = useState<'link' | 'disconnect'>();
  const close = (): void => setAsked(undefined);
  const query = toQuery({ connection_id: connection.id });
  const isOver = connection.status === 'disconnected';
  return (
    <>
      <div class="buttons">
        {!isOver && (
          <>
            <a class="button secondary" href={`/portal/try${query}`}>
              Try it
            </a>
            <a class="button secondary" href={`/portal/doctor${query}`}>
              Doctor
            </a>
          </>
        )}
        <button type="button" class="secondary" onClick={() => setAsked('link')}>
          Make a reconnect link
        </button>
        {!isOver && (
          <button type="button" class="danger" onClick={() => setAsked('disconnect')}>
            Disconnect
          </button>
        )}
      </div>
      {asked === 'link' && <ReconnectDialog connection={connection} onClose={close} />}
      {asked === 'disconnect' && <DisconnectDialog connection={connection} onClose={close} onDone={onChanged} />}
    </>
  );
}

function DisconnectDialog(props: {
  readonly connection: ConnectionDetail;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { connection, onClose, onDone } = props;
  const disconnect = useAction(async () => {
    await call('DELETE', `/operator/connections/${connection.id}`);
    onClose();
    onDone();
  });
  const others = connection.shared_with;
  return (
    <ConfirmDialog title="Disconnect this user?" confirm="Disconnect" action={disconnect} onClose={onClose}>
      <p>
        The app can do nothing more for{' '}
        <bdi>{connection.discord_user.global_name ?? connection.discord_user.username}</bdi> until he connects again.
        Bots and webhooks that are in his servers stay there.
      </p>
      <p>
        {others > 0
          ? `The same account is connected ${others === 1 ? 'once' : `${others} times`} more. Discord knows one authorization for all of them, so it is revoked with the last one only.`
          : 'The tokens are revoked at Discord.'}
      </p>
    </ConfirmDialog>
  );
}

function ReconnectDialog({
  connection,
  onClose,
}: {
  readonly connection: ConnectionDetail;
  readonly onClose: () => void;
}) {
  const { data: integration } = useIntegration();
  const [typed, setTyped] = useState<string>();
  const [link, setLink] = useState<{ readonly authorize_url: string; readonly expires_at: string }>();
  const origin = integration?.return_origins.find((entry) => !entry.endsWith('*'));
  const returnUrl = typed ?? (origin === undefined ? '' : `${origin}/`);
  const make = useAction(async () => {
    const { data } = await call<{ authorize_url: string; expires_at: string }>(
      'POST',
      `/operator/connections/${connection.id}/reconnect-links`,
      { body: { return_url: returnUrl } },
    );
    setLink(data);
  });
  return (
    <ConfirmDialog
      title="A link to connect again"
      confirm="Make the link"
      action={make}
      isReady={link === undefined && returnUrl !== ''}
      onClose={onClose}
    >
      {link === undefined ? (
        <>
          <p>
            Send it to the user; the connection keeps its id. It comes back to your app, which confirms it in the user's
            own session, as always.
          </p>
          <Field
            label="Return address"
            hint="The page of your app to which connect links return. Its origin must be among the return origins."
            error={make.error}
            pointer="/return_url"
          >
            {(control) => (
              <input
                {...control}
                type="url"
                value={returnUrl}
                onInput={(event) => setTyped(event.currentTarget.value)}
              />
            )}
          </Field>
        </>
      ) : (
        <div role="status">
          <p>
            It works once, until <Time at={link.expires_at} />.
          </p>
          <Copy text={link.authorize_url} label="reconnect link" />
        </div>
      )}
    </ConfirmDialog>
  );
}
