import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import { botCatalogue } from '../../shared/catalogue/bot-catalogue.ts';
import { compare, decideBoth, describeCompared, judgeAnswer, prepare, type Prepared } from './actions-compare.ts';
import { EARLIER, LOOSER, STRICTER } from './actions-differences.ts';
import { actionGuild } from './actions-guild.ts';
import type { ComparedSide } from './actions-product.ts';

const IS_DEEP = process.env['DEEP'] === '1';

const GUILDS = IS_DEEP ? 10_000 : 500;

/** In a deep run each guild takes every third call, and three guilds take all of them: many guilds matter more than all calls in each. */
const STRIDE = IS_DEEP ? 3 : 1;

const SEED = Number(process.env['ACTION_ORACLE_SEED'] ?? 60);

/** Milliseconds: several times what a guild takes on an idle machine. */
const TIMEOUT_MS = GUILDS * 250;

/** Guilds on which the oracle itself is examined, always the same. */
const EXAMINED = 700;
const EXAMINED_SEED = 5;

const SIDES: readonly ComparedSide[] = ['bot', 'actor'];

describe('the action oracle', () => {
  it(
    `agrees with the simulator about every action in ${GUILDS} random guilds`,
    async () => {
      let guilds = 0;
      let decisions = 0;
      let listed = 0;
      const property = fc.asyncProperty(actionGuild, async (random) => {
        guilds += 1;
        for (const [index, prepared] of prepare(random).entries()) {
          if ((index + guilds) % STRIDE !== 0) continue;
          for (const side of SIDES) {
            const compared = await decideBoth(prepared, side);
            const { kind } = compare(compared);
            decisions += 1;
            if (kind === 'listed') listed += 1;
            if (kind === 'apart') throw new Error(describeCompared(compared));
          }
        }
      });
      console.log(`action oracle: seed ${SEED}, to be repeated by ACTION_ORACLE_SEED=${SEED}`);
      await fc.assert(property, { numRuns: GUILDS, seed: SEED });
      const known = `${listed} differ as listed`;
      console.log(`action oracle: ${GUILDS} guilds, ${decisions} decisions, 0 disagreements (${known})`);
    },
    TIMEOUT_MS,
  );
});

/** What of the calls of an action cannot be told from decisions, and why a change there goes unnoticed. */
const UNNOTICED: readonly (readonly [RegExp, string])[] = [
  [/ visible_(channels|threads)$/, 'the answer is filtered, the call is made'],
  [/ thread$/, 'Discord says itself that the channel is no thread, or the other rule does'],
  [/^guild_webhooks\.list /, 'permission and rule say the same'],
  [/^reaction\.add READ_MESSAGE_HISTORY$/, 'the rule says it, too'],
];

const isNoticed = (name: string) => !UNNOTICED.some(([pattern]) => pattern.test(name));

/** Every action with one of its demands taken away. */
const MUTANTS = botCatalogue
  .flatMap((action) => {
    const { needs } = action;
    const without = (change: Partial<ActionDefinition['needs']>) => ({ ...action, needs: { ...needs, ...change } });
    return [
      ...needs.permissions.map((name) => ({
        name: `${action.id} ${name}`,
        mutant: without({ permissions: needs.permissions.filter((other) => other !== name) }),
      })),
      ...needs.rules.map((name) => ({
        name: `${action.id} ${name}`,
        mutant: without({ rules: needs.rules.filter((other) => other !== name) }),
      })),
    ];
  })
  .filter(({ name }) => isNoticed(name));

describe('the action oracle itself', () => {
  let all: Prepared[] = [];
  /** Listed differences that each action meets as it is. */
  const met = new Map<string, ReadonlySet<string>>();

  const listOf = ({ id }: ActionDefinition) => all.filter(({ call }) => call.action.id === id);

  /** Which differences an action meets; nothing as soon as there is one that is not listed. */
  async function findMet(action: ActionDefinition): Promise<Set<string> | undefined> {
    const whys = new Set<string>();
    for (const prepared of listOf(action)) {
      for (const side of SIDES) {
        const outcome = compare(await decideBoth(prepared, side, action));
        if (outcome.kind === 'apart') return undefined;
        if (outcome.kind === 'listed') for (const why of outcome.why) whys.add(`${side}: ${why}`);
      }
    }
    return whys;
  }

  beforeAll(async () => {
    all = fc.sample(actionGuild, { numRuns: EXAMINED, seed: EXAMINED_SEED }).flatMap(prepare);
    for (const action of botCatalogue) {
      const whys = await findMet(action);
      if (whys === undefined) throw new Error(`${action.id} is taken for a mutant`);
      met.set(action.id, whys);
    }
  }, 120_000);

  it.each(botCatalogue.map((action) => ({ id: action.id, action })))(
    'lets $id through in some guilds',
    ({ action }) => {
      expect(listOf(action).map(judgeAnswer)).toContain('allowed');
    },
  );

  it('meets every listed difference', () => {
    const whys = new Set([...met.values()].flatMap((some) => [...some]).map((why) => why.replace(/^\w+: /, '')));

    expect([...STRICTER, ...EARLIER, ...LOOSER].filter(({ why }) => !whys.has(why))).toEqual([]);
  });

  it('meets every listed difference in each of the actions that it names', () => {
    const unmet = [...STRICTER, ...EARLIER, ...LOOSER].flatMap(({ why, actions = [], side }) =>
      actions
        .filter((id) => {
          const whys = met.get(id);
          return !(side === undefined ? ['bot', 'actor'] : [side]).some((one) => whys?.has(`${one}: ${why}`));
        })
        .map((id) => `${id}: ${why}`),
    );

    expect(unmet).toEqual([]);
  });

  it.each(MUTANTS)('catches $name taken away', async ({ mutant }) => {
    const whys = await findMet(mutant);
    const usual = met.get(mutant.id);

    // What a listed difference lets the product demand beyond Discord it must go on demanding.
    expect(whys === undefined || [...(usual ?? [])].some((why) => !whys.has(why))).toBe(true);
  });

  it.each(botCatalogue.map((action) => ({ id: action.id, action })))(
    'catches $id with a demand too many',
    async ({ action }) => {
      const permissions = [...action.needs.permissions, 'VIEW_AUDIT_LOG'] as const;

      expect(await findMet({ ...action, needs: { ...action.needs, permissions } })).toBeUndefined();
    },
  );
});
