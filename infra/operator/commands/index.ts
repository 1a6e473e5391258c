import type { Command } from '../command.ts';
import { createKeyCommand, listKeysCommand, revokeKeyCommand } from './key-commands.ts';
import { setCredentialsCommand } from './set-credentials.ts';
import { setPkceCommand, setReturnOriginsCommand, setScopesCommand } from './settings-commands.ts';
import { statusCommand } from './status.ts';
import { createTenantCommand, listTenantsCommand, setConfirmationCommand } from './tenant-commands.ts';

/** Every command, in the order in which a new installation needs them. */
export const COMMANDS: Readonly<Record<string, Command>> = Object.fromEntries(
  [
    statusCommand,
    setCredentialsCommand,
    setScopesCommand,
    setReturnOriginsCommand,
    setPkceCommand,
    createTenantCommand,
    listTenantsCommand,
    setConfirmationCommand,
    createKeyCommand,
    listKeysCommand,
    revokeKeyCommand,
  ].map((command) => [command.name, command]),
);

/** @returns nothing for an unknown word */
export function findCommand(name: string): Command | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}
