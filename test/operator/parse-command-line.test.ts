import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../infra/operator/commands/index.ts';
import { UsageError } from '../../infra/operator/operator-error.ts';
import { parseCommandLine } from '../../infra/operator/parse-command-line.ts';

function refusalOf(...args: string[]): string {
  try {
    parseCommandLine(args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('was not refused');
}

describe('parseCommandLine', () => {
  it('has exactly these commands', () => {
    expect(Object.keys(COMMANDS)).toEqual([
      'status',
      'set-credentials',
      'set-scopes',
      'set-return-origins',
      'set-pkce',
      'set-audit-retention',
      'set-idle-expiry',
      'create-tenant',
      'list-tenants',
      'set-confirmation',
      'check-bot',
      'list-guilds',
      'assign-guild',
      'unassign-guild',
      'create-key',
      'list-keys',
      'roll-key',
      'revoke-key',
      'audit',
      'sweep',
      'disconnect',
      'revoke-all',
      'rotate-tenant-key',
      'delete-tenant',
      'make-setup-code',
    ]);
  });

  it('takes a switch without a value, and only for the command that has it', () => {
    const line = parseCommandLine(['revoke-all', '--yes', '--tenant', 'acme']);

    if (line.kind !== 'run') throw new Error('expected a command');
    expect([line.hasSwitch('yes'), line.flag('tenant')]).toEqual([true, 'acme']);
    const without = parseCommandLine(['delete-tenant', 'acme']);
    expect(without.kind === 'run' && without.hasSwitch('yes')).toBe(false);
    for (const args of [
      ['status', '--yes'],
      ['revoke-all', '--yes=1'],
      ['revoke-all', '--yes', '--yes'],
    ]) {
      expect(() => parseCommandLine(args)).toThrow(UsageError);
    }
  });

  it('takes any word where a placeholder is one of the choices', () => {
    for (const word of ['30', 'off', 'x']) expect(parseCommandLine(['set-idle-expiry', word]).kind).toBe('run');
    expect(() => parseCommandLine(['set-pkce', 'x'])).toThrow(UsageError);
  });

  it('takes flags before, between and behind the words', () => {
    const before = parseCommandLine(['--outputs', 'o.json', '--json', 'create-key', '--tenant=acme', '--name', 'a b']);
    const behind = parseCommandLine(['set-confirmation', 'acme', '--json', 'off', '--outputs=o.json']);

    if (before.kind !== 'run' || behind.kind !== 'run') throw new Error('expected commands');
    expect([before.command.name, before.flag('tenant'), before.flag('name')]).toEqual(['create-key', 'acme', 'a b']);
    expect([behind.positional(0), behind.positional(1)]).toEqual(['acme', 'off']);
    for (const line of [before, behind]) expect([line.isJson, line.outputsFile]).toEqual([true, 'o.json']);
  });

  it.each([
    [['help'], undefined],
    [['--help'], undefined],
    [['help', 'create-key'], 'create-key'],
    [['create-key', '--help'], 'create-key'],
    [['-h', 'revoke-key'], 'revoke-key'],
  ])('shows help for %j', (args, name) => {
    const line = parseCommandLine(args);

    expect([line.kind, line.command?.name]).toEqual(['help', name]);
  });

  it.each([
    [[], 'no command given'],
    [['--json'], 'no command given'],
    [['frobnicate'], 'unknown command frobnicate'],
    [['help', 'frobnicate'], 'unknown command frobnicate'],
    [['constructor'], 'unknown command constructor'],
    [['status', '--verbose'], 'unknown flag --verbose'],
    [['status', '-v'], 'unknown flag -v'],
    [['list-tenants', '--tenant', 'a'], 'unknown flag --tenant'],
    [['create-tenant'], 'TENANT is missing'],
    [['create-tenant', ''], 'TENANT is empty'],
    [['create-tenant', 'a', 'b'], 'too many arguments: create-tenant takes TENANT'],
    [['status', 'x'], 'too many arguments: status takes nothing'],
    [['create-key'], '--tenant TENANT is missing'],
    [['create-key', '--tenant'], '--tenant needs a value'],
    [['create-key', '--tenant', '--name', 'x'], '--tenant needs a value'],
    [['create-key', '--tenant='], '--tenant needs a value'],
    [['create-key', '--tenant', 'a', '--tenant', 'b'], '--tenant is given twice'],
    [['status', '--json=yes'], '--json takes no value'],
    [['set-pkce', 'yes'], 'say one of on, off'],
    [['set-confirmation', 'acme', 'ON'], 'say one of on, off'],
    [['set-confirmation', 'acme'], 'on|off is missing'],
  ])('refuses %j: %s', (args, message) => {
    expect(refusalOf(...args)).toBe(message);
  });

  it.each([
    [['set-credentials', '--client-id', '1', '--client-secret=hush-hush-hush']],
    [['set-credentials', '--client-id', '1', '--client-secret', 'hush-hush-hush']],
    [['set-credentials', '--client-id', '1', 'hush-hush-hush']],
    [['Hush-hush-hush']],
  ])('does not repeat what may be a secret in the wrong place: %j', (args) => {
    expect(refusalOf(...args).toLowerCase()).not.toContain('hush');
  });
});
