import type { Fault, Strike } from './engine/turnstile.ts';
import type { Confirmer } from './reference/connect-rules.ts';
import type { Account, Tenant, Who } from './reference/state.ts';

/** Who takes part: `ada` is shared by two users of one tenant and one of another, and one user has a second account. */
export const PEOPLE: readonly Who[] = [
  { tenant: 'north', user: 'first', account: 'ada' },
  { tenant: 'north', user: 'second', account: 'ada' },
  { tenant: 'south', user: 'first', account: 'ada' },
  { tenant: 'north', user: 'first', account: 'grace' },
];

/** Something that happens to the product. Numbers that pick a session or connection count from the newest, modulo how many there are. */
export type Operation =
  | {
      readonly kind: 'come_back';
      readonly person: number;
      readonly isRefused: boolean;
      /** The user has decided at Discord, and his browser is not back yet. */
      readonly isSlow: boolean;
      /** The session names a connection of this user to repair. */
      readonly isRepair: boolean;
      readonly fault?: Fault;
    }
  | { readonly kind: 'come_back_again'; readonly session: number; readonly fault?: Fault }
  | { readonly kind: 'confirm'; readonly session: number; readonly as: Confirmer; readonly fault?: Fault }
  | {
      readonly kind: 'act' | 'read' | 'disconnect';
      readonly connection: number;
      /** With the other tenant's key. */
      readonly isForeign: boolean;
      readonly fault?: Fault;
    }
  | { readonly kind: 'sweep'; readonly fault?: Fault }
  /** The operator's commands `revoke-all --tenant` and `rotate-tenant-key`. */
  | { readonly kind: 'revoke_all' | 'rotate_key'; readonly tenant: Tenant; readonly fault?: Fault }
  | { readonly kind: 'wait' | 'jump'; readonly seconds: number }
  | { readonly kind: 'user_revokes' | 'access_expires'; readonly account: Account }
  | { readonly kind: 'secret_reset' | 'secret_entered' | 'cold_start' };

/** What an operation turned out to be about, and how it ended. */
export interface Outcome extends Strike {
  readonly answer: string;
  /** The app could not confirm as it should: the code that it needs never reached it. */
  readonly isCodeless?: boolean;
  /** Session or connection. */
  readonly id?: string;
}

/** As it stands in the report of a failure. */
export function describeOperation(operation: Operation): string {
  const { kind, ...details } = operation;
  const told = Object.entries(details).flatMap(([name, value]) => {
    if (value === false || value === undefined) return [];
    if (name === 'fault') {
      const { service, call, count, isLate, kind: how } = value as unknown as Fault;
      return [`${how} ${service} ${call}${count === 1 ? '' : `-${call + count - 1}`}${isLate ? ' after tokens' : ''}`];
    }
    return [value === true ? name : `${name} ${String(value)}`];
  });
  return told.length === 0 ? kind : `${kind}(${told.join(', ')})`;
}
