import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Failure } from './failure.tsx';
import type { Action } from './use-action.ts';
import { isConflict } from './use-integration.ts';

/**
 * Why the settings were not saved. What was entered stays on the page; after a look at theirs one can save again. Stands within the
 * form: faults that its fields tell are not told twice, the first of these fields gets the focus.
 */
export function SaveFailure({ of: save, onLoad }: { readonly of: Action<[]>; readonly onLoad: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const [isLoaded, setIsLoaded] = useState(false);
  const [looked, setLooked] = useState<{ readonly at: unknown; readonly isMarked: boolean }>();
  const { error, isRunning } = save;
  useEffect(() => {
    if (isRunning) setIsLoaded(false);
  }, [isRunning]);
  // The button that had the focus is gone.
  useEffect(() => {
    if (isLoaded) place.current?.focus();
  }, [isLoaded]);
  // Before anything of it is seen or read out: what the fields tell must not be told here first.
  useLayoutEffect(() => {
    const marked = place.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? null;
    setLooked({ at: error, isMarked: marked !== null });
    if (error !== undefined) marked?.focus();
  }, [error]);
  const load = (): void => {
    setIsLoaded(true);
    save.clear();
    onLoad();
  };
  return (
    <div ref={place} tabIndex={-1}>
      {isLoaded && (
        <p class="notice">
          What was saved meanwhile is in the form now, except where you have entered something yourself. Save again when
          it is as you want it.
        </p>
      )}
      {isConflict(error) ? (
        <div class="notice warn" role="alert">
          <strong>Somebody else has changed the settings</strong>
          <p>
            Nothing of yours was saved. Load theirs, look at them, and save again: what you have changed stays in the
            form.
          </p>
          <p>
            <button type="button" class="secondary" onClick={load}>
              Load theirs
            </button>
          </p>
        </div>
      ) : error === undefined || looked?.at !== error ? null : looked.isMarked ? (
        <p class="notice failed" role="alert">
          Nothing was saved. What to mend stands at the marked fields.
        </p>
      ) : (
        <Failure error={error} />
      )}
    </div>
  );
}
