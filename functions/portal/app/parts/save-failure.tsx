import { Failure } from './failure.tsx';
import { isConflict } from './use-integration.ts';

/** Why the settings were not saved. What was entered stays on the page; after a look at theirs one can save again. */
export function SaveFailure({ error, onLoad }: { readonly error: unknown; readonly onLoad: () => void }) {
  if (!isConflict(error)) return <Failure error={error} />;
  return (
    <div class="notice warn" role="alert">
      <strong>Somebody else has changed the settings</strong>
      <p>
        Nothing of yours was saved. Load theirs, look at them, and save again: what you have changed stays in the form.
      </p>
      <p>
        <button type="button" class="secondary" onClick={onLoad}>
          Load theirs
        </button>
      </p>
    </div>
  );
}
