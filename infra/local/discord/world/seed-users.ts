import type { WorldUser } from './world.ts';

const PLAIN = {
  avatar: null,
  discriminator: '0',
  banner: null,
  accent_color: null,
  public_flags: 0,
  flags: 0,
  mfa_enabled: false,
  locale: 'en-US',
  verified: true,
  connections: [],
} as const;

/** Owns one guild, administers another, has two-factor on and linked accounts. */
const ada: WorldUser = {
  ...PLAIN,
  id: '175928847299117063',
  username: 'ada.lovelace',
  global_name: 'Ada',
  avatar: 'a_8342729096ea3675442027381ff50dfe',
  banner: '06c16474723fe537c283b8efa61a30c8',
  accent_color: 16_711_680,
  public_flags: 64,
  flags: 64,
  mfa_enabled: true,
  email: 'ada@example.com',
  connections: [
    { id: '583231', name: 'ada-l', type: 'github', verified: true, visibility: 1 },
    { id: '76561197960287930', name: 'countess', type: 'steam', verified: true, visibility: 0 },
    { id: 'adal', name: 'Ada L', type: 'spotify', verified: true, visibility: 1, revoked: true },
  ],
};

/** A moderator: manages webhooks and messages in one guild, but not the guild itself. */
const grace: WorldUser = {
  ...PLAIN,
  id: '302050872383242240',
  username: 'grace_hopper',
  global_name: 'Grace',
  email: 'grace@example.com',
  locale: 'en-GB',
  connections: [{ id: 'UC29ju8bIPH5as8OGnQzwJyA', name: 'Grace', type: 'youtube', verified: true, visibility: 1 }],
};

/** An ordinary member without special rights and without a display name, on a legacy four-digit name. */
const linus: WorldUser = {
  ...PLAIN,
  id: '80351110224678912',
  username: 'Linus',
  discriminator: '1337',
  global_name: null,
  avatar: '8342729096ea3675442027381ff50dfe',
  email: 'linus@example.com',
  locale: 'fi',
};

/** Signed up with a telephone number: no e-mail address, nothing verified. */
const mina: WorldUser = {
  ...PLAIN,
  id: '1180351110224678913',
  username: 'mina',
  global_name: 'Mina',
  email: null,
  verified: false,
  locale: 'ja',
};

/** A name that tests every place that prints one: Arabic, a right-to-left override, markup, an emoji, a combining accent. */
const noor: WorldUser = {
  ...PLAIN,
  id: '1266498532160634880',
  username: 'noor.u202e',
  global_name: 'نور \u202E<img src=x onerror=alert(1)> &amp; 👩‍🚀 Zoe\u0301',
  email: 'noor+"quoted"@example.com',
  verified: true,
  locale: 'pt-BR',
};

/** In no guild at all. */
const solo: WorldUser = {
  ...PLAIN,
  id: '1342183742021472256',
  username: 'solo',
  global_name: 'Solo',
  email: 'solo@example.com',
  locale: 'de',
};

/** The accounts one can sign in with at the simulator's consent page, by a short name for tests and documents. */
export const SEED_USERS = { ada, grace, linus, mina, noor, solo } as const;
