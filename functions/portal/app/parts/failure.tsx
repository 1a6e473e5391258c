import { OfflineError, ProblemError } from '../api.ts';
import { WORDS } from '../words.ts';

/** What went wrong, in the gateway's own words, and what the reader can do. Says nothing while nothing went wrong. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  if (error === undefined || error === null) return null;
  return (
    <div class="notice failed" role="alert">
      <FailureText error={error} />
      {onRetry && (
        <p>
          <button type="button" class="secondary" onClick={onRetry}>
            {WORDS.retry}
          </button>
        </p>
      )}
    </div>
  );
}

function FailureText({ error }: { readonly error: unknown }) {
  if (error instanceof OfflineError) {
    return (
      <>
        <strong>{WORDS.offlineTitle}</strong>
        <p>{WORDS.offline}</p>
      </>
    );
  }
  if (!(error instanceof ProblemError)) {
    return (
      <>
        <strong>{WORDS.brokenTitle}</strong>
        <p>{WORDS.broken}</p>
      </>
    );
  }
  const { title, detail, errors = [], instance, code } = error.problem;
  return (
    <>
      <strong>{title}</strong>
      <p>{detail}</p>
      {errors.length > 1 && (
        <ul>
          {errors.map((fault) => (
            <li key={`${fault.pointer ?? fault.parameter ?? ''} ${fault.detail}`}>
              <code>{fault.pointer ?? fault.parameter}</code> {fault.detail}
            </li>
          ))}
        </ul>
      )}
      <p class="quiet">
        <code>{code}</code>
        {instance !== undefined && (
          <>
            {' · '}
            <code>{instance.replace('urn:request:', '')}</code>
          </>
        )}
      </p>
    </>
  );
}
