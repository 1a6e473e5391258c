import { describe, expect, it } from 'vitest';
import { findChangeFaults, mergeCredentials, type IntegrationChange } from '../../../shared/app/integration-change.ts';
import { Secret } from '../../../shared/domain/secret.ts';

const ONE = '1157382094513872926';
const TWO = '1157382094513872927';
const STORED = { clientId: ONE, clientSecret: new Secret('stored-secret'), botToken: new Secret('stored-bot') };

function merge(...args: Parameters<typeof mergeCredentials>) {
  const merged = mergeCredentials(...args);
  if ('fault' in merged) return merged.fault.pointer;
  const { clientId, clientSecret, botToken } = merged.merged;
  return [clientId, clientSecret.reveal(), botToken?.reveal()];
}

describe('mergeCredentials', () => {
  const next = new Secret('next-secret');
  const bot = new Secret('next-bot');

  it.each([
    ['keeps the bot token with another secret', { clientSecret: next }, [ONE, 'next-secret', 'stored-bot']],
    ['keeps the secret with another bot token', { botToken: bot }, [ONE, 'stored-secret', 'next-bot']],
    ['takes the bot token away', { botToken: 'removed' }, [ONE, 'stored-secret', undefined]],
    ['takes the same client id for no change', { clientId: ONE }, [ONE, 'stored-secret', 'stored-bot']],
    [
      'drops the bot token of another application',
      { clientId: TWO, clientSecret: next },
      [TWO, 'next-secret', undefined],
    ],
    ['asks for the secret of another application', { clientId: TWO }, '/client_secret'],
    ['asks for it though a bot token comes', { clientId: TWO, botToken: bot }, '/client_secret'],
  ] as const)('%s', (_what, change, expected) => {
    expect(merge(change, STORED, ONE)).toEqual(expected);
  });

  it('goes by the application of the settings, not by that of a secret that was not written', () => {
    expect(merge({ botToken: bot }, STORED, TWO)).toBe('/client_secret');
    expect(merge({ clientSecret: next }, STORED, TWO)).toEqual([TWO, 'next-secret', undefined]);
  });

  it('asks for what is missing at first', () => {
    expect(merge({ clientSecret: next }, undefined, undefined)).toBe('/client_id');
    expect(merge({ clientId: ONE }, undefined, undefined)).toBe('/client_secret');
    expect(merge({ botToken: bot }, STORED, undefined)).toEqual([ONE, 'stored-secret', 'next-bot']);
  });
});

describe('findChangeFaults', () => {
  const find = (change: IntegrationChange) => findChangeFaults(change, 'https://connect.example');

  it('has nothing against a change of nothing, or of everything to what it may be', () => {
    expect(find({})).toEqual([]);
    expect(
      find({
        credentials: { clientId: ONE, clientSecret: new Secret('s'.repeat(32)), botToken: new Secret('b'.repeat(72)) },
        scopes: ['guilds', 'email', 'identify', 'messages.read'],
        returnOrigins: ['https://app.example'],
        auditRetentionDays: 3650,
        idleExpiryDays: 1,
        botPermissions: '18446744073709551615',
        branding: { name: 'Acme', color: '#00aaff', logo: undefined },
      }),
    ).toEqual([]);
  });

  it.each([
    ['identify', 'no connection can be made'],
    ['email', 'the profile has no email address'],
    ['guilds', 'cannot be read'],
  ])('says what is lost without %s', (dropped, lost) => {
    const scopes = ['identify', 'email', 'guilds'].filter((scope) => scope !== dropped);
    const [fault, ...others] = find({ scopes });

    expect([fault?.pointer, others]).toEqual(['/scopes', []]);
    expect(fault?.detail).toContain(`missing: ${dropped} (without ${dropped} `);
    expect(fault?.detail).toContain(lost);
  });

  it('never repeats a secret that it refuses', () => {
    const secret = 'this secret has spaces in it';
    const faults = find({ credentials: { clientSecret: new Secret(secret), botToken: new Secret(secret) } });

    expect(faults.map(({ pointer }) => pointer)).toEqual(['/client_secret', '/bot_token']);
    expect(JSON.stringify(faults)).not.toContain(secret);
  });
});
