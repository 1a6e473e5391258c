import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatePermissions } from '../../infra/local/discord/guilds/evaluate.ts';
import { computePermissions } from '../../shared/authority/compute-permissions.ts';
import { PERMISSIONS } from '../../shared/catalogue/permission.ts';
import { MUTANTS, type Algorithm } from './mutants.ts';
import { buildProductInput } from './product-input.ts';
import { randomGuild, type RandomGuild } from './random-guild.ts';
import { buildSimulatorInput } from './simulator-input.ts';

const RUNS = process.env['DEEP'] === '1' ? 10_000 : 500;

/** Guilds that a mutant is compared on until the first that tells it from the simulator. */
const MUTANT_RUNS = Math.max(RUNS, 3_000);
const MUTANT_SEED = 7;

/** Bits that have a name: how many more "everything" holds is each side's own. */
const COMPARED = Object.values(PERMISSIONS).reduce((sum, bit) => sum | bit, 0n);

function isAlike(algorithm: Algorithm, random: RandomGuild): boolean {
  const computed = algorithm(buildProductInput(random)) & COMPARED;
  return computed === (evaluatePermissions(buildSimulatorInput(random)) & COMPARED);
}

describe('the permission oracle', () => {
  it(`agrees with the simulator about ${RUNS} random guilds`, () => {
    const seed = Number(process.env['PERMISSION_ORACLE_SEED'] ?? 59);
    console.log(`permission oracle: ${RUNS} guilds, seed ${seed}`);

    fc.assert(
      fc.property(randomGuild, (random) => isAlike(computePermissions, random)),
      { numRuns: RUNS, seed },
    );
  });

  it('meets guilds in which each rule has its say', () => {
    const guilds = fc.sample(randomGuild, { numRuns: 500, seed: 1 });
    const held = guilds.map((random) => computePermissions(buildProductInput(random)) & COMPARED);

    expect(held.filter((bits) => bits === 0n).length).toBeGreaterThan(50);
    expect(held.filter((bits) => bits === COMPARED).length).toBeGreaterThan(20);
    expect(new Set(held).size).toBeGreaterThan(60);
  });

  it('takes the algorithm itself for no mutant', () => {
    const guilds = fc.sample(randomGuild, { numRuns: MUTANT_RUNS, seed: MUTANT_SEED });

    expect(guilds.filter((random) => !isAlike(computePermissions, random))).toEqual([]);
  });

  it.each(Object.entries(MUTANTS))('catches an algorithm in which %s', (_, mutant) => {
    const guilds = fc.sample(randomGuild, { numRuns: MUTANT_RUNS, seed: MUTANT_SEED });

    expect(guilds.some((random) => !isAlike(mutant, random))).toBe(true);
  });
});
