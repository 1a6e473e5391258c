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
  readonly exampleUrl: string;
  /** Return URL for links made by hand. */
  readonly manualReturnUrl: string;
  readonly apiKey: string;
  readonly tenant: string;
  readonly logFile: string;
}

/** Prints one line of JSON for scripts, or what a person needs to go on. The demo key is of this machine only. */
export function printWelcome(running: Running, isJson: boolean): void {
  console.log(isJson ? JSON.stringify(toJson(running)) : toText(running));
}

function toJson(running: Running): Record<string, string | number> {
  return {
    gateway_url: running.gatewayUrl,
    portal_url: running.portalUrl,
    ...(running.setupCode === undefined ? {} : { setup_code: running.setupCode }),
    ...(running.simulatorUrl === undefined ? {} : { simulator_url: running.simulatorUrl }),
    discord_url: running.discordUrl,
    example_url: running.exampleUrl,
    redirect_uri: running.redirectUri,
    api_key: running.apiKey,
    tenant: running.tenant,
    pid: process.pid,
  };
}

function toText(running: Running): string {
  const {
    gatewayUrl,
    portalUrl,
    simulatorUrl,
    discordUrl,
    exampleUrl,
    manualReturnUrl,
    apiKey,
    tenant,
    redirectUri,
    logFile,
  } = running;
  return `
Discord Integration is running.

  portal        ${portalUrl}   <- operate it here${describeSetupCode(running)}
  gateway       ${gatewayUrl}
  Discord       ${simulatorUrl === undefined ? discordUrl : `${simulatorUrl} (simulator)`}
  example app   ${exampleUrl}   <- open this in a browser and click "Connect Discord"
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

/** As long as nobody has signed in for the first time. */
function describeSetupCode({ setupCode }: Running): string {
  return setupCode === undefined ? '' : `\n  set-up code   ${setupCode} (the portal asks for it once)`;
}
