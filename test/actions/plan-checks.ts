import type { ActionDefinition, PrivilegedIntent } from '../../shared/catalogue/action.ts';
import type { PermissionName } from '../../shared/catalogue/permission.ts';
import { REQUIRED_SCOPE } from '../../shared/domain/scopes.ts';
import type { ActionCase } from './action-case.ts';
import { ACTION_CASES } from './cases/index.ts';
import { planInputChecks, type InputCheck } from './plan-input-checks.ts';

export type Side = 'actor' | 'bot';

/** One thing that is tried with an action. */
export type Check =
  | { readonly kind: 'success' | 'dry_run' | 'foreign_guild'; readonly of: ActionCase }
  | { readonly kind: 'permission'; readonly of: ActionCase; readonly side: Side; readonly permission: PermissionName }
  | { readonly kind: 'scope'; readonly of: ActionCase; readonly scope: string }
  | { readonly kind: 'intent'; readonly of: ActionCase; readonly intent: PrivilegedIntent }
  | InputCheck;

/** What one side must hold for a case: no more would help, and none may be missing. */
export function listNeeded(action: ActionDefinition, of: ActionCase, side: Side): PermissionName[] {
  if (action.credential === 'user' || of.isDirect === true) return [];
  const inChannel = action.place === 'channel' ? (['VIEW_CHANNEL'] as const) : [];
  return [...new Set([...inChannel, ...action.needs.permissions, ...(of[side] ?? [])])];
}

/** Everything that is tried with an action: pure, from its catalogue entry and the calls that are known for it. */
export function planChecks(action: ActionDefinition): readonly Check[] {
  const cases = ACTION_CASES[action.id] ?? [];
  const [first] = cases;
  if (first === undefined) return [];
  const isInGuild = action.credential !== 'user' && action.place !== 'direct_messages';
  return [
    ...cases.flatMap((of): Check[] => [
      { kind: 'success', of },
      { kind: 'dry_run', of },
      ...(isInGuild && of.isDirect !== true ? [{ kind: 'foreign_guild', of } as const] : []),
      ...(['actor', 'bot'] as const).flatMap((side) =>
        listNeeded(action, of, side).map((permission) => ({ kind: 'permission', of, side, permission }) as const),
      ),
    ]),
    // No connection is without the required one.
    ...action.scopes
      .filter((scope) => scope !== REQUIRED_SCOPE)
      .map((scope) => ({ kind: 'scope', of: first, scope }) as const),
    ...action.needs.intents.map((intent) => ({ kind: 'intent', of: first, intent }) as const),
    ...planInputChecks(action, cases),
  ];
}

/** How many checks there are for an action; 0: it is not known how to call it. */
export function countCases(action: ActionDefinition): number {
  return planChecks(action).length;
}

/** A check in words. */
export function nameCheck(check: Check): string {
  const name = check.of.name === undefined ? '' : ` (${check.of.name})`;
  switch (check.kind) {
    case 'success':
      return `succeeds with exactly what it needs${name}`;
    case 'dry_run':
      return `would work, and does nothing when only asked${name}`;
    case 'foreign_guild':
      return `is closed to other tenants${name}`;
    case 'permission':
      return `needs ${check.permission} of the ${check.side}${name}`;
    case 'scope':
      return `needs the scope ${check.scope}`;
    case 'intent':
      return `minds the intent ${check.intent}`;
    case 'limit':
      return `${check.isInside ? 'takes' : 'refuses'} ${check.where} ${check.what} ${check.label}`;
    case 'unknown':
      return `refuses an unknown ${check.where} member`;
  }
}
