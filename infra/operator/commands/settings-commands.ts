import { changeIntegration, type IntegrationChange } from '../../../shared/app/operate-integration.ts';
import { refuse } from '../../../shared/app/operate-tenants.ts';
import { MAX_IDLE_EXPIRY_DAYS } from '../../../shared/domain/idle-expiry.ts';
import type { Integration } from '../../../shared/domain/integration.ts';
import { SCOPES } from '../../../shared/domain/scopes.ts';
import { ok } from '../../../shared/result.ts';
import { buildCommandLine, type Command, type CommandInput, type CommandResult } from '../command.ts';
import { toSettingsJson } from './to-settings-json.ts';

const widest = Math.max(...SCOPES.map(({ name }) => name.length));

export const setScopesCommand: Command = {
  name: 'set-scopes',
  positionals: ['SCOPE,SCOPE,...'],
  flags: {},
  summary: 'which Discord scopes apps may ask of their users',
  details: `The list replaces the one before. identify, email and guilds are the minimum. What each opens:\n\n${SCOPES.map(
    ({ name, opens }) => `  ${name.padEnd(widest)}  ${opens}`,
  ).join('\n')}`,
  run: (input) =>
    change(
      input,
      { scopes: splitList(input.positional(0)) },
      ({ scopes }) => `Scopes that apps may ask for: ${scopes.join(', ')}`,
      ({ scopes }) =>
        SCOPES.filter(({ name }) => name === 'messages.read' && scopes.includes(name)).map(
          ({ name, opens }) => `warning: ${name} opens ${opens}; users are asked for it and you gain nothing`,
        ),
    ),
};

export const setReturnOriginsCommand: Command = {
  name: 'set-return-origins',
  positionals: ['ORIGIN,ORIGIN,...'],
  flags: {},
  summary: 'to which origins a user may be sent back after Discord',
  details: `The list replaces the one before. Exact origins such as https://app.example.com: no path, no trailing slash. Plain http is
for loopback only; on a local gateway the port of a loopback origin may be *.`,
  run: (input) =>
    change(
      input,
      { returnOrigins: splitList(input.positional(0)) },
      ({ returnOrigins }) => `Users may be sent back to: ${returnOrigins.join(', ')}`,
    ),
};

const PKCE_OFF_WARNING = `warning: without PKCE an intercepted code is protected by state, cookie and client secret alone. Switch it on again: ${buildCommandLine('set-pkce', 'on')}`;

export const setPkceCommand: Command = {
  name: 'set-pkce',
  positionals: ['on|off'],
  flags: {},
  summary: 'whether PKCE (S256) is used with Discord',
  details:
    'On unless Discord refuses it. Off, an intercepted code is protected by state, cookie and client secret alone.',
  run: (input) =>
    change(
      input,
      { pkce: input.positional(0) === 'on' },
      ({ pkce }) => `PKCE is ${pkce ? 'on' : 'off'}.`,
      ({ pkce }) => (pkce ? [] : [PKCE_OFF_WARNING]),
    ),
};

export const setAuditRetentionCommand: Command = {
  name: 'set-audit-retention',
  positionals: ['DAYS'],
  flags: {},
  summary: 'how many days audit records are kept',
  details: `From 1 to 3650 days; 365 unless set. It holds for records that are made from now on (running functions learn it within five
minutes); each of the earlier ones keeps the end that it was made with.`,
  run: (input) =>
    change(
      input,
      // What is no number at all is refused with what is none of these numbers.
      { auditRetentionDays: /^\d{1,9}$/.test(input.positional(0)) ? Number(input.positional(0)) : Number.NaN },
      ({ auditRetentionDays }) => `New audit records are kept for ${String(auditRetentionDays)} days.`,
    ),
};

export const setIdleExpiryCommand: Command = {
  name: 'set-idle-expiry',
  positionals: ['DAYS|off'],
  flags: {},
  summary: 'after how many days without use a connection is disconnected',
  details: `From 1 to ${MAX_IDLE_EXPIRY_DAYS} days; off unless set. Days count from the end of the last access token, which lives for seven days and is
renewed by use: with 30, a connection ends between 30 and 37 days after its last call. The sweep closes it and revokes it at
Discord; the user can connect again.`,
  run: (input) => {
    const days = input.positional(0);
    const isNumber = /^\d{1,9}$/.test(days);
    if (!isNumber && days !== 'off') return Promise.resolve(refuse('say a number of days, or off'));
    return change(input, { idleExpiryDays: isNumber ? Number(days) : 'off' }, ({ idleExpiryDays }) =>
      idleExpiryDays === undefined
        ? 'Connections live on however long nobody uses them.'
        : `Connections that nobody has used for ${idleExpiryDays} days are disconnected by the sweep.`,
    );
  },
};

async function change(
  { edges }: CommandInput,
  wanted: IntegrationChange,
  toText: (integration: Integration) => string,
  toNotes: (integration: Integration) => string[] = () => [],
): Promise<CommandResult> {
  const changed = await changeIntegration(edges, wanted);
  if (!changed.ok) return changed;
  return ok({ text: toText(changed.value), json: toSettingsJson(changed.value), notes: toNotes(changed.value) });
}

/** An empty place between two commas stays one, and is refused as an unknown name. */
function splitList(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}
