import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { DEFAULT_DISCORD_BASE_URL } from '../../shared/env.ts';
import { Secret } from '../../shared/domain/secret.ts';

/** Which Discord a local run talks to: the simulator, or another one with the operator's own application. */
export type DiscordChoice =
  | { readonly kind: 'simulator' }
  | {
      readonly kind: 'external';
      readonly baseUrl: string;
      readonly clientId: string;
      readonly clientSecret: Secret;
      readonly botToken?: Secret;
    };

/** What `.env` and the environment ask of a local run. */
export interface LocalSettings {
  /** Port of the gateway; the simulator and the example app take the next two. */
  readonly port: number;
  readonly discord: DiscordChoice;
}

/** Thrown for settings that make no sense; the message is for the person who wrote them. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

const DEFAULT_PORT = 3000;

/** Reads `.env` in the current directory, over which the process environment wins, and checks the whole. */
export function loadLocalSettings(): LocalSettings {
  const fromFile = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return parseLocalSettings({ ...fromFile, ...process.env });
}

/** @throws SettingsError naming the variable that is wrong or missing */
export function parseLocalSettings(env: Readonly<Record<string, string | undefined>>): LocalSettings {
  const portText = env['PORT'] || String(DEFAULT_PORT);
  const port = Number(portText);
  // The simulator and the example app need the two ports above.
  if (!/^[0-9]+$/.test(portText) || port < 1 || port > 65_533) {
    throw new SettingsError(`PORT must be a number from 1 to 65533, not ${JSON.stringify(portText)}`);
  }
  const [baseUrl, clientId, clientSecret] = [
    env['DISCORD_BASE_URL'] || undefined,
    env['DISCORD_CLIENT_ID'] || undefined,
    env['DISCORD_CLIENT_SECRET'] || undefined,
  ];
  if (baseUrl === undefined && clientId === undefined && clientSecret === undefined) {
    return { port, discord: { kind: 'simulator' } };
  }
  if (clientId === undefined || clientSecret === undefined) {
    const missing = clientId === undefined ? 'DISCORD_CLIENT_ID' : 'DISCORD_CLIENT_SECRET';
    throw new SettingsError(`another Discord than the simulator needs client id and secret: ${missing} is missing`);
  }
  if (baseUrl !== undefined && (!URL.canParse(baseUrl) || new URL(baseUrl).origin !== baseUrl)) {
    throw new SettingsError('DISCORD_BASE_URL must be an origin such as https://discord.com, without a trailing slash');
  }
  const botToken = env['DISCORD_BOT_TOKEN'] || undefined;
  return {
    port,
    discord: {
      kind: 'external',
      baseUrl: baseUrl ?? DEFAULT_DISCORD_BASE_URL,
      clientId,
      clientSecret: new Secret(clientSecret),
      ...(botToken === undefined ? {} : { botToken: new Secret(botToken) }),
    },
  };
}
