import { expect } from 'vitest';
import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import type { PermissionName } from '../../shared/catalogue/permission.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { EVERYTHING, type ActionWorld, type Speaker } from './action-world.ts';
import { buildCall, type BuiltCall } from './build-call.ts';
import { expectNothingDone, expectNothingSecret, expectRefusal, expectSuccess } from './expectations.ts';
import { listNeeded, type Check, type Side } from './plan-checks.ts';

const DRY = { 'dry-run': 'true' };

const INTENTS = ['GUILD_MEMBERS', 'MESSAGE_CONTENT'] as const;

type CheckOf<K extends Check['kind']> = Extract<Check, { readonly kind: K }>;

type Runs = {
  readonly [K in Check['kind']]: (world: ActionWorld, action: ActionDefinition, check: CheckOf<K>) => Promise<void>;
};

/** Tries what a check says; a kind of check without a way to try it does not compile. */
export async function runCheck(world: ActionWorld, action: ActionDefinition, check: Check): Promise<void> {
  const run = RUNS[check.kind] as (world: ActionWorld, action: ActionDefinition, check: Check) => Promise<void>;
  await run(world, action, check);
}

const RUNS: Runs = {
  success: async (world, action, { of }) => {
    await grantLeast(world, action, of);
    const { answer } = await send(world, buildCall(action, of, world.ids), speakerOf(of));
    if (action.effect !== 'read') await world.restore();
    expectSuccess(answer, action);
    expect(answer.headers['integration-notice']).toBeUndefined();
  },
  dry_run: async (world, action, { of }) => {
    await grantLeast(world, action, of);
    const call = buildCall(action, of, world.ids);
    const { answer, requests } = await send(world, call, speakerOf(of), DRY);
    expect([answer.status, answer.json]).toEqual([
      200,
      { dry_run: true, action: action.id, would_work: true, problems: [] },
    ]);
    expectNothingDone(call, requests);
  },
  foreign_guild: async (world, action, { of }) => {
    await world.setPermissions(EVERYTHING, EVERYTHING);
    await refuse(world, buildCall(action, of, world.ids), 'elsewhere', ({ json }) => json.code, 'guild_not_connected');
  },
  permission: async (world, action, { of, side, permission }) => {
    await grantLeast(world, action, of, side, permission);
    const call = buildCall(action, of, world.ids);
    // What the bot cannot see is, to the layer, not there.
    const isHidden = side === 'bot' && (permission === 'VIEW_CHANNEL' || permission === 'CONNECT');
    const told = ({ json: { code, missing, who } }: JsonAnswer) => (isHidden ? code : { code, missing, who });
    const expected = {
      code: `${side}_permission_missing`,
      missing: [permission, ...listLostWith(permission, listNeeded(action, of, side))],
      who: side,
    };
    await refuse(world, call, speakerOf(of), told, isHidden ? (of.unseen ?? 'guild_not_connected') : expected);
  },
  scope: async (world, action, { of, scope }) => {
    await world.setPermissions(EVERYTHING, EVERYTHING);
    const call = buildCall(action, of, world.ids, { path: { ...of.call?.(world.ids).path, user_id: world.ids.noor } });
    await refuse(world, call, 'narrow', ({ json }) => [json.code, json.missing], ['scope_missing', [scope]]);
  },
  intent: async (world, action, { of, intent }) => {
    await grantLeast(world, action, of);
    await world.setIntents(INTENTS.filter((other) => other !== intent));
    const call = buildCall(action, of, world.ids);
    if (intent === 'GUILD_MEMBERS' || action.needs.rules.includes('search')) {
      await refuse(world, call, 'actor', ({ json }) => [json.code, json.missing], ['intent_missing', [intent]]);
    } else {
      const { answer } = await send(world, call, 'actor');
      expectSuccess(answer, action);
      expect(answer.headers['integration-notice']).toBe('message_content_intent_missing');
    }
    await world.setIntents(INTENTS);
  },
  limit: async (world, action, { of, where, what, isInside, changes }) => {
    await world.setPermissions(EVERYTHING, EVERYTHING);
    const call = buildCall(action, of, world.ids, changes);
    if (isInside) {
      const { answer, requests } = await send(world, call, speakerOf(of), DRY);
      expect([answer.status, answer.json.dry_run], answer.text).toEqual([200, true]);
      expectNothingDone(call, requests);
      if (action.effect === 'read' && answer.json.would_work) {
        const { answer: read } = await send(world, call, speakerOf(of));
        // Discord's own limits are no narrower: at most there is nothing by an id.
        expect([...action.successStatuses, 404], read.text).toContain(read.status);
      }
      return;
    }
    const { answer, requests } = await send(world, call, speakerOf(of));
    expectRefusal(answer);
    const told = answer.json;
    if (where === 'path') {
      expect([told.code, told.detail]).toEqual(['input_path_invalid', expect.stringContaining(`${what}: `)]);
    } else {
      const member = where === 'query' ? 'parameter' : 'pointer';
      const named = (told.errors as Record<string, unknown>[]).map((error) => error[member]);
      expect([told.code, [...new Set(named)]]).toEqual(['input_invalid', [what]]);
    }
    expect(requests).toEqual([]);
  },
  unknown: async (world, action, { of, where, changes }) => {
    const { answer, requests } = await send(world, buildCall(action, of, world.ids, changes), speakerOf(of));
    expectRefusal(answer);
    const name = where === 'query' ? { parameter: 'unknown_member' } : { pointer: '/unknown_member' };
    expect([answer.json.code, answer.json.errors]).toEqual(['input_invalid', [expect.objectContaining(name)]]);
    expect(requests).toEqual([]);
  },
};

