import { afterAll, beforeAll, describe, it } from 'vitest';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import { startHarness, type Harness } from '../support/harness.ts';
import { beginJourney, JOURNEY, type Journey } from './journey.ts';

/** In CI the same steps run through `sam local start-api` (test/sam). */
describe('the journey through the local gateway, functions in sandboxes', () => {
  let harness: Harness;
  let journey: Journey;

  beforeAll(async () => {
    harness = await startHarness({ functions: 'sandboxes' });
    const { wire, origin, key } = harness;
    journey = beginJourney({ wire, origin, key, discordUser: SEED_USERS.grace, userId: 'journey' });
  });
  afterAll(() => harness.stop());

  for (const { rule, run } of JOURNEY) it(rule, () => run(journey));
});
