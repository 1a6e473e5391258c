import { createContext, type ComponentChildren } from 'preact';
import { useCallback, useContext, useMemo } from 'preact/hooks';
import { call, keepCsrfToken, load, ProblemError } from './api.ts';
import { Failure } from './parts/failure.tsx';
import { useLoad } from './parts/use-load.ts';
import { SignIn } from './pages/sign-in.tsx';
import type { Session } from './wire.ts';
import { WORDS } from './words.ts';

interface SignedIn {
  readonly session: Session;
  readonly signOut: () => Promise<void>;
}

const Context = createContext<SignedIn | undefined>(undefined);

/** The session of whoever is signed in. Only below {@link SessionGate}. */
export function useSession(): SignedIn {
  const signedIn = useContext(Context);
  if (signedIn === undefined) throw new Error('nobody is signed in');
  return signedIn;
}

/** Shows its children to who is signed in, and the way in to everybody else. The address stays, so one comes back to it. */
export function SessionGate({ children }: { readonly children: ComponentChildren }) {
  const loaded = useLoad((signal) => load<Session>('/operator/session', signal), []);
  const { data: session, error, isLoading, reload } = loaded;
  const isSignedOut = error instanceof ProblemError && error.problem.status === 401;
  keepCsrfToken(isSignedOut ? undefined : session?.csrf_token, reload);
  const signOut = useCallback(async () => {
    await call('DELETE', '/operator/session');
    reload();
  }, [reload]);
  const value = useMemo(() => session && { session, signOut }, [session, signOut]);
  if (isSignedOut) return <SignIn onSignedIn={reload} />;
  if (value !== undefined) return <Context.Provider value={value}>{children}</Context.Provider>;
  return (
    <main class="alone">
      <h1>{WORDS.product}</h1>
      {isLoading ? (
        <p aria-busy="true" role="status">
          {WORDS.loading}
        </p>
      ) : (
        <Failure error={error} onRetry={reload} />
      )}
    </main>
  );
}
