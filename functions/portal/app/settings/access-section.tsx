import { useState } from 'preact/hooks';
import { call } from '../api.ts';
import { ConfirmDialog } from '../parts/dialog.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { Time } from '../parts/time.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session.tsx';

/** The operator's own way in: his key and his sessions. */
export function AccessSection() {
  const { session, signOut } = useSession();
  const [asked, setAsked] = useState<'key' | 'sessions'>();
  const [key, setKey] = useState<string>();
  const close = (): void => setAsked(undefined);
  const roll = useAction(async () => {
    const { data } = await call<{ operator_key: string }>('POST', '/operator/key', { body: {} });
    setKey(data.operator_key);
    close();
  });
  const end = useAction(async () => {
    await call('DELETE', '/operator/sessions');
    await signOut().catch(() => undefined);
  });
  return (
    <>
      <p>
        You are signed in until <Time at={session.expires_at} />. Version {session.version}.
      </p>
      <div class="buttons">
        <button type="button" class="secondary" onClick={() => setAsked('key')}>
          Roll the operator key
        </button>
        <button type="button" class="secondary" onClick={() => setAsked('sessions')}>
          Sign out everywhere
        </button>
      </div>
      <div role="status">
        {key !== undefined && (
          <ShownOnce title="The new operator key. It is shown only now." text={key} label="operator key">
            <p>Keep it where you keep passwords. The old one is refused from now on.</p>
          </ShownOnce>
        )}
      </div>
      {asked === 'key' && (
        <ConfirmDialog title="Roll the operator key?" confirm="Make the new key" action={roll} onClose={close}>
          <p>
            The old key is refused at once, and everybody but this browser is signed out. The new key is shown once.
          </p>
        </ConfirmDialog>
      )}
      {asked === 'sessions' && (
        <ConfirmDialog title="Sign out everywhere?" confirm="Sign out everywhere" action={end} onClose={close}>
          <p>All browsers are signed out, this one too. The operator key goes on working.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
