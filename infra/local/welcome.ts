/** Where everything is, once it runs. */
export interface Running {
  readonly gatewayUrl: string;
  readonly portalUrl: string;
  /** Absent once it has made an operator key. */
  readonly setupCode?: string;
  readonly redirectUri: string;
  /** Absent with another Discord than the simulator. */
  readonly simulatorUrl?: string;
  readonly discordUrl: string;
  /** Absent as long as there is no key for it. */
  readonly example?: RunningExample;
  readonly logFile: string;
}

/** The example app, and what it uses. */
export interface RunningExample {
  readonly url: string;
  /** Return URL for links made by hand. */
  readonly manualReturnUrl: string;
  readonly apiKey: string;
  readonly tenant: string;
}

/** Prints one line of JSON for scripts, or what a person needs to go on. The demo key is of this machine only. */
export function printWelcome(running: Running, isJson: boolean): void {
  if (isJson) console.log(JSON.stringify(toJson(running)));
  else console.log(running.example === undefined ? toTextOfEmpty(running) : toText(running, running.example));
}

function toJson(running: Running): Record<string, string | number> {
  return {
    gateway_url: running.gatewayUrl,
    portal_url: running.portalUrl,
    ...(running.setupCode === undefined ? {} : { setup_code: running.setupCode }),
    ...(running.simulatorUrl === undefined ? {} : { simulator_url: running.simulatorUrl }),
    discord_url: running.discordUrl,
    redirect_uri: running.redirectUri,
    ...(running.example === undefined
      ? {}
      : { example_url: running.example.url, api_key: running.example.apiKey, tenant: running.example.tenant }),
    pid: process.pid,
  };
}

function toText(running: Running, { url, tenant, apiKey, manualReturnUrl }: RunningExample): string {
  const { gatewayUrl, portalUrl, setupCode, simulatorUrl, discordUrl, redirectUri, logFile } = running;
  return `
Discord Integration is running.

  portal        ${portalUrl}   <- operate it here${setupCode === undefined ? '' : `\n  set-up code   ${setupCode} ${ONCE}`}
  gateway       ${gatewayUrl}
  Discord       ${simulatorUrl === undefined ? discordUrl : `${simulatorUrl} (simulator)`}
  example app   ${url}   <- open this in a browser and click "Connect Discord"
  redirect URI  ${redirectUri}
  tenant        ${tenant}
  API key       ${apiKey} (for this machine only)
  logs          ${logFile}

Make a connect link:

  curl -s ${gatewayUrl}/connect-sessions \\
    -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' \\
    -d '{"user_id": "alice", "return_url": "${manualReturnUrl}"}'

Ctrl-C stops everything. What was stored stays in .local/ for the next start; --fresh forgets it.`;
}

/** Nothing but the ways in: everything else comes of what is entered there. */
function toTextOfEmpty({ portalUrl, setupCode, simulatorUrl, discordUrl, logFile }: Running): string {
  return `
Discord Integration is running, and nothing is entered yet.

  portal            ${portalUrl}   <- begin here: it leads through the set-up
  set-up code       ${setupCode ?? 'used'} ${ONCE}
  Developer Portal  ${discordUrl}/developers/applications ${simulatorUrl === undefined ? '' : '(simulated) '}<- the portal sends you there
  logs              ${logFile}

The example app is not started, since there is no key for it. Ctrl-C stops everything; the next start with --empty begins anew.`;
}

const ONCE = '(the portal asks for it once)';