async function send(world: ActionWorld, call: BuiltCall, speaker: Speaker, headers?: Readonly<Record<string, string>>) {
  const outcome = await world.send(call, speaker, headers);
  expectNothingSecret(outcome.answer);
  return outcome;
}

function speakerOf({ isByStranger }: Check['of']): Speaker {
  return isByStranger === true ? 'stranger' : 'actor';
}

/** Gives both exactly what the case needs, but for one permission of one of them. */
async function grantLeast(
  world: ActionWorld,
  action: ActionDefinition,
  of: Check['of'],
  without?: Side,
  permission?: PermissionName,
): Promise<void> {
  const list = (side: Side) =>
    [...listNeeded(action, of, side), ...(of.held ?? [])].filter((name) => side !== without || name !== permission);
  await world.setPermissions(list('actor'), list('bot'));
}

/** Who may not write has no use of these. @see Discord docs: topics/permissions (Implicit Permissions) */
const WORTHLESS_WITHOUT_SENDING: readonly PermissionName[] = [
  'SEND_TTS_MESSAGES',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'MENTION_EVERYONE',
];

function listLostWith(permission: PermissionName, needed: readonly PermissionName[]): PermissionName[] {
  return permission === 'SEND_MESSAGES' ? needed.filter((name) => WORTHLESS_WITHOUT_SENDING.includes(name)) : [];
}

/** The call is refused, asked dryly the same is decided, and neither does anything at Discord. */
async function refuse(
  world: ActionWorld,
  call: BuiltCall,
  speaker: Speaker,
  tell: (answer: JsonAnswer) => unknown,
  expected: unknown,
): Promise<void> {
  const dry = await send(world, call, speaker, DRY);
  const { answer, requests } = await send(world, call, speaker);
  expectRefusal(answer);
  expect(tell(answer)).toEqual(expected);
  expect([dry.answer.status, dry.answer.json.would_work]).toEqual([200, false]);
  expect(tell({ ...dry.answer, json: dry.answer.json.problems[0] })).toEqual(expected);
  for (const seen of [requests, dry.requests]) expectNothingDone(call, seen);
}
