import { ErrorBoundary, LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { Failure } from './parts/failure.tsx';
import { ApiKeys } from './pages/api-keys.tsx';
import { Audit } from './pages/audit.tsx';
import { ConnectionDetail } from './pages/connection-detail.tsx';
import { Connections } from './pages/connections.tsx';
import { Doctor } from './pages/doctor.tsx';
import { Health } from './pages/health.tsx';
import { NotFound } from './pages/not-found.tsx';
import { RevokeEverything } from './pages/revoke.tsx';
import { Settings } from './pages/settings.tsx';
import { SetUp } from './pages/set-up.tsx';
import { Simulator } from './pages/simulator.tsx';
import { TestUser } from './pages/test-user.tsx';
import { TryIt } from './pages/try-it.tsx';
import { SessionGate, useSession } from './session.tsx';
import { useAction } from './parts/use-action.ts';
import { WORDS } from './words.ts';

const DISCORD = 'https://discord.com';

const NAVIGATION = [
  ['/portal', 'Set up'],
  ['/portal/connections', 'Connections'],
  ['/portal/doctor', 'Doctor'],
  ['/portal/try', 'Try it'],
  ['/portal/keys', 'API keys'],
  ['/portal/audit', 'Audit'],
  ['/portal/health', 'Health'],
  ['/portal/settings', 'Settings'],
  ['/portal/revoke', 'Revoke everything'],
] as const;

/** The portal: its pages by address, for who is signed in. */
export function App() {
  return (
    <LocationProvider scope="/portal">
      <SessionGate>
        <a class="skip" href="#main">
          {WORDS.skip}
        </a>
        <Header />
        <ErrorBoundary>
          <Router>
            <Route path="/portal" component={SetUp} />
            <Route path="/portal/set-up" component={SetUp} />
            <Route path="/portal/test-user" component={TestUser} />
            <Route path="/portal/connections" component={Connections} />
            <Route path="/portal/connections/:id" component={ConnectionDetail} />
            <Route path="/portal/doctor" component={Doctor} />
            <Route path="/portal/try" component={TryIt} />
            <Route path="/portal/keys" component={ApiKeys} />
            <Route path="/portal/audit" component={Audit} />
            <Route path="/portal/health" component={Health} />
            <Route path="/portal/settings" component={Settings} />
            <Route path="/portal/revoke" component={RevokeEverything} />
            <Route path="/portal/simulator" component={Simulator} />
            <Route default component={NotFound} />
          </Router>
        </ErrorBoundary>
      </SessionGate>
    </LocationProvider>
  );
}

function Header() {
  const { path } = useLocation();
  const { session, signOut } = useSession();
  const leave = useAction(signOut);
  const isLocal = session.discord_base_url !== DISCORD;
  const entries = [...NAVIGATION, ...(isLocal ? ([['/portal/simulator', 'Simulator']] as const) : [])];
  return (
    <header>
      <nav aria-label="Portal">
        <ul>
          {entries.map(([href, name]) => (
            <li key={href}>
              <a href={href} {...(isCurrent(path, href) ? { 'aria-current': 'page' as const } : {})}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="account">
        <Failure error={leave.error} />
        <button type="button" class="secondary small" aria-busy={leave.isRunning} onClick={() => void leave.run()}>
          {WORDS.signOut}
        </button>
      </div>
    </header>
  );
}

function isCurrent(path: string, href: string): boolean {
  if (href === '/portal') return path === href || path === '/portal/set-up' || path === '/portal/test-user';
  return path === href || path.startsWith(`${href}/`);
}
