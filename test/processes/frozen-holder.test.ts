import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { TOKEN_PATH, watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { openStoredItems } from '../support/stored-items.ts';
import type { JsonAnswer } from '../support/wire.ts';
import type { HandlerProcess } from './handler-process.ts';
import { buildProcessBundle, type ProcessBundle } from './process-bundle.ts';
import { startProcessRig, type ProcessRig } from './process-rig.ts';

const UNTIL_EXPIRED_SECONDS = 8 * 86_400;

/** Longer than a lease lasts: it ends with the invocation, after 29 s at most. */
const PAST_THE_LEASE_SECONDS = 60;

/** How a frozen process finds its time when it goes on: another's clock was ahead, or it really is too late. */
type Lateness = 'in time by its own clock' | 'after its time';

/** An answer of the token endpoint with a pair that is not the connection's last. */
const ANOTHER_PAIR = {
  kind: 'answer',
  status: 200,
  json: {
    token_type: 'Bearer',
    access_token: 'A'.repeat(30),
    refresh_token: 'R'.repeat(30),
    expires_in: 604_800,
    scope: 'identify email guilds',
  },
} as const;

describe('a process that is frozen while it refreshes', () => {
  let bundle: ProcessBundle;
  let rig: ProcessRig;
  let discord: DiscordRequests;
  let user: ConnectedUser;
  let holder: HandlerProcess;
  let other: HandlerProcess;

  beforeAll(async () => {
    bundle = await buildProcessBundle();
    rig = await startProcessRig(bundle);
    discord = watchDiscord(rig.harness.simulator);
    holder = rig.spawn();
    other = rig.spawn();
  });
  beforeEach(async () => {
    callIn(other);
    user = await connectUser(rig.harness, { user: 'solo' });
    rig.harness.clock.advanceSeconds(UNTIL_EXPIRED_SECONDS);
    await discord.clear();
  });
  afterAll(async () => {
    await rig.stop();
    bundle.remove();
  });

  const callIn = (process: HandlerProcess) => rig.place(() => ({ process, sandbox: 'one' }));

  const loadItem = () => openStoredItems(rig.harness).load(`CONNECTION#${user.connectionId}`, 'CONNECTION');

  /** The await of that file whose expression begins like that. */
  const findAwait = (file: string, text: string): string => {
    const found = bundle.awaits.filter(
      ({ id, text: awaited }) => id.startsWith(`${file}:`) && awaited.startsWith(text),
    );
    expect(found, `${file}: ${text}`).toHaveLength(1);
    return found[0]?.id ?? '';
  };

  /** Begins an action that freezes where the await has settled, and lets its lease run out. @returns its answer, to come */
  const freezeAfter = async (point: string): Promise<{ readonly thaw: (late: Lateness) => Promise<JsonAnswer> }> => {
    await holder.run({ kind: 'strike', strike: { kind: 'freeze', at: { point, nth: 1, position: 'settled' } } });
    callIn(holder);
    const frozen = holder.untilFrozen();
    const call = user.call();
    await frozen;
    callIn(other);
    const before = rig.readTime();
    rig.harness.clock.advanceSeconds(PAST_THE_LEASE_SECONDS);
    return {
      thaw: async (late) => {
        await holder.thaw(late === 'in time by its own clock' ? before : rig.readTime());
        return call;
      },
    };
  };

  const expectWorking = async (): Promise<void> => {
    expect((await user.call()).status).toBe(200);
    expect(await user.load()).toMatchObject({ status: 'active' });
    await rig.harness.simulator.control.expireAccessTokens({ user_id: user.discordUserId });
    expect((await user.call()).status).toBe(200);
  };

  /** One whose time is over may have none left to call Discord once more; it must do no harm all the same. */
  const expectAnswered = ({ status }: JsonAnswer, late: Lateness): void => {
    if (late === 'in time by its own clock') expect(status).toBe(200);
    else expect([200, 504]).toContain(status);
  };

  describe.each<Lateness>(['in time by its own clock', 'after its time'])('and wakes %s', (late) => {
    it('[hostile 11] uses the pair of the one that took over, when it had not yet asked', async () => {
      const { thaw } = await freezeAfter(findAwait('shared/app/rotate-tokens.ts', 'deps.secrets.load()'));
      const taken = await user.call();
      const stored = await loadItem();
      const woken = await thaw(late);

      expect(taken.status).toBe(200);
      expectAnswered(woken, late);
      expect(await loadItem()).toEqual(stored);
      await expectWorking();
    });

    it('[hostile 11] writes nothing over a newer pair, when it had its answer', async () => {
      // Discord honours the old refresh token once more: what the holder got was not its last word.
      await rig.harness.simulator.control.addFault({ path: TOKEN_PATH, fault: ANOTHER_PAIR });
      const { thaw } = await freezeAfter(findAwait('shared/app/rotate-tokens.ts', 'deps.tokens.refresh('));
      const taken = await user.call();
      const stored = await loadItem();
      const woken = await thaw(late);

      expect(taken.status).toBe(200);
      expectAnswered(woken, late);
      expect(await loadItem()).toEqual(stored);
      expect(await discord.refreshes()).toBe(2);
      await expectWorking();
    });

    it('[hostile 11] writes nothing over the pair of a user who has connected again', async () => {
      const { thaw } = await freezeAfter(findAwait('shared/app/rotate-tokens.ts', 'deps.tokens.refresh('));
      const input = { user_id: String((await user.load()).user_id), return_url: 'http://localhost:9/back' };
      await rig.harness.wire.connect(rig.harness.key, input, { userId: user.discordUserId });
      const stored = await loadItem();
      const woken = await thaw(late);

      expectAnswered(woken, late);
      expect(await loadItem()).toEqual(stored);
      await expectWorking();
    });

    it('stores its pair over the mark of the one that met the spent token', async () => {
      const { thaw } = await freezeAfter(findAwait('shared/app/rotate-tokens.ts', 'deps.tokens.refresh('));
      const taken = await user.call();
      const marked = await user.load();
      const woken = await thaw(late);

      expect([taken.status, taken.json.code]).toEqual([409, 'reconnect_required']);
      expect(marked).toMatchObject({ status: 'reconnect_required', status_reason: 'refresh_answer_lost' });
      expectAnswered(woken, late);
      await expectWorking();
    });
  });
});
