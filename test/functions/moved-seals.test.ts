import { beforeAll, describe, expect, it } from 'vitest';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import type { SealContext } from '../../shared/domain/envelope.ts';
import { sealContexts } from '../../shared/domain/seal-contexts.ts';
import { liveEdges } from '../../shared/edges/live.ts';
import { OutageError } from '../../shared/problems/failure.ts';
import { TOKEN_PATH } from '../support/discord-requests.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';

/** A sealed value and the place where it lies: only there may it open. */
interface Place {
  readonly name: string;
  readonly context: SealContext;
  readonly sealed: string;
}

const RETURN_URL = 'http://localhost:9/back';
const CHANNEL = '613425648685547700';

describe('sealed values', () => {
  const harness = useHarness();
  let places: Place[];

  const connectWithWebhook = (key: string, userId: string, discordUserId: string) =>
    harness.wire.connect(
      key,
      { user_id: userId, return_url: RETURN_URL, scopes: ['webhook.incoming'] },
      { userId: discordUserId, channelId: CHANNEL },
    );

  beforeAll(async () => {
    const grace = SEED_USERS.grace.id;
    for (const key of [harness.key, await harness.makeTenant('other'), await harness.makeTenant('third')]) {
      await connectWithWebhook(key, 'first', grace);
      await connectWithWebhook(key, 'second', grace);
      // One session with a code that is not confirmed, one whose confirmation broke off after the exchange.
      await harness.wire.comeBack(key, { user_id: 'third', return_url: RETURN_URL }, { userId: grace });
      const broken = await harness.wire.comeBack(key, { user_id: 'fourth', return_url: RETURN_URL }, { userId: grace });
      await harness.simulator.control.addFault({ path: '/api/v10/oauth2/@me', fault: { kind: 'answer', status: 500 } });
      await harness.wire.confirm(key, broken.sessionId, 'fourth', broken.confirmationCode);
    }
    places = findPlaces(await harness.scanTable());
  });

  it('open where they lie, and nowhere else: no other tenant, connection, session, field or version', async () => {
    const { vault } = liveEdges({ clock: harness.clock });
    const kinds = new Set(places.map(({ name }) => name));
    expect(kinds).toEqual(new Set(['tokens', 'webhook', 'code', 'answer']));
    let moved = 0;
    for (const { sealed, context: home } of places) {
      expect((await vault.open(home, sealed as never)).length).toBeGreaterThan(10);
      const elsewhere = [
        ...places.map(({ context }) => context).filter((context) => context !== home),
        { ...home, version: home.version + 1 },
        { ...home, version: home.version - 1 },
        { ...home, field: 'spill' },
      ];
      for (const context of elsewhere) {
        await expect(vault.open(context, sealed as never)).rejects.toThrow(OutageError);
        moved += 1;
      }
    }
    expect(moved).toBe(places.length * (places.length + 2));
    console.log(`moved seals: ${places.length} values, ${moved} moves, 0 opened`);
  });

  it('put in another connection give a clear problem there, touch nothing at Discord and leak nothing', async () => {
    const items = openStoredItems(harness);
    const [mine, other] = (await harness.scanTable()).filter(
      ({ sk, status }) => sk === 'CONNECTION' && status === 'active',
    );
    await items.change(String(mine?.['pk']), 'CONNECTION', { sealedTokens: other?.['sealedTokens'] });
    const keyOf = new Map([['default', harness.key]]);
    const key = keyOf.get(String(mine?.['tenantId'])) ?? (await harness.makeKey(String(mine?.['tenantId'])));
    await harness.simulator.control.clearRequests();
    const answer = await harness.wire.send('GET', `/connections/${String(mine?.['id'])}/api/v10/users/@me`, { key });

    expect([answer.status, answer.json.code]).toEqual([503, 'sealed_data_unreadable']);
    expect((await harness.simulator.control.listRequests({})).items.filter(({ path }) => path !== TOKEN_PATH)).toEqual(
      [],
    );
  });
});

function findPlaces(items: readonly Record<string, unknown>[]): Place[] {
  return items.flatMap((item): Place[] => {
    const tenantId = String(item['tenantId']);
    const id = String(item['id']);
    const found: [string, SealContext, unknown][] =
      item['sk'] === 'CONNECTION'
        ? [
            ['tokens', sealContexts.tokens(tenantId, id, Number(item['tokensVersion'])), item['sealedTokens']],
            ...(item['webhooks'] as { id: string; sealedToken?: string }[]).map(
              (hook): [string, SealContext, unknown] => [
                'webhook',
                sealContexts.webhook(tenantId, id, hook.id),
                hook.sealedToken,
              ],
            ),
          ]
        : item['sk'] === 'SESSION'
          ? [
              ['code', sealContexts.returnedCode(tenantId, id), item['sealedCode']],
              ['answer', sealContexts.tokenAnswer(tenantId, id), item['sealedAnswer']],
            ]
          : [];
    return found.flatMap(([name, context, sealed]) => (typeof sealed === 'string' ? [{ name, context, sealed }] : []));
  });
}
