import type { Command } from '../command.ts';
import { auditCommand } from './audit.ts';
import { deleteTenantCommand } from './delete-tenant.ts';
import { disconnectCommand } from './disconnect.ts';
import { checkBotCommand } from './check-bot.ts';
import { assignGuildCommand, listGuildsCommand, unassignGuildCommand } from './guild-commands.ts';
import { createKeyCommand, listKeysCommand, revokeKeyCommand, rollKeyCommand } from './key-commands.ts';
import { makeSetupCodeCommand } from './make-setup-code.ts';
import { revokeAllCommand } from './revoke-all.ts';
import { rotateTenantKeyCommand } from './rotate-tenant-key.ts';
import { setCredentialsCommand } from './set-credentials.ts';
import {
  setAuditRetentionCommand,
  setIdleExpiryCommand,
  setPkceCommand,
  setReturnOriginsCommand,
  setScopesCommand,
} from './settings-commands.ts';
import { statusCommand } from './status.ts';
import { sweepCommand } from './sweep.ts';
import { createTenantCommand, listTenantsCommand, setConfirmationCommand } from './tenant-commands.ts';

/** Every command, in the order in which a new installation needs them. */
export const COMMANDS: Readonly<Record<string, Command>> = Object.fromEntries(
  [
    statusCommand,
    setCredentialsCommand,
    setScopesCommand,
    setReturnOriginsCommand,
    setPkceCommand,
    setAuditRetentionCommand,
    setIdleExpiryCommand,
    createTenantCommand,
    listTenantsCommand,
    setConfirmationCommand,
    checkBotCommand,
    listGuildsCommand,
    assignGuildCommand,
    unassignGuildCommand,
    createKeyCommand,
    listKeysCommand,
    rollKeyCommand,
    revokeKeyCommand,
    auditCommand,
    sweepCommand,
    disconnectCommand,
    revokeAllCommand,
    rotateTenantKeyCommand,
    deleteTenantCommand,
    makeSetupCodeCommand,
  ].map((command) => [command.name, command]),
);

/** @returns nothing for an unknown word */
export function findCommand(name: string): Command | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}
