import { useState } from 'preact/hooks';
import { call } from '../api.ts';
import { Copy } from '../parts/copy.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field, findFault } from '../parts/field.tsx';
import { Time } from '../parts/time.tsx';
import { useAction } from '../parts/use-action.ts';
import { useIntegration } from '../parts/use-integration.ts';
import { WORDS } from '../words.ts';
import type { ConnectionDetail } from './connection-detail-type.ts';

interface Link {
  readonly authorize_url: string;
  readonly expires_at: string;
}

/** Makes a link by which the user of a connection connects again. */
export function ReconnectDialog(props: { readonly connection: ConnectionDetail; readonly onClose: () => void }) {
  const { connection, onClose } = props;
  const [link, setLink] = useState<Link>();
  return (
    <Dialog title="A link to connect again" onClose={onClose}>
      {link === undefined ? (
        <LinkForm {...{ connection, onClose }} onLink={setLink} />
      ) : (
        <>
          <div role="status">
            <p>
              Send this to the user. It works once, until <Time at={link.expires_at} />.
            </p>
          </div>
          <Copy text={link.authorize_url} label="reconnect link" />
          <div class="buttons">
            <button type="button" class="secondary" onClick={onClose}>
              {WORDS.close}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function LinkForm(props: {
  readonly connection: ConnectionDetail;
  readonly onLink: (link: Link) => void;
  readonly onClose: () => void;
}) {
  const { connection, onLink, onClose } = props;
  const { data: integration } = useIntegration();
  const [typed, setTyped] = useState<string>();
  const origins = integration?.return_origins ?? [];
  const origin = origins.find((entry) => !entry.includes('*'));
  const returnUrl = typed ?? (origin === undefined ? '' : `${origin}/`);
  const make = useAction(async () => {
    const path = `/operator/connections/${connection.id}/reconnect-links`;
    onLink((await call<Link>('POST', path, { body: { return_url: returnUrl.trim() } })).data);
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void make.run();
      }}
    >
      <p>
        The user opens the link, agrees at Discord, and comes back to your app. The app's back end confirms it as it
        does with every connect link. The connection keeps its id, and what works now goes on working until then.
      </p>
      {integration !== undefined && origins.length === 0 && (
        <p class="notice warn">
          There is no return origin yet, so no link can be made.{' '}
          <a href="/portal/settings">Enter one in the settings</a>
        </p>
      )}
      {findFault(make.error, '/return_url') === undefined && <Failure error={make.error} />}
      <Field
        label="Return address"
        hint={`The page of your app that connect links return to.${origins.length === 0 ? '' : ` Allowed: ${origins.join(', ')}`}`}
        error={make.error}
        pointer="/return_url"
      >
        {(control) => (
          <input
            {...control}
            type="url"
            required
            value={returnUrl}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="buttons">
        <button type="button" class="secondary" onClick={onClose}>
          {WORDS.cancel}
        </button>
        <button type="submit" aria-busy={make.isRunning}>
          Make the link
        </button>
      </div>
    </form>
  );
}
