import { changeIntegration, type IntegrationChange } from '../../../shared/app/operate-integration.ts';
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
